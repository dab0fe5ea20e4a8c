package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionCalls.Description;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.OnAbort;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a wait before the execution has ended, because somebody stops the run or its time is over: asks AWS to stop the execution,
 * which keeps who did it and why, and finds out whether it did.
 */
final class StopPhase {

    private static final String ABORTED = "AwsOperations.Aborted";
    private static final String TIMEOUT = "AwsOperations.Timeout";

    /** AWS's limit of a cause. */
    private static final int LONGEST_CAUSE = 32_768;

    /** Who stops a run waits for a minute; AWS may take a moment to answer the last question. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    /** Nobody waits when the time is over, and what is not stopped goes on for a year. */
    private static final Duration PATIENCE_OF_A_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    static final String STATUS = "is being stopped";

    /** What stopping does not reach. */
    private static final String CHILDREN =
            "What it had started by a task token, as commands and executions of its own, goes on.";

    private StopPhase() {}

    /** The end, when it is known without asking AWS, which may be out of reach. */
    static Optional<Step> withoutAws(Turn turn) {
        ExecutionState state = turn.state;
        if (state.stoppingSince == null) {
            state.stoppingSince = turn.now();
        }
        if (state.executionArn != null || state.startIntendedAt != null || state.redriveIntendedAt != null) {
            return Optional.empty();
        }
        return Optional.of(stopped(turn, "nothing was started", "Nothing is left to do."));
    }

    static Step advance(Turn turn) {
        ExecutionState state = turn.state;
        if (state.stoppingSince == null) {
            state.stoppingSince = turn.now();
        }
        if (state.executionArn == null) {
            Optional<Step> unknown = lookForIt(turn);
            if (unknown.isPresent()) {
                return unknown.get();
            }
        }
        if (turn.request.onAbort() == OnAbort.DETACH) {
            return stopped(
                    turn,
                    "the execution goes on (onAbort: DETACH)",
                    "Follow it with executionArn: " + state.executionArn + ", or in the AWS console: "
                            + state.consoleUrl());
        }
        return stop(turn);
    }

    /** A call to AWS failed, of whichever kind it was, or could not even be tried. */
    static Step trouble(Turn turn, OperationException e) {
        boolean mayPass = e instanceof AwsCallException call && (call.isTransient() || isNotYetKnown(turn, call));
        if (mayPass && turn.now().isBefore(giveUpAt(turn))) {
            return new Wait(turn.now().plus(LOOK_AGAIN), STATUS);
        }
        ExecutionState state = turn.state;
        return stopped(
                turn,
                "the execution is NOT proven to have stopped: " + e.failure().describe(),
                state.executionArn == null
                        ? "Look in Step Functions for the execution '" + state.name + "'."
                        : "Stop it in the AWS console if it still runs: " + state.consoleUrl());
    }

    private static boolean isNotYetKnown(Turn turn, AwsCallException e) {
        return ExecutionCalls.isUnknown(e) && !turn.state.seen && turn.request.executionArn() == null;
    }

    private static Instant giveUpAt(Turn turn) {
        ExecutionState state = turn.state;
        Instant since = state.stoppingSince == null ? turn.now() : state.stoppingSince;
        boolean mustStop = isTimeout(state) && state.executionArn != null && !state.stopSent;
        return since.plus(mustStop ? PATIENCE_OF_A_TIMEOUT : PATIENCE);
    }

    /** Empty when AWS has the execution. */
    private static Optional<Step> lookForIt(Turn turn) {
        ExecutionState state = turn.state;
        boolean isRedrive = state.startIntendedAt == null;
        String arn = isRedrive ? String.valueOf(turn.request.previousExecutionArn()) : StartPhase.arn(state);
        try {
            if (!turn.aws.pacing().tryTake("DescribeExecution", turn.now())) {
                return Optional.of(new Wait(turn.now().plus(LOOK_AGAIN), STATUS));
            }
            Description found = turn.calls.describe(arn);
            if (!isRedrive && !StartPhase.isOurs(turn, found)) {
                return Optional.of(stopped(
                        turn,
                        "AWS has an execution of this name with another input, somebody else's; ours was not started",
                        "Nothing is left to do."));
            }
            if (!isRedrive || found.ending().redriveCount() > state.redrivesBefore) {
                state.executionArn = arn;
                return Optional.empty();
            }
        } catch (AwsCallException e) {
            if (!ExecutionCalls.isUnknown(e)) {
                throw e;
            }
        }
        if (turn.now().isBefore(giveUpAt(turn))) {
            return Optional.of(new Wait(turn.now().plus(LOOK_AGAIN), "finds out whether AWS has the execution"));
        }
        return Optional.of(stopped(
                turn,
                isRedrive
                        ? "AWS does not continue execution " + arn
                        : "AWS knows no execution '" + state.name + "', so most likely none was started",
                "Look in Step Functions at that execution."));
    }

    private static Step stop(Turn turn) {
        ExecutionState state = turn.state;
        String arn = String.valueOf(state.executionArn);
        if (!state.stopSent) {
            Optional<Step> later = turn.permit("StopExecution", STATUS);
            if (later.isPresent()) {
                return later.get();
            }
            // Nothing is written down before: an execution that is stopped twice is stopped.
            turn.calls.stop(arn, isTimeout(state) ? TIMEOUT : ABORTED, cause(state));
            state.stopSent = true;
            // It is stopped from now on; a moment later AWS says so.
            state.stoppingSince = isTimeout(state) ? turn.now() : state.stoppingSince;
            turn.tell("stops execution " + state.name + " (" + reason(state) + ")");
        }
        boolean isTurn = turn.aws.pacing().tryTake("DescribeExecution", turn.now());
        Ending now = isTurn ? describe(turn, arn) : null;
        if (now != null && state.isOver(now)) {
            return over(turn, now);
        }
        if (turn.now().isBefore(giveUpAt(turn))) {
            return new Wait(turn.now().plus(LOOK_AGAIN), STATUS);
        }
        return stopped(
                turn,
                "stopping was asked for, but the execution is NOT proven to have stopped: "
                        + (isTurn
                                ? "AWS says that it is " + (now == null ? "not there" : now.status())
                                : "too many others are asked for"),
                "Look in the AWS console whether it still runs: " + state.consoleUrl());
    }

    private static @Nullable Ending describe(Turn turn, String arn) {
        try {
            return turn.calls.describe(arn).ending();
        } catch (AwsCallException e) {
            if (ExecutionCalls.isUnknown(e)) {
                return null;
            }
            throw e;
        }
    }

    private static Step over(Turn turn, Ending ending) {
        ExecutionState state = turn.state;
        if (isTimeout(state) && !ending.status().equals(Ending.ABORTED)) {
            // It was quicker than its timeout was noticed.
            return EndPhase.end(turn, ending);
        }
        EndPhase.readRest(turn);
        Step step = ending.status().equals(Ending.ABORTED)
                ? stopped(turn, "the execution has stopped", CHILDREN)
                : stopped(
                        turn, "it ended by itself before it was stopped: " + ending.status(), "Nothing is left to do.");
        return step instanceof Step.Fail fail
                ? new Step.Fail(
                        fail.failure(),
                        new ExecutionResult(state, ending, FailedState.name(FailedState.in(state.history)), null))
                : step;
    }

    /** Whether the failure says by itself what becomes of the execution. */
    static boolean tells(ExecutionState state) {
        return state.stoppingSince != null;
    }

    private static boolean isTimeout(ExecutionState state) {
        return state.cancelReason == null;
    }

    private static String reason(ExecutionState state) {
        Duration timeout = state.request.timeout();
        return state.cancelReason != null
                ? state.cancelReason
                : "timeoutMinutes: " + (timeout == null ? 0 : timeout.toMinutes()) + " are over";
    }

    /** Who and why, for whoever looks at the execution. */
    private static String cause(ExecutionState state) {
        String cause = state.run.display() + ": " + reason(state);
        if (cause.length() <= LONGEST_CAUSE) {
            return cause;
        }
        boolean cutsInTwo = Character.isHighSurrogate(cause.charAt(LONGEST_CAUSE - 1));
        return cause.substring(0, cutsInTwo ? LONGEST_CAUSE - 1 : LONGEST_CAUSE);
    }

    private static Step stopped(Turn turn, String what, String remedy) {
        ExecutionState state = turn.state;
        String execution = state.name == null ? "" : "; execution " + state.name + " of " + state.title();
        String message =
                (isTimeout(state) ? "timed out (" : "stopped (") + reason(state) + ")" + execution + ": " + what;
        return turn.fail(
                OperationFailure.of(isTimeout(state) ? FailureKind.TIMED_OUT : FailureKind.CANCELLED, message, remedy));
    }
}
