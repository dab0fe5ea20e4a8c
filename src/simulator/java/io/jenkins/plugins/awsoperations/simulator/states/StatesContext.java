package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every action needs besides its call.
 *
 * @param store state machines and executions
 * @param interpreter what leads executions on
 * @param endings how executions end
 * @param account where it all is
 */
record StatesContext(StatesStore store, Interpreter interpreter, Endings endings, Account account) {

    /** Permission for what is done to a resource. */
    void permit(JsonCall call, String resourceArn) {
        account.permit(call, "states:" + call.action(), resourceArn);
    }

    /** The ARN of a resource of Step Functions, for example of {@code stateMachine:name}. */
    String arn(String resource) {
        return "arn:aws:states:" + account.region() + ':' + account.accountId() + ':' + resource;
    }

    /** Writes a timestamp, unless it is null: JSON numbers of seconds with three decimals. */
    static void time(ObjectNode node, String name, @Nullable Instant time) {
        if (time != null) {
            node.put(name, BigDecimal.valueOf(time.toEpochMilli(), 3));
        }
    }

    /** Writes a text, unless it is null. */
    static void text(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }
}
