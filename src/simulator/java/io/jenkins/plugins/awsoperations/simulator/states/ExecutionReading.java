package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** DescribeExecution. */
final class ExecutionReading {

    private final ExecutionLookup lookup;

    ExecutionReading(StatesContext context) {
        this.lookup = new ExecutionLookup(context);
    }

    void run(JsonCall call) {
        boolean data = IncludedData.wanted(call);
        Execution execution = lookup.read(call);
        Standing seen = ExecutionLookup.seen(call, execution);
        ObjectNode reply = call.reply();
        writeItem(execution, seen, reply);
        if (data) {
            reply.put("input", execution.input().text())
                    .putObject("inputDetails")
                    .put("included", true);
        }
        Standing.Ending ending = seen.ending();
        if (ending != null) {
            if (data && ending.output() != null) {
                reply.put("output", ending.output()).putObject("outputDetails").put("included", true);
            }
            StatesContext.text(reply, "error", ending.error());
            StatesContext.text(reply, "cause", ending.cause());
        }
        String reason = Redriving.refusal(execution, seen.status(), call.now());
        reply.put("redriveStatus", reason == null ? "REDRIVABLE" : "NOT_REDRIVABLE");
        StatesContext.text(reply, "redriveStatusReason", reason);
    }

    /** What DescribeExecution and ListExecutions have in common. */
    static void writeItem(Execution execution, Standing seen, ObjectNode node) {
        node.put("executionArn", execution.arn())
                .put("stateMachineArn", execution.machine().arn())
                .put("name", execution.name())
                .put("status", seen.status().name())
                .put("redriveCount", seen.redriveCount());
        StatesContext.text(node, "stateMachineVersionArn", execution.identity().versionArn());
        StatesContext.text(node, "stateMachineAliasArn", execution.identity().aliasArn());
        StatesContext.time(node, "startDate", execution.startedAt());
        StatesContext.time(node, "stopDate", stopDate(seen));
        StatesContext.time(node, "redriveDate", seen.redrivenAt());
    }

    private static @Nullable Instant stopDate(Standing seen) {
        return seen.status() == ExecutionStatus.RUNNING ? null : seen.since();
    }
}
