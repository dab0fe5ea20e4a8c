package io.jenkins.plugins.awsoperations.statemachine;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which execution of a Step Functions state machine to start or to follow, and what its end means: every parameter of
 * {@code awaitStateMachine}, valid by construction. Build one with {@link #builder}; the limits and their reasons are in
 * {@link ExecutionRequestRules}.
 */
public final class ExecutionRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How many lines of history go into the log when nothing is said. */
    public static final int DEFAULT_HISTORY_MAX_LINES = 500;

    /** What becomes of the execution when the wait ends before it, by an abort or by its timeout. */
    public enum OnAbort {
        /** It is stopped, and AWS keeps who stopped it and why. */
        STOP,
        /** It goes on; the log says where to look for it. */
        DETACH
    }

    /** How much of the execution's history goes into the log. */
    public enum History {
        /** Nothing but its beginning and its end. */
        NONE,
        /** One line for each state that is entered, retried, caught, failed or finished; Map and Parallel are counted. */
        STATES,
        /** Every event besides, also those within Map and Parallel. */
        ALL
    }

    private final @Nullable String stateMachine;
    private final @Nullable String executionArn;
    private final String input;
    private final @Nullable String executionName;
    private final @Nullable Integer timeoutMinutes;
    private final OnAbort onAbort;
    private final History history;
    private final int historyMaxLines;
    private final ArrayList<String> unstableErrors;
    private final boolean redrive;
    private final @Nullable String previousExecutionArn;

    ExecutionRequest(ExecutionRequestBuilder b) {
        this.stateMachine = b.stateMachine;
        this.executionArn = b.executionArn;
        this.input = b.effectiveInput();
        this.executionName = b.executionName;
        this.timeoutMinutes = b.timeoutMinutes;
        this.onAbort = b.onAbort;
        this.history = b.history;
        this.historyMaxLines = b.historyMaxLines;
        this.unstableErrors = new ArrayList<>(b.unstableErrors);
        this.redrive = b.redrive;
        this.previousExecutionArn = b.previousExecutionArn;
    }

    private ExecutionRequest(ExecutionRequest same, @Nullable String previousExecutionArn) {
        this.stateMachine = same.stateMachine;
        this.executionArn = same.executionArn;
        this.input = same.input;
        this.executionName = same.executionName;
        this.timeoutMinutes = same.timeoutMinutes;
        this.onAbort = same.onAbort;
        this.history = same.history;
        this.historyMaxLines = same.historyMaxLines;
        this.unstableErrors = same.unstableErrors;
        this.redrive = same.redrive;
        this.previousExecutionArn = previousExecutionArn;
    }

    public static ExecutionRequestBuilder builder() {
        return new ExecutionRequestBuilder();
    }

    /** The state machine's name or ARN, perhaps with a version or an alias; null when an execution is only followed. */
    public @Nullable String stateMachine() {
        return stateMachine;
    }

    /** The execution to follow, or null when one is started. */
    public @Nullable String executionArn() {
        return executionArn;
    }

    /** The input as JSON, with the link to the build if one was asked for. */
    public String input() {
        return input;
    }

    /** The execution's name, or null for one that is made of the run. */
    public @Nullable String executionName() {
        return executionName;
    }

    /** How long to wait at most, or null for as long as AWS lets an execution run: a year. */
    public @Nullable Duration timeout() {
        return timeoutMinutes == null ? null : Duration.ofMinutes(timeoutMinutes);
    }

    /** What becomes of the execution when the wait ends before it. */
    public OnAbort onAbort() {
        return onAbort;
    }

    /** How much of the history goes into the log. */
    public History history() {
        return history;
    }

    /** How many lines of history go into the log at most. */
    public int historyMaxLines() {
        return historyMaxLines;
    }

    /** The errors of an execution that make a build unstable instead of failed. */
    public List<String> unstableErrors() {
        return List.copyOf(unstableErrors);
    }

    /** The same after a run that has left an execution failed. */
    ExecutionRequest after(@Nullable String newPreviousExecutionArn) {
        return new ExecutionRequest(this, newPreviousExecutionArn);
    }

    /** Whether {@link #previousExecutionArn} is continued from the state in which it failed, if AWS allows that and that is no Fail state. */
    public boolean redrive() {
        return redrive;
    }

    /** The execution that the run before has left failed, or null when there is none. */
    public @Nullable String previousExecutionArn() {
        return previousExecutionArn;
    }
}
