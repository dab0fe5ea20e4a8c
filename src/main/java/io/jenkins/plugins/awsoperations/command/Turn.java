package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.fleet.WorkerSlots;
import io.jenkins.plugins.awsoperations.fleet.Workers;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One poll of one run: the state that it works on, and what its phases need. */
final class Turn {

    /** When somebody else is just reading what we need, too. */
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    final CommandState state;
    final CommandRequest request;
    final AwsConnection aws;
    final CommandCalls calls;
    final Workers workers;
    private final OperationContext<CommandState> context;

    Turn(CommandState state, AwsConnection aws, OperationContext<CommandState> context) {
        this.state = state;
        this.request = state.request;
        this.aws = aws;
        this.calls = new CommandCalls(aws);
        this.workers = new Workers(aws);
        this.context = context;
    }

    /** Shared by all runs in the account and region. */
    WorkerSlots slots() {
        return slots(aws);
    }

    static WorkerSlots slots(AwsConnection aws) {
        return aws.shared(WorkerSlots.class, WorkerSlots::new);
    }

    Instant now() {
        return context.now();
    }

    OperationLog log() {
        return context.log();
    }

    /** Writes the state away. */
    void save() {
        context.save(state.copy());
    }

    boolean isCancelRequested() {
        return context.isCancelRequested();
    }

    /** A text of the job or of a worker, without what must not be shown. It is given whole, before it is cut. */
    String hide(String text) {
        return context.hide(text);
    }

    /** Writes a line that begins with the worker, when there is one. */
    void tell(String text) {
        context.log().line(state.instanceId == null ? text : state.worker() + ": " + text);
    }

    /** Empty when the request may be sent now; otherwise when it is its turn among the requests of the account. */
    Optional<Step> permit(String action, String status) {
        Instant now = now();
        Instant turn = aws.pacing().take(action, now);
        return turn.isAfter(now) ? Optional.of(new Wait(turn, status)) : Optional.empty();
    }

    Step inAMoment(String status) {
        return new Wait(now().plus(A_MOMENT), status);
    }

    void release() {
        slots().release(state.token(), now());
    }
}
