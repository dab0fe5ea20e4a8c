package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.wire.Constraints;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids in requests, checked against the patterns of the API reference. */
final class SsmNames {

    static final Constraints CONSTRAINTS = new Constraints("ValidationException");

    private static final Pattern INSTANCE_ID = Pattern.compile("i-(\\w{8}|\\w{17})|mi-\\w{17}");
    private static final Pattern COMMAND_ID = Pattern.compile("[0-9a-fA-F-]{36}");
    private static final int MAX_INSTANCES = 50;

    private SsmNames() {}

    static List<String> instanceIds(JsonRequest request) {
        List<String> ids = CONSTRAINTS.size("InstanceIds", request.texts("InstanceIds"), MAX_INSTANCES);
        for (String id : ids) {
            if (!INSTANCE_ID.matcher(id).matches()) {
                throw CONSTRAINTS.broken(
                        "InstanceIds",
                        ids,
                        "satisfy constraint: [Member must satisfy regular expression pattern: " + INSTANCE_ID + "]");
            }
        }
        return ids;
    }

    static @Nullable String instanceId(JsonRequest request) {
        return CONSTRAINTS.text(request, "InstanceId", INSTANCE_ID);
    }

    static @Nullable String commandId(JsonRequest request) {
        return CONSTRAINTS.text(request, "CommandId", COMMAND_ID);
    }
}
