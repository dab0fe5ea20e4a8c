package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
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
