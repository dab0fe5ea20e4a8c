package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.command.CommandStatus;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import java.time.Duration;

/** One run of {@code runOnTaggedInstance} as a row of its build's page. */
public final class CommandView {

    private final CommandRecord record;

    CommandView(CommandRecord record) {
        this.record = record;
    }

    /** The first line of what was run. */
    @NonNull
    public String getTitle() {
        return record.getTitle();
    }

    /** Which workers were meant. */
    @NonNull
    public String getTags() {
        return record.getTags();
    }

    /** Account and region. */
    @NonNull
    public String getPlace() {
        return record.place();
    }

    /** The worker's name; its id when it has none; an empty text when there was none. */
    @NonNull
    public String getWorker() {
        return record.getInstanceName().isEmpty() ? record.getWorker() : record.getInstanceName();
    }

    /** The worker's id, when it has a name besides. */
    @CheckForNull
    public String getWorkerId() {
        return record.getInstanceName().isEmpty() ? null : record.getInstanceId();
    }

    /** What became of it, in words. */
    @NonNull
    public String getState() {
        CommandStatus status = record.status();
        if (status == null) {
            return withoutCommand();
        }
        if (status == CommandStatus.FAILED && !record.isFailed()) {
            // The caller asked for the exit code, or says that it makes the build unstable.
            return Messages.CommandState_ended();
        }
        return switch (status) {
            case SUCCESS -> Messages.CommandState_SUCCESS();
            case FAILED -> Messages.CommandState_FAILED();
            case EXECUTION_TIMED_OUT -> Messages.CommandState_EXECUTION_TIMED_OUT();
            case DELIVERY_TIMED_OUT -> Messages.CommandState_DELIVERY_TIMED_OUT();
            case CANCELLED -> Messages.CommandState_CANCELLED();
            case UNDELIVERABLE -> Messages.CommandState_UNDELIVERABLE();
            case TERMINATED -> Messages.CommandState_TERMINATED();
            case INVALID_PLATFORM -> Messages.CommandState_INVALID_PLATFORM();
            case ACCESS_DENIED -> Messages.CommandState_ACCESS_DENIED();
            case RATE_EXCEEDED -> Messages.CommandState_RATE_EXCEEDED();
            case NO_INSTANCES_IN_TAG -> Messages.CommandState_NO_INSTANCES_IN_TAG();
            case INCOMPLETE -> Messages.CommandState_INCOMPLETE();
            case PENDING, DELAYED, IN_PROGRESS, CANCELLING -> Messages.CommandState_goesOn();
        };
    }

    private String withoutCommand() {
        if (record.isFailedAs(FailureKind.CANCELLED)) {
            return Messages.CommandState_stopped();
        }
        if (record.isFailedAs(FailureKind.BUSY)) {
            return Messages.CommandState_busy();
        }
        return record.isFailedAs(FailureKind.NOT_FOUND)
                ? Messages.CommandState_noWorker()
                : Messages.CommandState_FAILED();
    }

    /** The symbol of what became of it, as builds have them. */
    @NonNull
    public String getIcon() {
        if (record.isFailedAs(FailureKind.CANCELLED)) {
            return "symbol-status-aborted";
        }
        if (record.isFailed()) {
            return "symbol-status-red";
        }
        return record.getUnstableReason() == null ? "symbol-status-blue" : "symbol-status-yellow";
    }

    /** Whether somebody has to look at it. */
    boolean isFailed() {
        return record.isFailed();
    }

    boolean isUnstable() {
        return !record.isFailed() && record.getUnstableReason() != null;
    }

    /** The exit code, or null. */
    @CheckForNull
    public Integer getExitCode() {
        return record.getExitCode();
    }

    /** How often it was run; 0 when that is not known. */
    public int getAttempts() {
        return record.getAttempts();
    }

    /** How long the commands ran. */
    @NonNull
    public String getDuration() {
        return getDurationMillis() < 0 ? "" : Util.getTimeSpanString(getDurationMillis());
    }

    /** For sorting, in milliseconds; -1 when they did not begin or not end. */
    public long getDurationMillis() {
        Duration duration = record.duration();
        return duration == null ? -1 : duration.toMillis();
    }

    /** The command's page in the AWS console, or null when none was sent. */
    @CheckForNull
    public String getConsoleUrl() {
        return record.getConsoleUrl();
    }

    /** Where the complete output is, or null when it is kept nowhere. */
    @CheckForNull
    public String getOutputUrl() {
        return record.getOutputUrl();
    }

    /** Whether a browser can open where the output is. */
    public boolean isOutputPage() {
        return Util.fixNull(record.getOutputUrl()).startsWith("https://");
    }

    /** Why it failed and what to do, or why the build became unstable; null for neither. */
    @CheckForNull
    public String getReason() {
        return record.isFailed() ? record.getFailure() : record.getUnstableReason();
    }
}
