package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Claim;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Instant;

/** One poll of one run: the state that it works on, and what its phases need. */
final class Turn {

    final BackupState state;
    final BackupRequest request;
    final AwsConnection aws;
    final ImageCalls images;
    final ExclusiveAccess locks;
    private final OperationContext<BackupState> context;
    private final Instant startedAt;

    Turn(BackupState state, AwsConnection aws, ExclusiveAccess locks, OperationContext<BackupState> context) {
        this.state = state;
        this.request = state.request;
        this.aws = aws;
        this.images = new ImageCalls(aws);
        this.locks = locks;
        this.context = context;
        this.startedAt = context.now();
    }

    /** Shared with all other backups of the account and region. */
    SharedReads reads() {
        return aws.shared(SharedReads.class, SharedReads::new);
    }

    /** When this poll began. */
    Instant startedAt() {
        return startedAt;
    }

    Instant now() {
        return context.now();
    }

    Runnable wakeUp() {
        return context.wakeUp();
    }

    /** Writes the state away, before a write to AWS. */
    void save() {
        context.save(state.copy());
    }

    boolean isCancelRequested() {
        return context.isCancelRequested();
    }

    void log(String text) {
        context.log().line(text);
    }

    void log(InstanceBackup i, String text) {
        context.log().line(i.display() + ": " + text);
    }

    /**
     * Whether a request may be sent now. If not, the instance comes again when it is its turn among the requests of the
     * account.
     */
    boolean permitted(InstanceBackup i, String action) {
        Instant now = now();
        Instant turn = aws.pacing().take(action, now);
        if (turn.isAfter(now)) {
            i.notBefore = turn;
            return false;
        }
        return true;
    }

    /** The key of the poll schedules: what makes this instance's waits differ from others'. */
    String key(InstanceBackup i) {
        return state.run.token() + i.instanceId;
    }

    String lockName(InstanceBackup i) {
        return lockName(state, aws, i);
    }

    static String lockName(BackupState state, AwsConnection aws, InstanceBackup i) {
        return "ec2-backup/" + state.accountId + "/" + aws.region() + "/" + i.instanceId;
    }

    Claim claim(InstanceBackup i) {
        return claim(state, i);
    }

    static Claim claim(BackupState state, InstanceBackup i) {
        return new Claim(
                state.run.token() + "/" + i.instanceId,
                state.run.display(),
                i.waitingSince == null ? Instant.EPOCH : i.waitingSince);
    }

    /** Gives the lock back, or leaves its queue. */
    void release(InstanceBackup i) {
        locks.release(lockName(i), claim(i));
        i.locked = false;
    }

    void fail(InstanceBackup i, OperationFailure failure) {
        String stays = i.whatStays()
                .filter(text -> i.imageId == null || !failure.message().contains(i.imageId))
                .map(text -> "; in AWS stays " + text)
                .orElse("");
        i.failure = failure.withMessage(failure.message() + stays);
        boolean mayBeDown = i.rebooting || request.reboot() && i.wasRunning && i.createSentAt != null;
        if (mayBeDown) {
            // Nobody looks any more whether it comes back: then no other may go down.
            state.notBack = i.display();
        }
        i.enter(Phase.FAILED);
        leave(i);
        log(i, "FAILED: " + i.failure.describe());
    }

    void skip(InstanceBackup i, String reason) {
        i.skippedReason = reason;
        i.enter(Phase.SKIPPED);
        leave(i);
        log(i, "skipped: " + reason);
    }

    void done(InstanceBackup i) {
        i.enter(Phase.DONE);
        leave(i);
    }

    /** Ends all that the instance holds and watches. */
    void leave(InstanceBackup i) {
        i.endedAt = now();
        if (i.waitingSince != null) {
            release(i);
        }
        i.rebooting = false;
        if (!aws.isIdentified()) {
            return;
        }
        if (i.imageId != null) {
            reads().images.forget(i.imageId);
        }
        reads().health.forget(i.instanceId);
        reads().inventory.forget(i.instanceId);
    }
}
