package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.CommandStatus;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * One run of {@code runOnTaggedInstance} as it is kept with its build. What the commands wrote is not part of it: it may be long,
 * and hold what the log hides.
 */
public final class CommandRecord extends OperationRecord {

    /** A script may be one line. */
    private static final int LONGEST_TITLE = 200;

    private final String title;
    private final String tags;
    private final String worker;
    private final String instanceId;
    private final String instanceName;
    private final String status;
    private final Integer exitCode;
    private final int attempts;
    private final String startedAt;
    private final String endedAt;
    private final String consoleUrl;
    private final String outputUrl;
    private final String failureKind;
    private final String unstableReason;

    /**
     * @param title what was run, without the build's secrets
     * @param tags which workers were meant, as text
     * @param account the name of the configured account, or null
     * @param result what was done, or null when that is not known, or nothing was
     * @param failure why it failed, or null when it did not
     * @param unstableReason why the build became unstable, or null
     */
    public CommandRecord(
            String title,
            String tags,
            @CheckForNull String account,
            String region,
            CommandState state,
            @CheckForNull CommandResult result,
            @CheckForNull OperationFailure failure,
            @CheckForNull String unstableReason) {
        super(state.token(), account, state.accountId(), region, failure);
        this.title = title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE) + "…";
        this.tags = tags;
        this.worker = state.worker();
        this.instanceId = result == null ? null : result.instanceId();
        this.instanceName = result == null ? null : result.instanceName();
        this.status = result == null ? null : result.status();
        this.exitCode = result == null ? null : result.exitCode();
        this.attempts = result == null ? 0 : result.attempts();
        this.startedAt = result == null ? null : result.startedAt();
        this.endedAt = result == null ? null : result.endedAt();
        this.consoleUrl = result == null ? null : result.consoleUrl();
        this.outputUrl = result == null ? null : result.outputUrl();
        this.failureKind = failure == null ? null : failure.kind().name();
        this.unstableReason = unstableReason;
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

    /** The worker's id, or an empty text when none was found. */
    @NonNull
    public String getInstanceId() {
        return Util.fixNull(instanceId);
    }

    /** The worker's name, or an empty text. */
    @NonNull
    public String getInstanceName() {
        return Util.fixNull(instanceName);
    }

    /** AWS's last word on the command, or null when there is none. */
    @CheckForNull
    CommandStatus status() {
        for (CommandStatus one : CommandStatus.values()) {
            if (one.awsName().equals(status)) {
                return one;
            }
        }
        return null;
    }

    /** The exit code, or null. */
    @CheckForNull
    public Integer getExitCode() {
        return exitCode;
    }

    /** How often it was run; 0 when that is not known. */
    public int getAttempts() {
        return attempts;
    }

    /** How long the commands ran; null when they did not begin or not end. */
    @CheckForNull
    Duration duration() {
        if (startedAt == null || endedAt == null) {
            return null;
        }
        try {
            return Duration.between(OffsetDateTime.parse(startedAt), OffsetDateTime.parse(endedAt));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The command's page in the AWS console, or null when none was sent. */
    @CheckForNull
    public String getConsoleUrl() {
        return consoleUrl;
    }

    /** Where the complete output is, or null when it is kept nowhere. */
    @CheckForNull
    public String getOutputUrl() {
        return outputUrl;
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
        return unstableReason;
    }

    /** The worker on which all went well, or null. */
    @CheckForNull
    public String getGoodWorker() {
        return !isFailed() && status() == CommandStatus.SUCCESS ? Util.fixEmpty(instanceId) : null;
    }
}
