package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.jenkins.execution.Outcome;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionResult;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One run of {@code awaitStateMachine} as it is kept with its build. The input, the output and all but the beginning of the cause are
 * not part of it: they may be long, and hold what the log hides.
 */
public final class ExecutionRecord extends OperationRecord {

    /** Characters of the cause. */
    static final int LONGEST_CAUSE = 2000;

    private final String machine;
    private final int inputHash;
    private final String title;
    private final String executionName;
    private final String executionArn;
    private final String status;
    private final String error;
    private final String cause;
    private final String startedAt;
    private final String stoppedAt;
    private final int redriveCount;
    private final String consoleUrl;
    private final String failureKind;
    private final String unstableReason;
    private final ArrayList<ExecutionStateRecord> states;
    private final int statesEntered;

    /**
     * @param machine the state machine as the job names it, or null when an execution was only followed
     * @param inputHash tells inputs apart
     * @param hidden makes of a whole text the same without the build's secrets
     */
    public ExecutionRecord(
            @CheckForNull String machine,
            int inputHash,
            Outcome<ExecutionState, ExecutionResult> outcome,
            UnaryOperator<String> hidden) {
        super(
                outcome.state().token(),
                outcome.account().account(),
                outcome.state().accountId(),
                outcome.account().region(),
                outcome.failure());
        ExecutionState state = outcome.state();
        ExecutionResult result = outcome.result();
        KeptText kept = new KeptText(hidden);
        this.machine = machine;
        this.inputHash = inputHash;
        this.title = kept.whole(state.title());
        this.executionName = kept.whole(state.executionName());
        this.executionArn = state.executionArn();
        this.consoleUrl = state.consoleUrl();
        this.status = result == null ? null : result.status();
        this.error = result == null ? null : kept.whole(result.error());
        this.cause = result == null ? null : kept.beginning(result.cause(), LONGEST_CAUSE);
        this.startedAt = result == null ? null : result.startedAt();
        this.stoppedAt = result == null ? null : result.stoppedAt();
        this.redriveCount = result == null ? 0 : result.redriveCount();
        OperationFailure failure = outcome.failure();
        this.failureKind = failure == null ? null : failure.kind().name();
        this.unstableReason = outcome.unstableReason();
        this.states = new ArrayList<>();
        if (result != null) {
            result.states().forEach(row -> states.add(new ExecutionStateRecord(row, kept)));
        }
        this.statesEntered = result == null ? 0 : result.statesEntered();
    }

    /** The state machine as the job names it, or null when an execution was only followed. */
    @CheckForNull
    public String getMachine() {
        return machine;
    }

    public int getInputHash() {
        return inputHash;
    }

    /** The state machine's name, or what was given in its place. */
    @NonNull
    public String getTitle() {
        return Util.fixNull(title);
    }

    /** The execution's name, or an empty text when none was begun. */
    @NonNull
    public String getExecutionName() {
        return Util.fixNull(executionName);
    }

    /** The execution, or null when none is known to be begun. */
    @CheckForNull
    public String getExecutionArn() {
        return executionArn;
    }

    /** AWS's last word on the execution, or null when its end was not seen. */
    @CheckForNull
    String getStatus() {
        return status;
    }

    public boolean isSucceeded() {
        return "SUCCEEDED".equals(status);
    }

    /** The error with the beginning of its cause, or null when there is none. */
    @CheckForNull
    String getReason() {
        return KeptText.reason(error, cause);
    }

    /** How long it ran; null when it did not begin or its end was not seen. */
    @CheckForNull
    Duration duration() {
        if (startedAt == null || stoppedAt == null) {
            return null;
        }
        try {
            return Duration.between(OffsetDateTime.parse(startedAt), OffsetDateTime.parse(stoppedAt));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    int getRedriveCount() {
        return redriveCount;
    }

    /** The execution's page in the AWS console, or null when none was begun. */
    @CheckForNull
    String getConsoleUrl() {
        return consoleUrl;
    }

    boolean isFailed() {
        return getFailure() != null;
    }

    boolean isFailedAs(FailureKind kind) {
        return kind.name().equals(failureKind);
    }

    /** Why the build became unstable, or null. */
    @CheckForNull
    String getUnstableReason() {
        return unstableReason;
    }

    /** The last states, in the order in which they were entered. */
    @NonNull
    List<ExecutionStateRecord> states() {
        return states == null ? List.of() : List.copyOf(states);
    }

    /** How many states were entered, of which {@link #states} has the last ones. */
    int getStatesEntered() {
        return statesEntered;
    }
}
