package io.jenkins.plugins.awsoperations.simulator.ssm;

import static io.jenkins.plugins.awsoperations.simulator.ssm.SsmNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Targets of SendCommand (API reference, Target): all nodes that match every one of them. */
final class NodeTargets {

    private static final String TAG = "tag:";

    private final Nodes nodes;

    NodeTargets(Nodes nodes) {
        this.nodes = nodes;
    }

    List<String> find(List<JsonRequest> targets, Instant now) {
        return nodes.all().stream()
                .map(NodeAgent::instanceId)
                .filter(id -> nodes.isValid(id, now))
                .filter(id -> targets.stream().allMatch(target -> matches(target, id)))
                .toList();
    }

    private boolean matches(JsonRequest target, String instanceId) {
        String key = CONSTRAINTS.required("Key", target.text("Key"));
        List<String> values = target.texts("Values");
        if (key.equalsIgnoreCase("InstanceIds")) {
            return values.contains(instanceId);
        }
        Map<String, String> tags = nodes.hosts().tags(instanceId);
        if (key.equals("tag-key")) {
            return values.stream().anyMatch(tags::containsKey);
        }
        if (!key.startsWith(TAG)) {
            throw AwsError.badRequest("InvalidTarget", "Target key " + key + " is not known to the simulator");
        }
        String value = tags.get(key.substring(TAG.length()));
        return value != null && values.contains(value);
    }
}
