package io.jenkins.plugins.awsoperations.simulator.ssm;

import static io.jenkins.plugins.awsoperations.simulator.ssm.SsmNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.util.List;

/** CancelCommand, which promises nothing. */
final class CommandCancelling {

    private final SsmContext context;
    private final Delivery delivery;

    CommandCancelling(SsmContext context, Delivery delivery) {
        this.context = context;
        this.delivery = delivery;
    }

    void run(JsonCall call) {
        String commandId = CONSTRAINTS.required("CommandId", SsmNames.commandId(call.request()));
        List<String> ids = SsmNames.instanceIds(call.request());
        context.permit(call);
        SentCommand command = context.store().command(commandId);
        if (command == null) {
            throw AwsError.badRequest("InvalidCommandId", "");
        }
        for (String id : ids) {
            if (command.invocation(id) == null) {
                throw AwsError.badRequest("InvalidInstanceId", "Instance " + id + " is not part of this command");
            }
        }
        call.resource(command.id());
        for (Invocation invocation : command.invocations()) {
            if (ids.isEmpty() || ids.contains(invocation.instanceId())) {
                delivery.cancel(invocation, call.now());
            }
        }
    }
}
