package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import java.time.Duration;
import java.util.List;

/** One run of {@code awaitStateMachine} as its build's page shows it. */
public final class ExecutionView {

    /** A table of more rows is closed until somebody opens it. */
    private static final int OPEN_ROWS = 10;

    private final ExecutionRecord record;
    private final List<ExecutionStateView> rows;

    ExecutionView(ExecutionRecord record) {
        this.record = record;
        this.rows = record.states().stream()
                .map(state -> new ExecutionStateView(record.getRegion(), state))
                .toList();
    }

    /** The state machine's name. */
    @NonNull
    public String getTitle() {
        return record.getTitle();
    }

    /** The execution's name, or an empty text when none was begun. */
    @NonNull
    public String getExecutionName() {
        return record.getExecutionName();
    }

    /** Account and region. */
    @NonNull
    public String getPlace() {
        return record.place();
    }

    /** What became of it, in words. */
    @NonNull
    public String getState() {
        String status = Util.fixNull(record.getStatus());
        return switch (status) {
            case "SUCCEEDED" -> Messages.ExecutionStatus_SUCCEEDED();
            case "FAILED" -> Messages.ExecutionStatus_FAILED();
            case "TIMED_OUT" -> Messages.ExecutionStatus_TIMED_OUT();
            case "ABORTED" -> Messages.ExecutionStatus_ABORTED();
            // Its end was not seen, or it is one that this version does not know.
            default ->
                record.getExecutionArn() == null
                        ? Messages.ExecutionStatus_notBegun()
                        : Messages.ExecutionStatus_endNotSeen();
        };
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

    boolean isFailed() {
        return record.isFailed();
    }

    /** How long it ran, from its first begin to its end; an empty text when its end was not seen. */
    @NonNull
    public String getDuration() {
        Duration duration = record.duration();
        return duration == null || duration.isNegative() ? "" : Util.getTimeSpanString(duration.toMillis());
    }

    /** How often it was redriven. */
    public int getRedriveCount() {
        return record.getRedriveCount();
    }

    /** The execution's page in the AWS console, or null when none was begun. */
    @CheckForNull
    public String getConsoleUrl() {
        return record.getConsoleUrl();
    }

    /** Why it failed and what to do, or null. */
    @CheckForNull
    public String getFailure() {
        return record.getFailure();
    }

    /** Why the build became unstable, or null. */
    @CheckForNull
    public String getUnstableReason() {
        return record.isFailed() ? null : record.getUnstableReason();
    }

    /** The error with the beginning of its cause, or null when there is none. */
    @CheckForNull
    public String getReason() {
        return record.getReason();
    }

    /** Whether the failure has all of it, which a long cause, or one of several lines, is not. */
    public boolean isReasonTold() {
        String failure = record.getFailure();
        String reason = record.getReason();
        return failure != null && reason != null && failure.contains(reason);
    }

    /** One row for each state, in the order in which they were entered. */
    @NonNull
    public List<ExecutionStateView> getRows() {
        return rows;
    }

    /** How many states were entered, also those that are not among the rows any more. */
    public int getStatesEntered() {
        return Math.max(record.getStatesEntered(), rows.size());
    }

    /** Whether the table is shown without being asked for. */
    public boolean isOpen() {
        return rows.size() <= OPEN_ROWS;
    }
}
