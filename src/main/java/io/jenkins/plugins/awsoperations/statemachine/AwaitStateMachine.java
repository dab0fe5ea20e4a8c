package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.Setbacks;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.Progress;
import io.jenkins.plugins.awsoperations.operation.Progress.Failed;
import io.jenkins.plugins.awsoperations.operation.Progress.Running;
import io.jenkins.plugins.awsoperations.operation.Progress.Succeeded;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState.Phase;
import io.jenkins.plugins.awsoperations.statemachine.Step.Done;
import io.jenkins.plugins.awsoperations.statemachine.Step.Fail;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.util.Optional;

/**
 * Starts an execution of a Step Functions state machine, or follows one, tells its history, and waits for its end. What was started
 * once is never started again: the execution's name is made of the run.
 */
public final class AwaitStateMachine implements Operation<ExecutionRequest, ExecutionState, ExecutionResult> {

    private static final int MOST_STEPS_IN_A_POLL = 100;

    private final AwsConnection aws;

    /** @param aws the account and region */
    public AwaitStateMachine(AwsConnection aws) {
        this.aws = aws;
    }

    @Override
    public ExecutionState begin(ExecutionRequest request, RunIdentity run) {
        return ExecutionState.begin(request, run);
    }

    @Override
    public ExecutionState cancel(ExecutionState before, String reason) {
        ExecutionState state = before.copy();
        state.cancelReason = reason;
        // A timeout may have begun to stop it; who stops it now has the same patience.
        state.stoppingSince = null;
        return state;
    }

    @Override
    public void abandon(ExecutionState state) {
        if (aws.isIdentified() && state.executionArn != null && state.machineArn != null) {
            aws.shared(RunningExecutions.class, RunningExecutions::new).forget(state.machineArn, state.executionArn);
        }
    }

    @Override
    public Progress<ExecutionState, ExecutionResult> poll(
            ExecutionState before, OperationContext<ExecutionState> context) {
        ExecutionState state = before.copy();
        Turn turn = new Turn(state, aws, context);
        if (state.startedAt == null) {
            state.startedAt = turn.now();
            state.region = aws.region();
        }
        Progress<ExecutionState, ExecutionResult> progress = poll(turn);
        if (!(progress instanceof Running)) {
            abandon(state);
        }
        return progress;
    }

    private Progress<ExecutionState, ExecutionResult> poll(Turn turn) {
        ExecutionState state = turn.state;
        boolean stopping = state.cancelReason != null;
        if (state.notBefore.isAfter(turn.now())
                && (!stopping || state.stoppingSince != null)
                && !(state.phase == Phase.FOLLOWING && hasLeft(state))) {
            return new Running<>(state, state.notBefore, "waits");
        }
        try {
            if (stopping) {
                Optional<Step> end = StopPhase.withoutAws(turn);
                if (end.isPresent()) {
                    return progress(turn, end.get()).orElseThrow();
                }
            }
            state.accountId = aws.accountOf(state.accountId, turn.log());
            state.partition = aws.identity().arn().split(":")[1];
            return advance(turn);
        } catch (AwsCallException e) {
            return setback(turn, e);
        } catch (StateNotSavedException e) {
            return notSaved(turn, e);
        } catch (OperationException e) {
            return isStopping(state)
                    ? progress(turn, StopPhase.trouble(turn, e)).orElseThrow()
                    : ended(turn, new Fail(e.failure(), null));
        }
    }

    private static boolean isStopping(ExecutionState state) {
        return state.cancelReason != null || state.phase == Phase.TIMING_OUT;
    }

    private boolean hasLeft(ExecutionState state) {
        return aws.isIdentified()
                && state.executionArn != null
                && state.machineArn != null
                && aws.shared(RunningExecutions.class, RunningExecutions::new)
                        .hasLeft(state.machineArn, state.executionArn);
    }

    private static Progress<ExecutionState, ExecutionResult> advance(Turn turn) {
        ExecutionState state = turn.state;
        for (int step = 0; step < MOST_STEPS_IN_A_POLL; step++) {
            Step next = state.cancelReason == null ? phase(turn) : StopPhase.advance(turn);
            state.setbacks = 0;
            Optional<Progress<ExecutionState, ExecutionResult>> progress = progress(turn, next);
            if (progress.isPresent()) {
                return progress.get();
            }
            if (turn.isCancelRequested()) {
                return new Running<>(state, turn.now(), "is being stopped");
            }
        }
        throw new IllegalStateException("no end of " + state.phase);
    }

    private static Step phase(Turn turn) {
        return switch (turn.state.phase) {
            case RESOLVING -> ResolvePhase.advance(turn);
            case REDRIVING -> RedrivePhase.advance(turn);
            case STARTING -> StartPhase.advance(turn);
            case FOLLOWING -> FollowPhase.advance(turn);
            case TIMING_OUT -> StopPhase.advance(turn);
        };
    }

    /** Empty when it goes on at once. */
    private static Optional<Progress<ExecutionState, ExecutionResult>> progress(Turn turn, Step step) {
        ExecutionState state = turn.state;
        if (step instanceof Wait wait) {
            state.notBefore = wait.until();
            return Optional.of(new Running<>(state, wait.until(), wait.status()));
        }
        if (step instanceof Fail fail) {
            return Optional.of(ended(turn, fail));
        }
        if (step instanceof Done done) {
            return Optional.of(new Succeeded<>(state, done.result()));
        }
        return Optional.empty();
    }

    private static Progress<ExecutionState, ExecutionResult> ended(Turn turn, Fail fail) {
        ExecutionState state = turn.state;
        ExecutionResult result = fail.result();
        boolean endIsSeen = result != null && result.status() != null;
        boolean isNotThere = "ExecutionDoesNotExist".equals(fail.failure().awsCode());
        String stays = endIsSeen || isNotThere || StopPhase.tells(state) ? null : state.whatStays();
        OperationFailure failure = stays == null
                ? fail.failure()
                : fail.failure().withMessage(fail.failure().message() + "; in AWS stays " + stays);
        if (stays != null && failure.kind().isTransient()) {
            // Whoever repeats what may pass by itself must not start it twice.
            failure = failure.withKind(FailureKind.TIMED_OUT);
        }
        if (result == null && state.executionArn != null) {
            result = new ExecutionResult(state, null, null, null);
        }
        return new Failed<>(state, failure, result, null);
    }

    private static Progress<ExecutionState, ExecutionResult> setback(Turn turn, AwsCallException e) {
        ExecutionState state = turn.state;
        if (isStopping(state)) {
            return progress(turn, StopPhase.trouble(turn, e)).orElseThrow();
        }
        boolean isBegun = state.startIntendedAt != null || state.executionArn != null;
        if (Setbacks.isGivenUp(e, state.setbacks, isBegun ? Setbacks.MOST_WHILE : Setbacks.MOST_BEFORE)) {
            return ended(turn, new Fail(e.failure(), null));
        }
        if (!turn.now().isBefore(state.deadline())) {
            state.phase = Phase.TIMING_OUT;
            return progress(turn, StopPhase.withoutAws(turn).orElseGet(() -> new Wait(turn.now(), StopPhase.STATUS)))
                    .orElseThrow();
        }
        return triedAgain(turn, e.failure().message());
    }

    /** Nothing was sent: it may be tried again, but without a place to write nothing may ever be sent. */
    private static Progress<ExecutionState, ExecutionResult> notSaved(Turn turn, StateNotSavedException e) {
        ExecutionState state = turn.state;
        if (state.setbacks >= Setbacks.MOST_BEFORE) {
            return ended(turn, new Fail(Setbacks.notSaved(e), null));
        }
        return triedAgain(turn, String.valueOf(e.getMessage()));
    }

    private static Progress<ExecutionState, ExecutionResult> triedAgain(Turn turn, String why) {
        ExecutionState state = turn.state;
        if (state.setbacks == 0) {
            turn.tell(why + "; tries again");
        }
        state.notBefore = Setbacks.next(turn.now(), state.setbacks++, state.token(), state.deadline());
        return new Running<>(state, state.notBefore, "waits for AWS");
    }
}
