package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.CommandStatus;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;

/**
 * One run of {@code runOnTaggedInstance} as it is kept with its build. What the commands wrote is not part of it: it may be long,
 * and hold what the log hides.
 */
public final class CommandRecord extends OperationRecord {

    private final String title;
    private final String tags;
    private final String worker;
    private final String failureKind;
    private final CommandResult result;

    /**
     * @param title what was run, without the build's secrets
     * @param tags which workers were meant, as text
     * @param account the name of the configured account, or null
     * @param result what was done, or null when that is not known, or nothing was
     * @param failure why it failed, or null when it did not
     */
    public CommandRecord(
            String title,
            String tags,
            @CheckForNull String account,
            String region,
            CommandState state,
            @CheckForNull CommandResult result,
            @CheckForNull OperationFailure failure) {
        super(state.token(), account, state.accountId(), region, failure);
        this.title = title;
        this.tags = tags;
        this.worker = state.worker();
        this.failureKind = failure == null ? null : failure.kind().name();
        this.result = result;
    }

    /** The first line of what was run. */
    @NonNull
    public String getTitle() {
        return Util.fixNull(title);
    }

    /** Which workers were meant. */
    @NonNull
    public String getTags() {
        return Util.fixNull(tags);
    }

    /** Id and name of the last worker, or an empty text when none was found. */
    @NonNull
    public String getWorker() {
        return Util.fixNull(worker);
    }

    /** What is known of the command, or null. */
    @CheckForNull
    CommandResult result() {
        return result;
    }

    /** AWS's last word on the command, or null when there is none. */
    @CheckForNull
    CommandStatus status() {
        String name = result == null ? null : result.status();
        for (CommandStatus status : CommandStatus.values()) {
            if (status.awsName().equals(name)) {
                return status;
            }
        }
        return null;
    }

    boolean isFailed() {
        return getFailure() != null;
    }

    boolean isFailedAs(FailureKind kind) {
        return kind.name().equals(failureKind);
    }

    /** Why the build became unstable, or null. */
    @CheckForNull
    public String getUnstableReason() {
        return result == null ? null : result.unstableReason();
    }

    /** The worker on which all went well, or null. */
    @CheckForNull
    public String getGoodWorker() {
        return !isFailed() && status() == CommandStatus.SUCCESS ? Util.fixEmpty(result.instanceId()) : null;
    }
}
