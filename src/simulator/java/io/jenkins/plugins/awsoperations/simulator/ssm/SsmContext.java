package io.jenkins.plugins.awsoperations.simulator.ssm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What every action needs besides its call.
 *
 * @param store commands and documents
 * @param nodes the nodes
 * @param account where it all is
 */
record SsmContext(SsmStore store, Nodes nodes, Account account) {

    private static final Pattern BEFORE_CAPITAL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /** Permission for what is done to a resource. */
    void permit(JsonCall call, String resourceArn) {
        account.permit(call, "ssm:" + call.action(), resourceArn);
    }

    /** Permission for an action that is about nothing in particular. */
    void permit(JsonCall call) {
        permit(call, "arn:aws:ssm:" + account.region() + ":" + account.accountId() + ":*");
    }

    String instanceArn(String instanceId) {
        return "arn:aws:ec2:" + account.region() + ":" + account.accountId() + ":instance/" + instanceId;
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
