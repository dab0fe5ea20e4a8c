package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import java.time.Instant;

/** What tasks put on event buses (Developer Guide, "Add EventBridge events with Step Functions"). */
final class EventIntegration implements Integration {

    private final TaskStates tasks;
    private EventTarget target;

    EventIntegration(TaskStates tasks, EventTarget target) {
        this.tasks = tasks;
        this.target = target;
    }

    void target(EventTarget newTarget) {
        target = newTarget;
    }

    @Override
    public void call(Attempt attempt, JsonNode parameters, Instant now) {
        JsonNode entries = parameters.path("Entries");
        if (!entries.isArray()) {
            throw StatesNames.CONSTRAINTS.broken("entries", null, "not be null");
        }
        String text =
                Document.of(completed(entries, attempt.strand().execution())).text();
        ObjectNode reply = parse(target.put(text));
        if (reply.path("FailedEntryCount").asInt() > 0) {
            tasks.fail(
                    attempt,
                    new StateFailure(
                            "EventBridge.FailedEntry", Document.of(reply).text()),
                    now);
        } else {
            tasks.succeed(attempt, Document.of(SdkReplies.complete(reply)), now);
        }
    }

    /** The entries with a text as Detail, and with the execution and its machine among their Resources. */
    private static ArrayNode completed(JsonNode entries, Execution execution) {
        ArrayNode completed = entries.deepCopy();
        for (JsonNode entry : completed) {
            if (entry instanceof ObjectNode object) {
                JsonNode detail = object.path("Detail");
                if (detail.isObject()) {
                    object.put("Detail", Document.of(detail).text());
                }
                object.withArray("Resources")
                        .add(execution.arn())
                        .add(execution.machine().arn());
            }
        }
        return completed;
    }

    private static ObjectNode parse(String reply) {
        try {
            return Document.parse(reply).node() instanceof ObjectNode object
                    ? object
                    : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no reply of PutEvents: " + reply, e);
        }
    }
}
