package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.InstanceResult;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.List;

/** One run of {@code ec2Backup} as it is kept with its build: texts and numbers, because it is written to build.xml. */
public final class BackupRecord {

    private final String token;
    private final String plan;
    private final String account;
    private final String accountId;
    private final String region;
    private final boolean dryRun;
    private final String failure;
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
        this.token = state.token();
        this.plan = state.plan();
        this.account = account;
        this.accountId = state.accountId();
        this.region = region;
        this.dryRun = state.isDryRun();
        this.failure = failure == null ? null : failure.describe();
        this.result = result;
    }

    /** Whether both tell of the same run: one that ended while the controller stopped ends again after the start. */
    boolean isOfSameRun(BackupRecord other) {
        return token.equals(other.token);
    }

    @NonNull
    public String getPlan() {
        return plan;
    }

    /** The name of the configured account, or null for none. */
    @CheckForNull
    public String getAccount() {
        return account;
    }

    /** The AWS account's number; an empty text when AWS never said it. */
    @NonNull
    public String getAccountId() {
        return accountId;
    }

    @NonNull
    public String getRegion() {
        return region;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Why it failed and what to do, or null when it did not fail. */
    @CheckForNull
    public String getFailure() {
        return failure;
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
