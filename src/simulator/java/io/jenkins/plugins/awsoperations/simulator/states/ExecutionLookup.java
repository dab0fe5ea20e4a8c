package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;

/** Finds the execution that a call is about. */
final class ExecutionLookup {

    private final StatesContext context;

    ExecutionLookup(StatesContext context) {
        this.context = context;
    }

    /**
     * For calls that do something to it: they find it at once.
     *
     * @throws AwsError ExecutionDoesNotExist, InvalidArn, also for the executions of EXPRESS machines
     */
    Execution changed(JsonCall call) {
        String arn = StatesNames.arn(call, "executionArn", "execution");
        context.permit(call, arn);
        Execution execution = context.store().execution(arn, call.now());
        if (execution == null) {
            throw unknown(arn);
        }
        return execution;
    }

    /**
     * For calls that read it: for a while after its start they do not find it.
     *
     * @throws AwsError as {@link #changed}
     */
    Execution read(JsonCall call) {
        Execution execution = changed(call);
        if (!visible(call, execution)) {
            throw unknown(execution.arn());
        }
        return execution;
    }

    /** Whether reading calls find an execution already. */
    static boolean visible(JsonCall call, Execution execution) {
        return !execution
                .startedAt()
                .plus(call.settings().executionConsistencyDelay())
                .isAfter(call.now());
    }

    /** How reading calls see an execution. */
    static Standing seen(JsonCall call, Execution execution) {
        return execution
                .standing()
                .seen(call.now().minus(call.settings().states().statusDelay()));
    }

    private static AwsError unknown(String arn) {
        return AwsError.badRequest("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }
}
