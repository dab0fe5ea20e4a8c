package io.jenkins.plugins.awsoperations.simulator.ssm;

import static io.jenkins.plugins.awsoperations.simulator.ssm.SsmNames.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Instant;

/** GetCommandInvocation: one node of one command, which is not known for a while after SendCommand. */
final class InvocationReading {

    private final SsmContext context;

    InvocationReading(SsmContext context) {
        this.context = context;
    }

    void run(JsonCall call) {
        String commandId = CONSTRAINTS.required("CommandId", SsmNames.commandId(call.request()));
        String instanceId = CONSTRAINTS.required("InstanceId", SsmNames.instanceId(call.request()));
        String plugin = CONSTRAINTS.text(call.request(), "PluginName", 4, 500);
        context.permit(call);
        Invocation invocation = invocation(call, commandId, instanceId);
        String own = "aws:" + invocation.command().document().plugin();
        if (plugin != null && !plugin.equals(own)) {
            throw AwsError.badRequest("InvalidPluginName", "");
        }
        write(call, invocation, own);
    }

    private Invocation invocation(JsonCall call, String commandId, String instanceId) {
        SentCommand command = context.store().command(commandId);
        Invocation invocation = command == null ? null : command.invocation(instanceId);
        Instant horizon = call.now().minus(call.settings().commands().invocationDelay());
        if (invocation == null || invocation.command().sentAt().isAfter(horizon)) {
            throw AwsError.badRequest("InvocationDoesNotExist", "");
        }
        return invocation;
    }

    private void write(JsonCall call, Invocation invocation, String plugin) {
        SentCommand command = invocation.command();
        ObjectNode node = call.reply();
        node.put("CommandId", command.id())
                .put("InstanceId", invocation.instanceId())
                .put("Comment", command.comment())
                .put("DocumentName", command.request().documentName())
                .put("DocumentVersion", "$DEFAULT")
                .put("PluginName", plugin)
                .put("ResponseCode", invocation.responseCode())
                .put("ExecutionStartDateTime", CommandJson.iso(invocation.startedAt()))
                .put("ExecutionElapsedTime", CommandJson.elapsed(invocation))
                .put("ExecutionEndDateTime", CommandJson.iso(invocation.endedAt()))
                .put("Status", invocation.status().wireName())
                .put("StatusDetails", SsmContext.details(call, invocation.details()))
                .put("StandardOutputContent", invocation.stdout())
                .put("StandardErrorContent", invocation.stderr());
        CommandJson.writeUrls(invocation, node, context);
        CommandJson.writeLogs(command.request().output(), node);
    }
}
