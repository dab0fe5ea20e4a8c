package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.command.CommandState.Phase;
import io.jenkins.plugins.awsoperations.command.Step.Fail;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.fleet.FleetInstance;
import io.jenkins.plugins.awsoperations.fleet.InstanceLocator;
import io.jenkins.plugins.awsoperations.fleet.ManagedNode;
import io.jenkins.plugins.awsoperations.fleet.RunningCommand;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.PollSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits for the end of the command. */
final class RunPhase {

    private static final PollSchedule POLLS = new PollSchedule(Duration.ofSeconds(2), 1.4, Duration.ofSeconds(10), 0.2);

    /** From so many commands on it is cheaper to ask for the list of all that are in progress. */
    private static final int MANY = 3;

    /** As long as AWS lists a command as being in progress, it is asked for the command itself now and then only. */
    private static final int ASK_EVERY = 10;

    /** AWS may not know the invocation for a while; how long is not published. */
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(90);

    private static final Duration LOOK_AT_HEALTH_EVERY = Duration.ofSeconds(60);

    private RunPhase() {}

    static Step advance(Turn turn) {
        CommandState state = turn.state;
        Optional<Step> ended = ask(turn);
        if (ended.isPresent()) {
            return ended.get();
        }
        Optional<Step> gone = lookAtHealth(turn);
        if (gone.isPresent()) {
            return gone.get();
        }
        if (!turn.now().isBefore(state.deadline())) {
            return overdue(turn);
        }
        LiveOutput.read(turn);
        return new Wait(
                POLLS.next(turn.now(), state.polls++, state.token(), state.deadline()), "runs on " + state.worker());
    }

    /** Empty when the command goes on. */
    private static Optional<Step> ask(Turn turn) {
        CommandState state = turn.state;
        if (isListed(turn)) {
            return Optional.empty();
        }
        Optional<Step> later = turn.permit("GetCommandInvocation", "runs on " + state.worker());
        if (later.isPresent()) {
            return later;
        }
        Invocation invocation;
        try {
            invocation = turn.calls.invocation(state);
        } catch (AwsCallException e) {
            if (CommandCalls.isNotYetKnown(e)) {
                return notYetKnown(turn, e);
            }
            throw e;
        }
        if (invocation.status().isTerminal()) {
            ended(turn, invocation);
            return Optional.of(Step.GO_ON);
        }
        tell(turn, invocation.status());
        return Optional.empty();
    }

    /** Whether the list that all share says that the command is in progress. */
    private static boolean isListed(Turn turn) {
        CommandState state = turn.state;
        if (turn.slots().size() < MANY || state.polls % ASK_EVERY == ASK_EVERY - 1) {
            return false;
        }
        try {
            List<RunningCommand> running = turn.calls.running(turn.now()).orElse(List.of());
            return running.stream().anyMatch(c -> c.commandId().equals(state.commandId));
        } catch (AwsCallException e) {
            // It only spares calls: the command itself can be asked for.
            return false;
        }
    }

    private static void ended(Turn turn, Invocation invocation) {
        CommandState state = turn.state;
        state.ended = invocation;
        state.endedAt = turn.now();
        state.phase = Phase.COLLECTING;
        turn.workers.forget(String.valueOf(state.instanceId));
        turn.release();
    }

    private static void tell(Turn turn, CommandStatus status) {
        CommandState state = turn.state;
        if (status == state.told) {
            return;
        }
        state.told = status;
        switch (status) {
            case IN_PROGRESS -> turn.tell("runs");
            case DELAYED ->
                turn.tell("AWS has not reached the agent yet; it goes on trying for "
                        + turn.request.deliveryTimeoutSeconds() + " s");
            case CANCELLING -> turn.tell("is being cancelled");
            default -> {
                // Pending is what is expected.
            }
        }
    }

    private static Optional<Step> notYetKnown(Turn turn, AwsCallException e) {
        CommandState state = turn.state;
        if (state.sentAt == null || turn.now().isBefore(state.sentAt.plus(KNOWN_WITHIN))) {
            return Optional.empty();
        }
        // Some commands end before there is an invocation.
        Optional<Invocation> command = turn.calls.command(state);
        if (command.isEmpty()) {
            return Optional.of(new Fail(e.failure()));
        }
        if (command.get().status().isTerminal()) {
            ended(turn, command.get());
            return Optional.of(Step.GO_ON);
        }
        return Optional.empty();
    }

    /** Tells when the worker's agent does not answer, and ends the wait for a worker that will never come back. */
    private static Optional<Step> lookAtHealth(Turn turn) {
        CommandState state = turn.state;
        Instant last = state.healthLookedAt == null ? state.sentAt : state.healthLookedAt;
        if (last == null || turn.now().isBefore(last.plus(LOOK_AT_HEALTH_EVERY))) {
            return Optional.empty();
        }
        try {
            return health(turn);
        } catch (AwsCallException e) {
            if (!e.isTransient()) {
                throw e;
            }
            // It is only told for information: the command itself can be asked for.
            state.healthLookedAt = turn.now();
            return Optional.empty();
        }
    }

    private static Optional<Step> health(Turn turn) {
        CommandState state = turn.state;
        Optional<Optional<ManagedNode>> asked = turn.workers.node(String.valueOf(state.instanceId), turn.now());
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        state.healthLookedAt = turn.now();
        boolean online = asked.get().map(ManagedNode::isOnline).orElse(false);
        if (online) {
            if (state.toldSilent) {
                state.toldSilent = false;
                turn.tell("its agent answers again");
            }
            return Optional.empty();
        }
        if (asked.get().isEmpty() && isGone(turn)) {
            turn.release();
            return Optional.of(new Fail(OperationFailure.of(
                    FailureKind.REMOTE_FAILED,
                    state.worker() + " was terminated while command " + state.commandId + " was on it",
                    "See what the command had done, and run it again on another worker; it is not done by itself,"
                            + " because part of it may have run.")));
        }
        if (!state.toldSilent) {
            state.toldSilent = true;
            turn.tell("its agent does not answer; goes on waiting, because it may be rebooting. AWS gives the command"
                    + " up when its timeouts are over");
        }
        return Optional.empty();
    }

    private static boolean isGone(Turn turn) {
        List<FleetInstance> known = new InstanceLocator(turn.aws).byIds(List.of(String.valueOf(turn.state.instanceId)));
        return known.stream()
                .allMatch(i -> i.state().equals("terminated") || i.state().equals("shutting-down"));
    }

    /** AWS should have ended it long ago. */
    private static Step overdue(Turn turn) {
        CommandState state = turn.state;
        String what = "it was cancelled, but is not proven to have stopped";
        try {
            turn.calls.cancel(state);
        } catch (AwsCallException e) {
            if (e.isTransient()) {
                throw e;
            }
            what = "it could not be cancelled and may still run: " + e.failure().describe();
        }
        // Its slot is not free: it counts as long as AWS says that the command is in progress.
        return new Fail(OperationFailure.of(
                FailureKind.TIMED_OUT,
                "AWS has not ended command " + state.commandId + " on " + state.worker()
                        + " although its timeouts are over; " + what,
                "Look on the worker what it does: " + state.consoleUrl()));
    }
}
