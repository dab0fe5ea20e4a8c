package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a run of {@code ec2Backup} knows. What is handed out is never changed again: a poll works on a copy. */
public final class BackupState implements Serializable {

    private static final long serialVersionUID = 1L;

    final BackupRequest request;
    final RunIdentity run;
    final ArrayList<InstanceBackup> instances = new ArrayList<>();

    @Nullable
    Instant startedAt;

    Instant notBefore = Instant.EPOCH;
    int setbacks;
    boolean located;
    String accountId = "";
    /** The instance that did not come back from its reboot; no other is rebooted after it. */
    @Nullable
    String notBack;

    @Nullable
    String cancelReason;

    BackupState(BackupRequest request, RunIdentity run) {
        this.request = request;
        this.run = run;
    }

    /** The state before the first poll. */
    public static BackupState begin(BackupRequest request, RunIdentity run) {
        return new BackupState(request, run);
    }

    /** Unique for the run. */
    public String token() {
        return run.token();
    }

    /** The name of the rotation. */
    public String plan() {
        return request.plan();
    }

    /** Whether it only tells what would be done. */
    public boolean isDryRun() {
        return request.dryRun();
    }

    /** When the first poll was. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** Whether nothing goes on but waiting for others that work on the same instances. */
    public boolean waitsForLock() {
        boolean waits = false;
        for (InstanceBackup instance : instances) {
            if (instance.active()) {
                if (!instance.toldWaiting) {
                    return false;
                }
                waits = true;
            }
        }
        return waits;
    }

    /** What there is in AWS of what was begun, for who ends the run without asking AWS; null for nothing. */
    public @Nullable String whatStays() {
        List<String> stays = new ArrayList<>();
        instances.forEach(i -> i.whatStays().ifPresent(text -> stays.add(text + " (" + i.display() + ")")));
        return stays.isEmpty() ? null : String.join("; ", stays);
    }

    /** The AWS account's number, or an empty text before AWS said it. */
    public String accountId() {
        return accountId;
    }

    BackupState copy() {
        BackupState copy = new BackupState(request, run);
        for (InstanceBackup instance : instances) {
            copy.instances.add(instance.ended() ? instance : new InstanceBackup(instance));
        }
        copy.startedAt = startedAt;
        copy.notBefore = notBefore;
        copy.setbacks = setbacks;
        copy.located = located;
        copy.accountId = accountId;
        copy.notBack = notBack;
        copy.cancelReason = cancelReason;
        return copy;
    }
}
