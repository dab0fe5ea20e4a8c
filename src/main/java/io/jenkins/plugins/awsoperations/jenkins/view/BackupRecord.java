package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.InstanceResult;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.List;

/** One run of {@code ec2Backup} as it is kept with its build: texts and numbers, because it is written to build.xml. */
public final class BackupRecord extends OperationRecord {

    private final String plan;
    private final boolean dryRun;
    private final BackupResult result;

    /**
     * @param account the name of the configured account, or null
     * @param result what was done, or null when nothing was
     * @param failure why it failed, or null when it did not
     */
    public BackupRecord(
            @CheckForNull String account,
            String region,
            BackupState state,
            @CheckForNull BackupResult result,
            @CheckForNull OperationFailure failure) {
        super(state.token(), account, state.accountId(), region, failure);
        this.plan = state.plan();
        this.dryRun = state.isDryRun();
        this.result = result;
    }

    @NonNull
    public String getPlan() {
        return plan;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Why the build became unstable, or null. */
    @CheckForNull
    public String getUnstableReason() {
        return result == null ? null : result.unstableReason();
    }

    public int getCreated() {
        return result == null ? 0 : result.created();
    }

    public int getDeleted() {
        return result == null ? 0 : result.deleted();
    }

    public int getFailed() {
        return result == null ? 0 : result.failed();
    }

    /** How many instances ended in a state. */
    int count(InstanceResult.State state) {
        return result == null ? 0 : result.count(state);
    }

    @NonNull
    public List<InstanceResult> instances() {
        return result == null ? List.of() : result.instances();
    }
}
