package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;

/** What every action needs besides its call: the store, and the names of account, Region and caller. */
final class Ec2Context {

    /** Timestamps on the wire: ISO 8601, UTC, always with milliseconds. */
    private static final DateTimeFormatter WIRE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Ec2Store store;
    private final String region;
    private final String accountId;
    private final UnaryOperator<String> callerArn;

    /**
     * A context.
     *
     * @param callerArn from an access key id to the ARN that an error message names
     */
    Ec2Context(Ec2Store store, String region, String accountId, UnaryOperator<String> callerArn) {
        this.store = store;
        this.region = region;
        this.accountId = accountId;
        this.callerArn = callerArn;
    }

    Ec2Store store() {
        return store;
    }

    String region() {
        return region;
    }

    String accountId() {
        return accountId;
    }

    static String time(Instant instant) {
        return WIRE_TIME.format(instant);
    }

    String instanceArn(String instanceId) {
        return "arn:aws:ec2:" + region + ":" + accountId + ":instance/" + instanceId;
    }

    /** ARN of an image or snapshot, which carry no account. */
    String arn(String type, String id) {
        return "arn:aws:ec2:" + region + "::" + type + "/" + id;
    }

    /**
     * Where permission is decided, once the parameters are valid: returns only to a call that is to take effect. An
     * action calls this exactly once. Source: API reference, DryRun: "If you have the required permissions, the error
     * response is DryRunOperation. Otherwise, it is UnauthorizedOperation".
     *
     * @param resourceArn what the action is about; {@code *} when nothing in particular
     */
    void permit(ServiceCall call, String resourceArn) {
        if (call.denied()) {
            String action = "ec2:" + call.request().action();
            throw new AwsError(
                    "UnauthorizedOperation",
                    "You are not authorized to perform this operation. User: " + callerArn.apply(call.principal())
                            + " is not authorized to perform: " + action + " on resource: " + resourceArn
                            + " because no identity-based policy allows the " + action + " action",
                    403);
        }
        if (call.dryRun()) {
            throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
        }
    }

    /** Permission for an action that is about nothing in particular. */
    void permit(ServiceCall call) {
        permit(call, "*");
    }
}
