package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.command.CommandState.Phase;
import io.jenkins.plugins.awsoperations.command.Step.Fail;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.fleet.InstanceLocator;
import io.jenkins.plugins.awsoperations.fleet.RunningCommand;
import io.jenkins.plugins.awsoperations.fleet.Worker;
import io.jenkins.plugins.awsoperations.fleet.WorkerSlots;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses a worker that is free, or waits for one. */
final class ChoosePhase {

    private static final String STATUS = "looks for a worker";

    /** So many workers are named with the reason why they cannot be taken. */
    private static final int NAMED = 5;

    private ChoosePhase() {}

    static Step advance(Turn turn) {
        Optional<List<Worker>> found = turn.workers.find(turn.request.tags(), turn.request.instanceId(), turn.now());
        if (found.isEmpty()) {
            return turn.inAMoment(STATUS);
        }
        List<Worker> all = found.get();
        if (all.isEmpty()) {
            return new Fail(nobody(turn));
        }
        WorkerSlots.Choice choice = new WorkerSlots.Choice(
                turn.request.strategy(), turn.request.preferredInstanceId(), turn.request.maxPerInstance());
        List<Worker> candidates =
                all.stream().filter(w -> obstacle(w, turn).isEmpty()).toList();
        Optional<List<RunningCommand>> running = candidates.isEmpty() || !choice.asksForRunningCommands()
                ? Optional.of(List.of())
                : turn.calls.running(turn.now());
        if (running.isEmpty()) {
            return turn.inAMoment(STATUS);
        }
        Optional<Worker> worker = turn.slots().claim(turn.state.token(), candidates, choice, running.get(), turn.now());
        if (worker.isEmpty()) {
            return busy(turn, all, running.get());
        }
        take(turn, worker.get(), all.size());
        return Step.GO_ON;
    }

    private static void take(Turn turn, Worker worker, int of) {
        CommandState state = turn.state;
        state.instanceId = worker.id();
        state.instanceName = worker.instance().name();
        state.platform = worker.platform();
        state.sends++;
        state.phase = Phase.SENDING;
        String why = turn.request.instanceId() != null
                ? "named by instanceId"
                : of == 1
                        ? "the only one with " + turn.request.tags()
                        : "chosen of " + of + " with " + turn.request.tags() + " (" + turn.request.strategy() + ")";
        turn.tell("the worker, " + why);
    }

    /** Why a worker is not to be taken, whatever it has to do. */
    private static Optional<String> obstacle(Worker worker, Turn turn) {
        String refused = turn.state.refused.get(worker.id());
        return refused != null
                ? Optional.of(refused)
                : Optional.ofNullable(worker.obstacle()).or(() -> turn.slots().whyQuarantined(worker.id(), turn.now()));
    }

    private static Step busy(Turn turn, List<Worker> all, List<RunningCommand> running) {
        CommandState state = turn.state;
        String reasons = reasons(turn, all, running);
        String who = all.size() == 1 ? "the only worker" : "none of " + all.size() + " workers";
        String with = turn.request.instanceId() == null
                ? " with " + turn.request.tags()
                : " named " + turn.request.instanceId();
        String message = "WorkerBusy: " + who + with + (all.size() == 1 ? " is not free: " : " is free: ") + reasons;
        if (state.busyWaits >= turn.request.busyRetries()) {
            return new Fail(OperationFailure.of(
                    FailureKind.BUSY,
                    message + (state.busyWaits == 0 ? "" : "; waited " + state.busyWaits + " times"),
                    "Add workers, raise maxPerInstance, busyRetries or busyIntervalSeconds, or see why agents do not"
                            + " answer (Systems Manager, Fleet Manager)."));
        }
        Duration delay = turn.request.busyDelay(state.busyWaits++);
        // Another try may find that they take commands again.
        state.refused.clear();
        Instant until = turn.now().plus(delay);
        turn.tell(message + "; looks again in " + Durations.text(delay));
        return new Wait(until, "waits for a free worker");
    }

    private static String reasons(Turn turn, List<Worker> all, List<RunningCommand> running) {
        List<String> reasons = new ArrayList<>();
        for (Worker worker : all) {
            if (reasons.size() == NAMED) {
                reasons.add((all.size() - NAMED) + " more");
                break;
            }
            reasons.add(worker.instance().display() + " "
                    + obstacle(worker, turn)
                            .orElseGet(() -> "has " + turn.slots().ours(worker.id(), running) + " of "
                                    + turn.request.maxPerInstance() + " commands"));
        }
        return String.join(", ", reasons);
    }

    private static OperationFailure nobody(Turn turn) {
        CommandRequest request = turn.request;
        if (request.instanceId() != null) {
            return OperationFailure.of(
                    FailureKind.NOT_FOUND,
                    "instanceId " + request.instanceId() + " does not exist in " + turn.aws.region()
                            + (request.tags().isEmpty() ? "" : ", or does not carry " + request.tags()),
                    "Check the id, the account and the region" + (request.tags().isEmpty() ? "." : ", and the tags."));
        }
        String near = new InstanceLocator(turn.aws)
                .nearMiss(request.tags())
                .map(hint -> "; there is " + hint)
                .orElse("");
        return OperationFailure.of(
                FailureKind.NOT_FOUND,
                "no instance in " + turn.aws.region() + " carries tags " + request.tags() + near,
                "Tags are case sensitive; check them, the account and the region.");
    }
}
