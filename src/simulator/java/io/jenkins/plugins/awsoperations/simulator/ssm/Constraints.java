package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The constraints of the API reference, with the text that AWS's JSON services answer to what breaks one. */
final class Constraints {

    private static final Pattern INSTANCE_ID = Pattern.compile("i-(\\w{8}|\\w{17})|mi-\\w{17}");
    private static final Pattern COMMAND_ID = Pattern.compile("[0-9a-fA-F-]{36}");

    private Constraints() {}

    static AwsError broken(String member, @Nullable Object value, String constraint) {
        return AwsError.badRequest(
                "ValidationException",
                "1 validation error detected: Value " + (value == null ? "null" : "'" + value + "'") + " at '"
                        + member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1)
                        + "' failed to satisfy constraint: Member must " + constraint);
    }

    static @Nullable String text(JsonRequest request, String member, int min, int max) {
        String value = request.text(member);
        if (value != null && value.length() > max) {
            throw broken(member, value, "have length less than or equal to " + max);
        }
        if (value != null && value.length() < min) {
            throw broken(member, value, "have length greater than or equal to " + min);
        }
        return value;
    }

    static @Nullable String text(JsonRequest request, String member, Pattern pattern) {
        String value = request.text(member);
        if (value != null && !pattern.matcher(value).matches()) {
            throw broken(member, value, "satisfy regular expression pattern: " + pattern);
        }
        return value;
    }

    static <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw broken(member, null, "not be null");
        }
        return value;
    }

    static @Nullable Long number(JsonRequest request, String member, long min, long max) {
        Long value = request.number(member);
        if (value != null && value > max) {
            throw broken(member, value, "have value less than or equal to " + max);
        }
        if (value != null && value < min) {
            throw broken(member, value, "have value greater than or equal to " + min);
        }
        return value;
    }

    static <T> List<T> size(String member, List<T> values, int max) {
        if (values.size() > max) {
            throw broken(member, values, "have length less than or equal to " + max);
        }
        return values;
    }

    static List<String> instanceIds(JsonRequest request) {
        List<String> ids = size("InstanceIds", request.texts("InstanceIds"), 50);
        for (String id : ids) {
            if (!INSTANCE_ID.matcher(id).matches()) {
                throw broken(
                        "InstanceIds",
                        ids,
                        "satisfy constraint: [Member must satisfy regular expression pattern: " + INSTANCE_ID + "]");
            }
        }
        return ids;
    }

    static @Nullable String instanceId(JsonRequest request) {
        return text(request, "InstanceId", INSTANCE_ID);
    }

    static @Nullable String commandId(JsonRequest request) {
        return text(request, "CommandId", COMMAND_ID);
    }
}
