package io.jenkins.plugins.awsoperations.statemachine;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run of {@code awaitStateMachine}. A plain class of texts and numbers, because it is kept with the build; the
 * output and the whole cause are not.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "Outputs and causes may be long and may hold secrets: they are not kept with the build.")
public final class ExecutionResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final @Nullable String executionArn;
    private final String name;
    private final String stateMachine;
    private final @Nullable String status;
    private final @Nullable String error;
    private final @Nullable String failedState;
    private final @Nullable String startedAt;
    private final @Nullable String stoppedAt;
    private final int redriveCount;
    private final @Nullable String consoleUrl;
    private final @Nullable String unstableReason;
    private final ArrayList<StateRow> states;
    private final int statesEntered;
    private final transient @Nullable String output;
    private final transient @Nullable String cause;

    /** @param ending null when the end was not seen */
    ExecutionResult(
            ExecutionState state,
            @Nullable Ending ending,
            @Nullable String failedState,
            @Nullable String unstableReason) {
        this.executionArn = state.executionArn;
        this.name = state.name == null ? "" : state.name;
        this.stateMachine = state.title();
        this.status = ending == null ? null : ending.status();
        this.error = ending == null ? null : ending.error();
        this.failedState = failedState;
        Instant began = ending == null ? null : ending.startedAt();
        this.startedAt = text(began == null ? state.executionStartedAt : began);
        this.stoppedAt = text(ending == null ? null : ending.stoppedAt());
        this.redriveCount = ending == null ? state.redriveCount : ending.redriveCount();
        this.consoleUrl = state.consoleUrl();
        this.unstableReason = unstableReason;
        this.states = new ArrayList<>();
        state.history.rows.forEach(row -> states.add(row.copy()));
        this.statesEntered = state.history.entered;
        this.output = ending == null ? null : ending.output();
        this.cause = ending == null ? null : ending.cause();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** The execution, or null when none was started. */
    public @Nullable String executionArn() {
        return executionArn;
    }

    /** The execution's name, or an empty text. */
    public String name() {
        return name;
    }

    /** The state machine's name. */
    public String stateMachine() {
        return stateMachine;
    }

    /** {@code SUCCEEDED}, {@code FAILED}, {@code TIMED_OUT} or {@code ABORTED}; null when the end was not seen. */
    public @Nullable String status() {
        return status;
    }

    /** The output as JSON; null without success, and in a result that was read back. */
    public @Nullable String output() {
        return output;
    }

    /** The error's name as the state machine gives it, as {@code States.TaskFailed}; null when there is none. */
    public @Nullable String error() {
        return error;
    }

    /** The error's cause word for word; null when there is none, and in a result that was read back. */
    public @Nullable String cause() {
        return cause;
    }

    /** The state in which the execution failed, or null when that is not known. */
    public @Nullable String failedState() {
        return failedState;
    }

    /** When the execution began, ISO 8601. */
    public @Nullable String startedAt() {
        return startedAt;
    }

    /** When it ended, ISO 8601; null when the end was not seen. */
    public @Nullable String stoppedAt() {
        return stoppedAt;
    }

    /** How often it was redriven. */
    public int redriveCount() {
        return redriveCount;
    }

    /** The execution's page in the AWS console. */
    public @Nullable String consoleUrl() {
        return consoleUrl;
    }

    /** Why the build should be unstable although the run succeeded, or null. */
    public @Nullable String unstableReason() {
        return unstableReason;
    }

    /** The last states, in their order; empty when the history was not asked for. */
    public List<StateRow> states() {
        return List.copyOf(states);
    }

    /** How many states were entered, of which {@link #states} has the last ones. */
    public int statesEntered() {
        return statesEntered;
    }

    /** The same for Groovy and JSON, by the names of the documentation; output and cause are parsed. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("executionArn", executionArn);
        map.put("name", name);
        map.put("stateMachine", stateMachine);
        map.put("status", status);
        map.put("output", JsonText.value(output));
        map.put("error", error);
        map.put("cause", JsonText.value(cause));
        map.put("failedState", failedState);
        map.put("startedAt", startedAt);
        map.put("stoppedAt", stoppedAt);
        map.put("redriveCount", redriveCount);
        map.put("consoleUrl", consoleUrl);
        map.put("unstableReason", unstableReason);
        return map;
    }
}
