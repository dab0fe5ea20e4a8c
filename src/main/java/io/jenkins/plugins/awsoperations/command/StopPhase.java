package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.command.CommandRequest.OnAbort;
import io.jenkins.plugins.awsoperations.command.Step.Fail;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a run that somebody stops: asks AWS to cancel the command, and finds out whether it is proven to have stopped. */
final class StopPhase {

    /** Who stops a run waits for a minute; AWS may take a moment to answer the last question. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final String STATUS = "is being cancelled";

    private StopPhase() {}

    /** The end, when it is known without asking AWS, which may be out of reach. */
    static Optional<Step> withoutAws(Turn turn) {
        CommandState state = turn.state;
        if (state.cancelledAt == null) {
            state.cancelledAt = turn.now();
        }
        if (state.ended != null) {
            CollectPhase.fromText(turn);
            return Optional.of(
                    stopped(turn, "it had already ended (" + how(state.ended) + ")", "Nothing is left to do."));
        }
        if (state.commandId != null || state.sendIntendedAt != null) {
            return Optional.empty();
        }
        String what = state.attempt == 1
                ? "no command was sent"
                : "before try " + state.attempt + ", whose command was not sent; the one before had ended";
        return Optional.of(stopped(turn, what, "Nothing is left to do."));
    }

    static Step advance(Turn turn) {
        CommandState state = turn.state;
        if (state.commandId == null) {
            Optional<Step> unknown = lookForIt(turn, giveUpAt(turn));
            if (unknown.isPresent()) {
                return unknown.get();
            }
        }
        if (turn.request.onAbort() == OnAbort.DETACH) {
            return stopped(
                    turn,
                    "the command goes on (onAbort: DETACH)",
                    "See its end in the AWS console: " + state.consoleUrl());
        }
        return cancel(turn, giveUpAt(turn));
    }

    private static Instant giveUpAt(Turn turn) {
        Instant since = turn.state.cancelledAt == null ? turn.now() : turn.state.cancelledAt;
        return since.plus(PATIENCE);
    }

    /** A call to AWS failed, of whichever kind it was. */
    static Step trouble(Turn turn, AwsCallException e) {
        if (e.isTransient() && turn.now().isBefore(giveUpAt(turn))) {
            return new Wait(turn.now().plus(LOOK_AGAIN), STATUS);
        }
        CommandState state = turn.state;
        return stopped(
                turn,
                "the command is NOT proven to have stopped: " + e.failure().describe(),
                state.commandId == null
                        ? "Look in Systems Manager, Run Command, for the comment '" + state.comment() + "'."
                        : "Look in the AWS console whether it still runs: " + state.consoleUrl());
    }

    /** Empty when AWS has the command. */
    private static Optional<Step> lookForIt(Turn turn, Instant giveUpAt) {
        CommandState state = turn.state;
        Optional<String> found = turn.calls.findSent(state);
        if (found.isPresent()) {
            state.commandId = found.get();
            state.sentAt = turn.now();
            return Optional.empty();
        }
        if (turn.now().isBefore(giveUpAt)) {
            return Optional.of(new Wait(turn.now().plus(LOOK_AGAIN), "finds out whether AWS has the command"));
        }
        return Optional.of(stopped(
                turn,
                "AWS knows no command with the comment '" + state.comment() + "', so most likely none was sent",
                "Look in Systems Manager, Run Command, for that comment."));
    }

    private static Step cancel(Turn turn, Instant giveUpAt) {
        CommandState state = turn.state;
        if (!state.cancelSent) {
            // Nothing is written down before: a command that is cancelled twice is cancelled.
            turn.calls.cancel(state);
            state.cancelSent = true;
            turn.tell("cancels command " + state.commandId + " (" + state.cancelReason + ")");
        }
        Invocation now = invocation(turn);
        if (now != null && now.status().isTerminal()) {
            state.ended = now;
            state.endedAt = turn.now();
            turn.release();
            CollectPhase.fromText(turn);
            return ended(turn, now);
        }
        if (turn.now().isBefore(giveUpAt)) {
            return new Wait(turn.now().plus(LOOK_AGAIN), STATUS);
        }
        return stopped(
                turn,
                "cancelling was asked for, but the command is NOT proven to have stopped: its worker did not answer within "
                        + PATIENCE.toSeconds() + " s",
                "Look in the AWS console whether it still runs: " + state.consoleUrl());
    }

    private static @Nullable Invocation invocation(Turn turn) {
        try {
            return turn.calls.invocation(turn.state);
        } catch (AwsCallException e) {
            if (CommandCalls.isNotYetKnown(e)) {
                return null;
            }
            throw e;
        }
    }

    private static Step ended(Turn turn, Invocation end) {
        if (end.status() != CommandStatus.CANCELLED) {
            return stopped(
                    turn, "it ended by itself before it was cancelled (" + how(end) + ")", "Nothing is left to do.");
        }
        return end.startedAt() == null
                ? stopped(turn, "the command is cancelled; the worker had not started it", "Nothing is left to do.")
                : stopped(
                        turn,
                        "the command is proven to have stopped: the worker's agent has killed it",
                        "Part of its work is done; processes that it had put into the background may go on.");
    }

    private static String how(Invocation end) {
        return end.exitCode() == null ? end.details() : end.details() + ", exit code " + end.exitCode();
    }

    private static Step stopped(Turn turn, String what, String remedy) {
        CommandState state = turn.state;
        String command = state.commandId == null ? "" : "; command " + state.commandId + " on " + state.worker();
        return new Fail(OperationFailure.of(
                FailureKind.CANCELLED, "stopped (" + state.cancelReason + ")" + command + ": " + what, remedy));
    }
}
