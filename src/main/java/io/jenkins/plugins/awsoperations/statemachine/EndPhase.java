package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.statemachine.Step.Done;
import io.jenkins.plugins.awsoperations.statemachine.Step.Fail;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the end of an execution means: success, an unstable build, or a failure. */
final class EndPhase {

    /** The error that an execution has when its own TimeoutSeconds are over, unless AWS names another. */
    private static final String TIMEOUT = "States.Timeout";

    private static final String HISTORY = "GetExecutionHistory";

    /** How much of a cause goes into the failure's message; the result has all of it. */
    private static final int LONGEST_CAUSE = 1000;

    /** The rest of the history is for information: it is not waited for any longer. */
    private static final Duration REST_WITHIN = Duration.ofSeconds(60);

    private static final Duration SOON = Duration.ofSeconds(2);

    private EndPhase() {}

    static Step end(Turn turn, Ending ending) {
        ExecutionState state = turn.state;
        if (lacksHistory(turn)) {
            state.endSeenAt = state.endSeenAt == null ? turn.now() : state.endSeenAt;
            if (turn.now().isBefore(state.endSeenAt.plus(REST_WITHIN))) {
                return new Wait(turn.now().plus(SOON), "reads how it ended");
            }
        }
        FailedState failed = ending.isSuccess() ? null : failedState(turn);
        String failedState = FailedState.name(failed);
        tellEnd(turn, ending, failedState);
        if (ending.isSuccess()) {
            return new Done(new ExecutionResult(state, ending, null, null));
        }
        String error = error(ending);
        if (error != null && turn.request.unstableErrors().contains(error)) {
            String reason = "execution " + state.name + " of " + state.title() + " ended with " + error
                    + (failedState == null ? "" : " in state '" + failedState + "'");
            return new Done(new ExecutionResult(state, ending, failedState, reason));
        }
        return new Fail(
                failure(state, told(turn, ending), failed), new ExecutionResult(state, ending, failedState, null));
    }

    /** The same with a cause that may be told. */
    private static Ending told(Turn turn, Ending ending) {
        return ending.cause() == null ? ending : ending.withCause(turn.hide(ending.cause()));
    }

    /** Whether the end is known by DescribeExecution, and what led to it could not be read just now. */
    private static boolean lacksHistory(Turn turn) {
        if (!FollowPhase.wantsHistory(turn) || turn.state.history.ended) {
            return false;
        }
        readRest(turn);
        return !turn.state.history.ended;
    }

    /** Tells the rest of the history if AWS gives it. */
    static void readRest(Turn turn) {
        if (!FollowPhase.wantsHistory(turn) || !turn.aws.pacing().tryTake(HISTORY, turn.now())) {
            return;
        }
        try {
            FollowPhase.readHistory(turn);
        } catch (AwsCallException e) {
            // That it ended is known without it.
        }
    }

    private static @Nullable FailedState failedState(Turn turn) {
        ExecutionState state = turn.state;
        if (FollowPhase.wantsHistory(turn)) {
            return FailedState.in(state.history);
        }
        return turn.aws.pacing().tryTake(HISTORY, turn.now())
                ? HistoryReader.failedState(turn, String.valueOf(state.executionArn))
                : null;
    }

    private static @Nullable String error(Ending ending) {
        String error = ending.error();
        if (error != null && !error.isBlank()) {
            return error;
        }
        return ending.status().equals(Ending.TIMED_OUT) ? TIMEOUT : null;
    }

    /** The last line: what it came to, how long it took, where to see it. */
    private static void tellEnd(Turn turn, Ending ending, @Nullable String failedState) {
        ExecutionState state = turn.state;
        int states = state.history.entered;
        turn.tell(ending.status()
                + (failedState == null ? "" : " in state '" + failedState + "'")
                + took(ending).map(d -> " after " + Durations.text(d)).orElse("")
                + (states == 0 ? "" : ", " + states + (states == 1 ? " state" : " states"))
                + "; " + state.consoleUrl());
    }

    private static Optional<Duration> took(Ending ending) {
        Instant from = ending.startedAt();
        Instant to = ending.stoppedAt();
        return from == null || to == null ? Optional.empty() : Optional.of(Duration.between(from, to));
    }

    /**
     * The failure for an execution that did not succeed.
     *
     * @param ending with a cause that may be told, of which the beginning is
     */
    static OperationFailure failure(ExecutionState state, Ending ending, @Nullable FailedState failed) {
        String execution = "execution " + state.name + " of " + state.title();
        String where = failed == null ? "" : " in state '" + failed.name() + "'";
        String why = OneLine.why(ending.error(), ending.cause(), LONGEST_CAUSE);
        return switch (ending.status()) {
            case Ending.TIMED_OUT ->
                OperationFailure.of(
                        FailureKind.TIMED_OUT,
                        execution + " timed out" + where + why,
                        "Its state machine says how long it may take (TimeoutSeconds): raise that, or see what the state"
                                + " waited for: " + state.consoleUrl());
            case Ending.ABORTED ->
                OperationFailure.of(
                        FailureKind.CANCELLED,
                        execution + " was stopped by somebody else" + where + why,
                        "CloudTrail tells who called states:StopExecution: " + state.consoleUrl());
            default ->
                OperationFailure.of(
                        FailureKind.REMOTE_FAILED,
                        execution + " failed" + where + (why.isEmpty() ? caughtBefore(failed) : why),
                        (failed != null && failed.isFail()
                                        ? "Mend what led to this Fail state and run again from the beginning (a redrive would"
                                                + " only fail here again): "
                                        : "Mend what it failed on and run again, with redrive from this state: ")
                                + state.consoleUrl());
        };
    }

    /** A Fail state may name no error; then what was caught last before it says most. */
    private static String caughtBefore(@Nullable FailedState failed) {
        StateRow caught = failed == null || !failed.isFail() ? null : failed.caught();
        return caught == null
                ? ""
                : ", after state '" + caught.name + "' had failed"
                        + OneLine.why(caught.error, caught.cause, LONGEST_CAUSE);
    }
}
