package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnConflict;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Answer;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Duration;
import java.time.Instant;

/** Gets the instance for this run alone, first come, first served. */
final class LockPhase {

    /** A fallback: whoever gives the lock back wakes the next. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

    private LockPhase() {}

    static void advance(InstanceBackup i, Turn turn) {
        BackupRequest request = turn.request;
        if (i.startedAt == null) {
            i.startedAt = turn.now();
        }
        if (request.reboot() && i.wasRunning && !mayReboot(i, turn)) {
            return;
        }
        if (i.waitingSince == null) {
            i.waitingSince = turn.now();
        }
        Answer answer = turn.locks.tryAcquire(turn.lockName(i), turn.claim(i), turn.wakeUp());
        if (answer instanceof Answer.Granted) {
            granted(i, turn);
        } else if (answer instanceof Answer.Refused refused) {
            turn.fail(i, refused.failure());
        } else {
            waiting(i, turn, (Answer.Waiting) answer);
        }
    }

    /** Whether another instance may go down: not while too many of this run's are, and never after one that did not come back. */
    private static boolean mayReboot(InstanceBackup i, Turn turn) {
        if (turn.state.notBack != null) {
            turn.fail(
                    i,
                    OperationFailure.of(
                            FailureKind.CONFLICT,
                            "not backed up, because " + turn.state.notBack
                                    + " is not known to be back from its reboot and no other instance is to go down",
                            "See that " + turn.state.notBack + " is up, and run again."));
            return false;
        }
        long down = turn.state.instances.stream()
                .filter(o -> o != i && o.wasRunning && (o.rebooting || o.phase == Phase.CREATING))
                .count();
        if (down < turn.request.rebootConcurrency()) {
            return true;
        }
        // Not in the queue meanwhile, or others who could go now would wait behind; the place is kept by waitingSince.
        if (i.waitingSince != null) {
            turn.locks.release(turn.lockName(i), turn.claim(i));
        }
        i.notBefore = turn.now().plus(ASK_AGAIN);
        return false;
    }

    private static void granted(InstanceBackup i, Turn turn) {
        Duration waited = Duration.between(waitingSince(i), turn.now());
        i.locked = true;
        if (i.attempts == 0) {
            i.lockWait = waited;
        }
        if (i.deadline == null) {
            i.deadline = turn.now().plus(Duration.ofMinutes(turn.request.timeoutMinutes()));
        }
        if (i.toldWaiting) {
            turn.log(i, "has the lock after " + Durations.text(waited));
            i.toldWaiting = false;
        }
        i.shareChecked = false;
        i.shareReadAt = null;
        i.enter(Phase.CREATING);
    }

    private static void waiting(InstanceBackup i, Turn turn, Answer.Waiting answer) {
        BackupRequest request = turn.request;
        // What somebody locked for another purpose is not being backed up: nobody covers for this run.
        if (request.onConflict() == OnConflict.SKIP && answer.sameWork()) {
            turn.skip(i, "covered by " + answer.holder() + ", which is backing up this instance now");
            return;
        }
        if (request.onConflict() == OnConflict.FAIL) {
            turn.fail(
                    i,
                    OperationFailure.of(
                            FailureKind.CONFLICT,
                            answer.holder() + (answer.sameWork() ? " is backing up" : " has locked")
                                    + " this instance now",
                            "Start at another time, or set onConflict to WAIT or SKIP."));
            return;
        }
        if (!i.toldWaiting) {
            turn.log(
                    i,
                    "waits for " + who(answer)
                            + (answer.ahead() == 0 ? "" : "; " + answer.ahead() + " more wait before"));
            i.toldWaiting = true;
        }
        i.notBefore = turn.now().plus(ASK_AGAIN);
        if (request.conflictTimeoutMinutes() == 0) {
            return;
        }
        Instant end = waitingSince(i).plus(Duration.ofMinutes(request.conflictTimeoutMinutes()));
        if (!end.isAfter(turn.now())) {
            turn.fail(
                    i,
                    OperationFailure.of(
                            FailureKind.TIMED_OUT,
                            "waited " + request.conflictTimeoutMinutes() + " minutes for " + who(answer),
                            "See what holds it up, or raise conflictTimeoutMinutes."));
        } else if (end.isBefore(i.notBefore)) {
            i.notBefore = end;
        }
    }

    private static String who(Answer.Waiting answer) {
        return answer.holder() + (answer.sameWork() ? ", which is backing up" : ", which has locked")
                + " this instance";
    }

    private static Instant waitingSince(InstanceBackup i) {
        return i.waitingSince == null ? Instant.EPOCH : i.waitingSince;
    }
}
