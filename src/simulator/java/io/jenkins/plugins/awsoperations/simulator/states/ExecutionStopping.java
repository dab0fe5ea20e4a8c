package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

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
        String error = CONSTRAINTS.text(call.request(), "error", 0, 256);
        String cause = CONSTRAINTS.text(call.request(), "cause", 0, 32_768);
        Execution execution = lookup.changed(call);
        call.resource(execution.arn());
        context.endings().aborted(execution, error, cause, call.now());
        StatesContext.time(call.reply(), "stopDate", execution.stoppedAt());
    }
}
