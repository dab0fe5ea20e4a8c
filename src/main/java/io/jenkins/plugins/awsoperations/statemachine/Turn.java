package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.statemachine.Step.Fail;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.time.Instant;
import java.util.Optional;

/** One poll of one run: the state that it works on, and what its phases need. */
final class Turn {

    final ExecutionState state;
    final ExecutionRequest request;
    final AwsConnection aws;
    final ExecutionCalls calls;
    private final OperationContext<ExecutionState> context;

    Turn(ExecutionState state, AwsConnection aws, OperationContext<ExecutionState> context) {
        this.state = state;
        this.request = state.request;
        this.aws = aws;
        this.calls = new ExecutionCalls(aws);
        this.context = context;
    }

    Instant now() {
        return context.now();
    }

    /** Writes the state away. */
    void save() {
        context.save(state.copy());
    }

    boolean isCancelRequested() {
        return context.isCancelRequested();
    }

    /** A text that came from the state machine, without what must not be shown. It is given whole, before it is cut. */
    String hide(String text) {
        return context.hide(text);
    }

    OperationLog log() {
        return context.log();
    }

    /** Writes a line that begins with the state machine. */
    void tell(String text) {
        log().line(state.title() + ": " + text);
    }

    /** Asks for a poll as soon as possible. */
    Runnable wakeUp() {
        return context.wakeUp();
    }

    /** Which of the machine's executions run, shared by all waits in the account and region. */
    RunningExecutions running() {
        return aws.shared(RunningExecutions.class, RunningExecutions::new);
    }

    /** Empty when the request may be sent now; otherwise when it is its turn among the requests of the account. */
    Optional<Step> permit(String action, String status) {
        Instant now = now();
        Instant turn = aws.pacing().take(action, now);
        return turn.isAfter(now) ? Optional.of(new Wait(turn, status)) : Optional.empty();
    }

    /** Ends badly, with what is known of the execution. */
    Step fail(OperationFailure failure) {
        return new Fail(failure, state.executionArn == null ? null : new ExecutionResult(state, null, null, null));
    }
}
