package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;

/**
 * What is kept with a build of one run of an operation: texts and numbers, because it is written to build.xml. One that was
 * written before a field was added has null there.
 */
public abstract class OperationRecord {

    private final String token;
    private final String account;
    private final String accountId;
    private final String region;
    private final String failure;

    /**
     * @param token unique for the run
     * @param account the name of the configured account, or null
     * @param accountId the AWS account's number, or an empty text when AWS never said it
     * @param failure why it failed, or null when it did not
     */
    OperationRecord(
            String token,
            @CheckForNull String account,
            String accountId,
            String region,
            @CheckForNull OperationFailure failure) {
        this.token = token;
        this.account = account;
        this.accountId = accountId;
        this.region = region;
        this.failure = failure == null ? null : failure.describe();
    }

    /** Whether both tell of the same run: one that ended while the controller stopped ends again after the start. */
    final boolean isOfSameRun(OperationRecord other) {
        return token.equals(other.token);
    }

    /** The name of the configured account, or null for none. */
    @CheckForNull
    public final String getAccount() {
        return account;
    }

    @NonNull
    public final String getRegion() {
        return Util.fixNull(region);
    }

    /** Why it failed and what to do, or null when it did not fail. */
    @CheckForNull
    public final String getFailure() {
        return failure;
    }

    /** The account as people know it: name and number. */
    @NonNull
    final String accountText() {
        String number = Util.fixNull(accountId);
        if (account == null) {
            return number;
        }
        return number.isEmpty() ? account : account + " (" + number + ")";
    }

    /** Where it was done: account and region. */
    @NonNull
    final String place() {
        String where = accountText();
        return where.isEmpty() ? getRegion() : where + Messages.OperationRecord_separator() + getRegion();
    }
}
