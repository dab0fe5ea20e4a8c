package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.Constraints;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ARNs and names of Step Functions, as the API checks them. */
final class StatesNames {

    static final Constraints CONSTRAINTS = new Constraints("ValidationException");

    // API reference, StartExecution: what a name must not contain.
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}\\x{FFFE}\\x{FFFF}\\p{Cs}]");
    private static final int MAX_ARN = 256;
    private static final int RESOURCE = 5;

    private StatesNames() {}

    /**
     * The ARN that a call must have, of a resource of a kind.
     *
     * @param kind {@code stateMachine} or {@code execution}
     * @throws AwsError ValidationException, InvalidArn
     */
    static String arn(JsonCall call, String member, String kind) {
        String arn = CONSTRAINTS.required(member, CONSTRAINTS.text(call.request(), member, 1, MAX_ARN));
        checkArn(arn, kind);
        return arn;
    }

    /** Refuses what is no ARN of a resource of a kind. */
    static void checkArn(String arn, String kind) {
        String[] parts = arn.split(":", -1);
        if (!parts[0].equals("arn")) {
            throw invalidArn("Invalid ARN prefix: " + arn);
        }
        if (parts.length <= RESOURCE + 1 || parts[RESOURCE + 1].isEmpty()) {
            throw invalidArn("ARN is malformed: " + arn);
        }
        if (!parts[2].equals("states")) {
            throw invalidArn("Invalid ARN service: " + parts[2]);
        }
        if (!parts[RESOURCE].equals(kind)) {
            throw invalidArn("Resource type not valid in this context: " + parts[RESOURCE]);
        }
    }

    private static AwsError invalidArn(String explanation) {
        return AwsError.badRequest("InvalidArn", "Invalid Arn: '" + explanation + "'");
    }

    /**
     * A text that AWS keeps out of its error messages, or null when it was not sent.
     *
     * @throws AwsError ValidationException
     */
    static @Nullable String sensitive(JsonCall call, String member, int max) {
        String value = call.request().text(member);
        if (value != null && value.length() > max) {
            throw AwsError.badRequest(
                    "ValidationException",
                    "1 validation error detected: Value at '" + member
                            + "' failed to satisfy constraint: Member must have length less than or equal to " + max);
        }
        return value;
    }

    /** A name that was sent, or null. */
    static @Nullable String name(JsonCall call, String member) {
        String name = CONSTRAINTS.text(call.request(), member, 1, 80);
        if (name != null) {
            checkName(name);
        }
        return name;
    }

    static void checkName(String name) {
        if (name.isEmpty() || name.length() > 80 || FORBIDDEN.matcher(name).find()) {
            throw AwsError.badRequest("InvalidName", "Invalid Name: '" + name + "'");
        }
    }
}
