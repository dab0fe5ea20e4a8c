package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.Setbacks;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.Progress;
import io.jenkins.plugins.awsoperations.operation.Progress.Failed;
import io.jenkins.plugins.awsoperations.operation.Progress.Running;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes images of EC2 instances, waits for them and lets older ones go. Two backups of one instance at the same time both
 * succeed: one waits for the other.
 */
public final class Ec2Backup implements Operation<BackupRequest, BackupState, BackupResult> {

    private static final Duration VISIBLE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

    private static final int MOST_STEPS_IN_A_POLL = 10_000;

    private final AwsConnection aws;
    private final ExclusiveAccess locks;

    /**
     * @param aws the account and region
     * @param locks who may work on an instance
     */
    public Ec2Backup(AwsConnection aws, ExclusiveAccess locks) {
        this.aws = aws;
        this.locks = locks;
    }

    @Override
    public BackupState begin(BackupRequest request, RunIdentity run) {
        return BackupState.begin(request, run);
    }

    @Override
    public BackupState cancel(BackupState before, String reason) {
        BackupState state = before.copy();
        state.cancelReason = reason;
        return state;
    }

    @Override
    public void abandon(BackupState state) {
        for (InstanceBackup i : state.instances) {
            if (i.active()) {
                locks.release(Turn.lockName(state, aws, i), Turn.claim(state, i));
            }
        }
    }

    @Override
    public Progress<BackupState, BackupResult> poll(BackupState before, OperationContext<BackupState> context) {
        BackupState state = before.copy();
        Turn turn = new Turn(state, aws, locks, context);
        if (state.startedAt == null) {
            state.startedAt = turn.now();
        }
        if (state.cancelReason != null) {
            return Cancelling.end(turn, state.cancelReason);
        }
        try {
            if (state.notBefore.isAfter(turn.now())) {
                return new Running<>(state, state.notBefore, BackupSummary.status(state));
            }
            // Also after a restart: a new process does not know yet who it is.
            state.accountId = aws.accountOf(state.accountId, turn::log);
            if (!state.located) {
                locate(turn);
            }
        } catch (AwsCallException e) {
            return setback(turn, e);
        } catch (OperationException e) {
            return givenUp(turn, e.failure());
        }
        state.setbacks = 0;
        if (state.instances.isEmpty()) {
            return BackupSummary.noInstances(turn);
        }
        advanceAll(turn);
        if (state.instances.stream().allMatch(InstanceBackup::ended)) {
            return BackupSummary.end(turn);
        }
        return new Running<>(state, nextPoll(turn), BackupSummary.status(state));
    }

    private void locate(Turn turn) {
        BackupState state = turn.state;
        List<InstanceBackup> found = new Targets(turn.request, aws).find();
        state.instances.addAll(found);
        state.located = true;
        String selection = turn.request.tags().isEmpty()
                ? "ids " + String.join(", ", turn.request.instanceIds())
                : "tags " + turn.request.tags();
        turn.log("plan " + turn.request.plan() + ": " + found.size() + (found.size() == 1 ? " instance" : " instances")
                + " by " + selection + (turn.request.dryRun() ? "; dry run, nothing is written" : ""));
        for (InstanceBackup i : found) {
            if (i.failure != null) {
                i.endedAt = turn.now();
                turn.log(i, "FAILED: " + i.failure.describe());
            }
        }
    }

    private Progress<BackupState, BackupResult> setback(Turn turn, AwsCallException e) {
        BackupState state = turn.state;
        if (Setbacks.isGivenUp(e, state.setbacks, state.located ? Setbacks.MOST_WHILE : Setbacks.MOST_BEFORE)) {
            return givenUp(turn, e.failure());
        }
        if (state.setbacks == 0) {
            turn.log(e.failure().message() + "; tries again");
        }
        state.notBefore = Setbacks.next(turn.now(), state.setbacks++, state.run.token());
        return new Running<>(state, state.notBefore, BackupSummary.status(state));
    }

    /** Ends the whole run, gives all locks back and tells what stays. */
    private static Progress<BackupState, BackupResult> givenUp(Turn turn, OperationFailure failure) {
        BackupState state = turn.state;
        List<String> stays = new ArrayList<>();
        state.instances.forEach(i -> i.whatStays().ifPresent(text -> stays.add(text + " (" + i.display() + ")")));
        state.instances.stream().filter(InstanceBackup::active).forEach(turn::leave);
        return new Failed<>(
                state,
                stays.isEmpty()
                        ? failure
                        : failure.withMessage(failure.message() + "; in AWS stays " + String.join("; ", stays)),
                BackupSummary.result(state, null),
                null);
    }

    /** Brings every instance as far as it comes now; what one gives up may let another go on. */
    private static void advanceAll(Turn turn) {
        turn.state.instances.forEach(i -> {
            PendingPhase.watch(i, turn);
            RotationPhase.watch(i, turn);
        });
        int steps = 0;
        boolean moved = true;
        while (moved) {
            moved = false;
            long active =
                    turn.state.instances.stream().filter(InstanceBackup::active).count();
            for (InstanceBackup i : turn.state.instances) {
                if (active < turn.request.parallelism() && start(i, turn)) {
                    active++;
                    moved = true;
                }
                while (i.active() && due(i, turn) && !turn.isCancelRequested()) {
                    Phase before = i.phase;
                    step(i, turn);
                    moved |= i.phase != before;
                    if (++steps > MOST_STEPS_IN_A_POLL) {
                        throw new IllegalStateException("no end of " + i.phase + " of " + i.instanceId);
                    }
                    if (i.phase == Phase.WAITING_FOR_LOCK && before == Phase.WAITING_FOR_LOCK) {
                        break;
                    }
                }
            }
            for (InstanceBackup i : turn.state.instances) {
                moved |= PendingPhase.noticed(i, turn);
            }
        }
    }

    private static boolean start(InstanceBackup i, Turn turn) {
        if (i.phase != Phase.QUEUED) {
            return false;
        }
        i.enter(turn.request.dryRun() ? Phase.PLANNING : Phase.WAITING_FOR_LOCK);
        return true;
    }

    /** A waiter asks at every poll, because it may have been woken before its time. */
    private static boolean due(InstanceBackup i, Turn turn) {
        boolean tooLate = i.deadline != null && !i.deadline.isAfter(turn.now());
        return i.phase == Phase.WAITING_FOR_LOCK || tooLate || !i.notBefore.isAfter(turn.now());
    }

    private static void step(InstanceBackup i, Turn turn) {
        try {
            if (i.deadline != null && !i.deadline.isAfter(turn.now())) {
                timedOut(i, turn);
            } else {
                phase(i, turn);
            }
        } catch (AwsCallException e) {
            if (e.isTransient()) {
                setback(i, turn, e);
            } else if (isNotYetVisible(i, turn, e)) {
                i.notBefore = turn.now().plus(LOOK_AGAIN);
            } else {
                turn.fail(i, e.failure());
            }
        } catch (StateNotSavedException e) {
            notSaved(i, turn, e);
        }
    }

    /** EC2 may not know an image for a while that it has just accepted. */
    private static boolean isNotYetVisible(InstanceBackup i, Turn turn, AwsCallException e) {
        return e.hasCode("InvalidAMIID.NotFound")
                && i.acceptedAt != null
                && turn.now().isBefore(i.acceptedAt.plus(VISIBLE));
    }

    /** Nothing was sent: it may be tried again, but without a place to write nothing may ever be sent. */
    private static void notSaved(InstanceBackup i, Turn turn, StateNotSavedException e) {
        if (i.setbacks >= Setbacks.MOST_BEFORE) {
            turn.fail(i, Setbacks.notSaved(e));
            return;
        }
        if (i.setbacks == 0) {
            turn.log(i, e.getMessage() + "; tries again");
        }
        i.notBefore = Setbacks.next(turn.now(), i.setbacks++, turn.key(i));
    }

    private static void phase(InstanceBackup i, Turn turn) {
        switch (i.phase) {
            case PLANNING -> DryRunPhase.advance(i, turn);
            case WAITING_FOR_LOCK -> LockPhase.advance(i, turn);
            case CREATING -> CreatePhase.advance(i, turn);
            case PENDING -> PendingPhase.advance(i, turn);
            case REMOVING_FAILED -> FailedImagePhase.advance(i, turn);
            case AVAILABLE -> RotationPhase.available(i, turn);
            case ROTATING -> RotationPhase.rotate(i, turn);
            default -> throw new IllegalStateException(i.phase + " does not advance");
        }
    }

    private static void setback(InstanceBackup i, Turn turn, AwsCallException e) {
        if (i.deadline == null && Setbacks.isGivenUp(e, i.setbacks, Setbacks.MOST_BEFORE)) {
            turn.fail(i, e.failure());
            return;
        }
        if (i.setbacks == 0) {
            turn.log(i, e.failure().message() + "; tries again");
        }
        Instant deadline = i.deadline == null ? Instant.MAX : i.deadline;
        i.notBefore = Setbacks.next(turn.now(), i.setbacks++, turn.key(i), deadline);
        PendingPhase.postpone(i, turn);
    }

    private static void timedOut(InstanceBackup i, Turn turn) {
        boolean rotating = i.phase == Phase.AVAILABLE || i.phase == Phase.ROTATING;
        turn.fail(
                i,
                OperationFailure.of(
                        FailureKind.TIMED_OUT,
                        "not done within " + turn.request.timeoutMinutes() + " minutes: "
                                + (i.imageId == null
                                        ? i.createSentAt == null
                                                ? "AWS accepted no image"
                                                : "CreateImage got no answer, and no image named " + i.imageName
                                                        + " is to be seen"
                                        : i.whatStays().orElse("")
                                                + (rotating ? "; rotation did not end" : "; nothing was rotated")),
                        "Raise timeoutMinutes; large or first snapshots take hours."));
    }

    private static Instant nextPoll(Turn turn) {
        Instant next = Instant.MAX;
        for (InstanceBackup i : turn.state.instances) {
            if (i.active() && i.notBefore.isBefore(next)) {
                next = i.notBefore;
            }
            if (i.active() && i.deadline != null && i.deadline.isBefore(next)) {
                next = i.deadline;
            }
        }
        return next;
    }
}
