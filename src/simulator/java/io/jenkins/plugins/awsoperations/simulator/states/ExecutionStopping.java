package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;

/** StopExecution. What an execution started stops with it only when a task waits for it with {@code .sync}. */
final class ExecutionStopping {

    private final StatesContext context;
    private final ExecutionLookup lookup;

    ExecutionStopping(StatesContext context) {
        this.context = context;
        this.lookup = new ExecutionLookup(context);
    }

    void run(JsonCall call) {
        String error = StatesNames.sensitive(call, "error", 256);
        String cause = StatesNames.sensitive(call, "cause", 32_768);
        Execution execution = lookup.changed(call);
        call.resource(execution.arn());
        context.endings().aborted(execution, error, cause, call.now());
        StatesContext.time(call.reply(), "stopDate", execution.stoppedAt());
    }
}
