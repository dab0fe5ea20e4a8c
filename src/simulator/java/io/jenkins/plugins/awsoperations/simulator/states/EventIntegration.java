package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import io.jenkins.plugins.awsoperations.simulator.events.EntryResult;
import io.jenkins.plugins.awsoperations.simulator.events.EventEntry;
import io.jenkins.plugins.awsoperations.simulator.events.EventsWorld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tasks put on event buses (Developer Guide, "Add EventBridge events with Step Functions"). The execution and its
 * machine are added to the resources of every event; an entry that fails fails the task.
 */
final class EventIntegration implements Integration {

    private final EventsWorld events;
    private final TaskStates tasks;

    EventIntegration(EventsWorld events, TaskStates tasks) {
        this.events = events;
        this.tasks = tasks;
    }

    @Override
    public void call(Attempt attempt, JsonNode parameters, Instant now) {
        List<EventEntry> entries = new ArrayList<>();
        parameters
                .path("Entries")
                .forEach(entry -> entries.add(entry(entry, attempt.strand().execution())));
        List<EntryResult> results = events.put(entries);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode written = reply.putArray("Entries");
        results.forEach(result -> write(result, written.addObject()));
        long failed = results.stream().filter(result -> !result.isTaken()).count();
        reply.put("FailedEntryCount", failed);
        if (failed > 0) {
            tasks.fail(
                    attempt,
                    new StateFailure(
                            "EventBridge.FailedEntry", Document.of(reply).text()),
                    now);
        } else {
            tasks.succeed(attempt, Document.of(SdkReplies.complete(reply)), now);
        }
    }

    private static EventEntry entry(JsonNode entry, Execution execution) {
        List<String> resources = new ArrayList<>();
        entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
        resources.add(execution.arn());
        resources.add(execution.machine().arn());
        return new EventEntry(
                text(entry, "EventBusName"),
                text(entry, "Source"),
                text(entry, "DetailType"),
                text(entry, "Detail"),
                resources,
                null);
    }

    /** A text as it is, anything else as its JSON text. */
    private static @Nullable String text(JsonNode entry, String name) {
        JsonNode value = entry.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isTextual() ? value.textValue() : Document.of(value).text();
    }

    private static void write(EntryResult result, ObjectNode node) {
        if (result.isTaken()) {
            node.put("EventId", result.eventId());
        } else {
            node.put("ErrorCode", result.errorCode()).put("ErrorMessage", result.errorMessage());
        }
    }
}
