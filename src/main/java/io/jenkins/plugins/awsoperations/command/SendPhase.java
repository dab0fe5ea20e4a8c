package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.command.CommandState.Phase;
import io.jenkins.plugins.awsoperations.command.Step.Fail;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.fleet.RunningCommand;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends the command once. AWS has no client token for it: when it is not known whether AWS got it, it is looked for by its
 * comment, and sent again only after AWS did not know it for a minute.
 */
final class SendPhase {

    private static final String STATUS = "sends the command";

    /** AWS lists a command within seconds; the number is not published. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(60);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
    private static final int MOST_RESENDS = 3;

    /** So much of the command is shown in the log. */
    private static final int LONGEST_TITLE = 80;

    private SendPhase() {}

    static Step advance(Turn turn) {
        CommandState state = turn.state;
        if (state.sendIntendedAt != null) {
            return lookFor(turn);
        }
        if (turn.request.runAs() != null && state.platform.equalsIgnoreCase("Windows")) {
            turn.release();
            return new Fail(OperationFailure.of(
                    FailureKind.CONFIGURATION,
                    "runAs is for Linux and macOS, and " + state.worker() + " is a Windows machine",
                    "Leave runAs out, or choose workers by tags that only Linux machines carry."));
        }
        Optional<Step> later = turn.permit("SendCommand", STATUS);
        if (later.isPresent()) {
            return later.get();
        }
        state.sendIntendedAt = turn.now();
        try {
            turn.save();
        } catch (StateNotSavedException e) {
            state.sendIntendedAt = null;
            throw e;
        }
        return send(turn);
    }

    private static Step send(Turn turn) {
        CommandState state = turn.state;
        try {
            sent(turn, turn.calls.send(state), "command ");
            return Step.GO_ON;
        } catch (AwsCallException e) {
            switch (e.effect()) {
                case IN_DOUBT -> {
                    turn.tell(e.failure().message() + "; finds out whether AWS has the command");
                    state.inDoubtSince = turn.now();
                    return new Wait(turn.now().plus(LOOK_AGAIN), STATUS);
                }
                case REFUSED -> {
                    return refused(turn, e);
                }
                default -> {
                    state.sendIntendedAt = null;
                    throw e;
                }
            }
        }
    }

    private static void sent(Turn turn, String commandId, String how) {
        CommandState state = turn.state;
        state.commandId = commandId;
        state.sentAt = turn.now();
        state.inDoubtSince = null;
        state.setbacks = 0;
        state.phase = Phase.RUNNING;
        turn.workers.watch(String.valueOf(state.instanceId), turn.now());
        turn.tell(how + commandId + ": " + title(turn) + "; " + state.consoleUrl());
    }

    private static String title(Turn turn) {
        return ShortText.of(turn.state.title(), LONGEST_TITLE, turn::hide);
    }

    /** AWS did not take it. When that is because of the worker, another one may do. */
    private static Step refused(Turn turn, AwsCallException e) {
        CommandState state = turn.state;
        turn.release();
        state.sendIntendedAt = null;
        if (!e.hasCode("InvalidInstanceId")) {
            return new Fail(e.failure());
        }
        turn.slots()
                .quarantine(String.valueOf(state.instanceId), "did not take a command (InvalidInstanceId)", turn.now());
        turn.tell("AWS does not take commands for it (InvalidInstanceId: "
                + e.failure().awsMessage() + "); it is left out for ten minutes");
        state.chooseAgain();
        return Step.GO_ON;
    }

    private static Step lookFor(Turn turn) {
        CommandState state = turn.state;
        if (state.inDoubtSince == null) {
            // Put down between the intent and the reply.
            state.inDoubtSince = turn.now();
        }
        Optional<String> found = turn.calls.findSent(state);
        if (found.isPresent()) {
            sent(turn, found.get(), "AWS has the command, it is not sent again: ");
            return Step.GO_ON;
        }
        if (turn.now().isBefore(state.inDoubtSince.plus(LISTED_WITHIN))) {
            return new Wait(turn.now().plus(LOOK_AGAIN), "finds out whether AWS has the command");
        }
        if (state.resends++ >= MOST_RESENDS) {
            turn.release();
            state.sendIntendedAt = null;
            return new Fail(OperationFailure.of(
                    FailureKind.UNAVAILABLE,
                    "SendCommand to " + state.worker() + " got no answer " + (MOST_RESENDS + 1)
                            + " times, and AWS knows no command with the comment '" + state.comment() + "'",
                    "Check the network and the AWS Health Dashboard, and run again."));
        }
        if (isTakenByOthers(turn)) {
            turn.tell("AWS does not have the command, so nothing ran; others have taken the worker meanwhile");
            turn.release();
            state.chooseAgain();
            return Step.GO_ON;
        }
        turn.tell("AWS does not have the command, so nothing ran; sends it again");
        state.sendIntendedAt = null;
        state.inDoubtSince = null;
        return Step.GO_ON;
    }

    /** While this run was put down, nobody knew that it had chosen the worker. */
    private static boolean isTakenByOthers(Turn turn) {
        int most = turn.request.maxPerInstance();
        List<RunningCommand> running = turn.calls.running(turn.now()).orElse(List.of());
        return most > 0 && turn.slots().ours(String.valueOf(turn.state.instanceId), running) > most;
    }
}
