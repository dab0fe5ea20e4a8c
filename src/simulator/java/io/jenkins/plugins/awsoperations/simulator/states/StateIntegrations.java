package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tasks do to Step Functions itself (Developer Guide, "Start workflow executions from a task state"). */
final class StateIntegrations {

    private final ExecutionStarting starting;
    private final TaskReplying replying;
    private final TaskStates tasks;

    StateIntegrations(ExecutionStarting starting, TaskReplying replying, TaskStates tasks) {
        this.starting = starting;
        this.replying = replying;
        this.tasks = tasks;
    }

    void register(Map<String, Integration> integrations) {
        integrations.put("states:startExecution", this::start);
        integrations.put("aws-sdk:sfn:startExecution", this::start);
        integrations.put("aws-sdk:sfn:sendTaskSuccess", this::success);
        integrations.put("aws-sdk:sfn:sendTaskFailure", this::failure);
    }

    private void start(Attempt attempt, JsonNode parameters, Instant now) {
        Execution execution = starting.start(
                required(parameters, "StateMachineArn"),
                text(parameters, "Name"),
                input(parameters.path("Input")),
                now);
        ObjectNode reply = SdkReplies.started(execution);
        if (attempt.resource().sync()) {
            tasks.submitted(attempt, reply, now);
            attempt.child(execution);
            execution.startedBy(attempt);
        } else if (attempt.resource().waitsForToken()) {
            tasks.submitted(attempt, reply, now);
        } else {
            tasks.succeed(attempt, Document.of(SdkReplies.complete(reply)), now);
        }
    }

    private static String input(JsonNode input) {
        if (input.isMissingNode() || input.isNull()) {
            return "{}";
        }
        return input.isTextual() ? input.textValue() : Document.of(input).text();
    }

    private void success(Attempt attempt, JsonNode parameters, Instant now) {
        JsonNode output = parameters.path("Output");
        String text =
                output.isTextual() ? output.textValue() : Document.of(output).text();
        replying.succeed(required(parameters, "TaskToken"), text, now);
        done(attempt, now);
    }

    private void failure(Attempt attempt, JsonNode parameters, Instant now) {
        replying.fail(required(parameters, "TaskToken"), text(parameters, "Error"), text(parameters, "Cause"), now);
        done(attempt, now);
    }

    private void done(Attempt attempt, Instant now) {
        tasks.succeed(attempt, Document.of(JsonNodeFactory.instance.objectNode()), now);
    }

    private static String required(JsonNode parameters, String name) {
        String value = text(parameters, name);
        if (value == null) {
            throw StatesNames.CONSTRAINTS.broken(name, null, "not be null");
        }
        return value;
    }

    private static @Nullable String text(JsonNode parameters, String name) {
        JsonNode value = parameters.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isTextual() ? value.textValue() : Document.of(value).text();
    }
}
