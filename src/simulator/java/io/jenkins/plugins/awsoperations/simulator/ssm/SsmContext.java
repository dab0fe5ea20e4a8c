package io.jenkins.plugins.awsoperations.simulator.ssm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What every action needs besides its call.
 *
 * @param store commands and documents
 * @param nodes the nodes
 * @param region id of the Region
 * @param accountId twelve digits
 * @param callerArn from an access key id to the ARN that an error message names
 */
record SsmContext(SsmStore store, Nodes nodes, String region, String accountId, UnaryOperator<String> callerArn) {

    private static final Pattern BEFORE_CAPITAL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /**
     * Where permission is decided, once the parameters are valid. An action calls this exactly once.
     *
     * @param resourceArn what the action is about
     */
    void permit(JsonCall call, String resourceArn) {
        if (call.denied()) {
            String action = "ssm:" + call.action();
            throw AwsError.badRequest(
                    "AccessDeniedException",
                    "User: " + callerArn.apply(call.principal()) + " is not authorized to perform: " + action
                            + " on resource: " + resourceArn + " because no identity-based policy allows the " + action
                            + " action");
        }
    }

    /** Permission for an action that is about nothing in particular. */
    void permit(JsonCall call) {
        permit(call, "arn:aws:ssm:" + region + ":" + accountId + ":*");
    }

    String instanceArn(String instanceId) {
        return "arn:aws:ec2:" + region + ":" + accountId + ":instance/" + instanceId;
    }

    /** Writes a timestamp: JSON numbers of seconds with three decimals. */
    static void time(ObjectNode node, String name, Instant time) {
        node.put(name, BigDecimal.valueOf(time.toEpochMilli(), 3));
    }

    /** StatusDetails as the settings want them; those that were given with spaces keep them. */
    static String details(JsonCall call, String details) {
        return call.settings().commands().spacedStatusDetails()
                ? BEFORE_CAPITAL.matcher(details).replaceAll(" ")
                : details;
    }
}
