package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.OnAbort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the parameters; each setter's meaning is that of the getter of {@link ExecutionRequest}. */
public final class ExecutionRequestBuilder {

    final List<String> unstableErrors = new ArrayList<>();

    @Nullable
    String stateMachine;

    @Nullable
    String executionArn;

    @Nullable
    String input;

    /** Why the input that was given is none. */
    @Nullable
    String inputProblem;

    @Nullable
    String executionName;

    @Nullable
    String parent;

    @Nullable
    Integer timeoutMinutes;

    OnAbort onAbort = OnAbort.STOP;
    History history = History.STATES;
    int historyMaxLines = ExecutionRequest.DEFAULT_HISTORY_MAX_LINES;
    boolean redrive;

    @Nullable
    String previousExecutionArn;

    ExecutionRequestBuilder() {}

    public ExecutionRequestBuilder stateMachine(@Nullable String value) {
        stateMachine = value;
        return this;
    }

    public ExecutionRequestBuilder executionArn(@Nullable String value) {
        executionArn = value;
        return this;
    }

    /** @param json JSON text, or null for an empty object */
    public ExecutionRequestBuilder input(@Nullable String json) {
        input = json;
        inputProblem = null;
        return this;
    }

    /** @param value an object of texts, numbers, booleans, nulls, lists and maps; in the order of the map */
    public ExecutionRequestBuilder input(Map<String, ?> value) {
        try {
            input = JsonText.write(JsonValues.of(value));
            inputProblem = null;
        } catch (IllegalArgumentException e) {
            inputProblem = e.getMessage();
        }
        return this;
    }

    public ExecutionRequestBuilder executionName(@Nullable String value) {
        executionName = value;
        return this;
    }

    /**
     * Adds {@link StartedBy#KEY} to an input that is an object and does not have it.
     *
     * @param url the address or name of what starts the execution, or null for no such link
     */
    public ExecutionRequestBuilder parent(@Nullable String url) {
        parent = url;
        return this;
    }

    public ExecutionRequestBuilder timeoutMinutes(@Nullable Integer value) {
        timeoutMinutes = value;
        return this;
    }

    public ExecutionRequestBuilder onAbort(OnAbort value) {
        onAbort = value;
        return this;
    }

    public ExecutionRequestBuilder history(History value) {
        history = value;
        return this;
    }

    public ExecutionRequestBuilder historyMaxLines(int value) {
        historyMaxLines = value;
        return this;
    }

    public ExecutionRequestBuilder unstableErrors(Collection<String> values) {
        unstableErrors.addAll(values);
        return this;
    }

    public ExecutionRequestBuilder redrive(boolean value) {
        redrive = value;
        return this;
    }

    public ExecutionRequestBuilder previousExecutionArn(@Nullable String value) {
        previousExecutionArn = value;
        return this;
    }

    /** What is wrong with the parameters, by field; empty when they are valid. */
    public List<Problem> problems() {
        return ExecutionRequestRules.check(this);
    }

    /** @throws OperationException of kind CONFIGURATION that names every field that is wrong */
    public ExecutionRequest build() {
        Problems.refuse(problems());
        return new ExecutionRequest(this);
    }

    /** The input as it is sent. */
    String effectiveInput() {
        String json = input == null || input.isBlank() ? "{}" : input;
        return parent == null ? json : StartedBy.add(json, parent);
    }
}
