package io.jenkins.plugins.awsoperations.simulator.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The EventBridge API, version 2015-10-07, as far as events are put. */
final class EventsService implements JsonService {

    private final Map<String, Consumer<JsonCall>> actions =
            Map.of("PutEvents", this::putEvents, "DescribeEventBus", this::describeEventBus);
    private final EventsWorld world;
    private final Account account;

    EventsService(EventsWorld world, Account account) {
        this.world = world;
        this.account = account;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String targetPrefix() {
        return "AWSEvents";
    }

    @Override
    public boolean knows(String action) {
        return actions.containsKey(action);
    }

    @Override
    public void handle(JsonCall call) {
        Consumer<JsonCall> action = actions.get(call.action());
        if (action == null) {
            throw new IllegalArgumentException(call.action());
        }
        action.accept(call);
    }

    private void putEvents(JsonCall call) {
        List<EventEntry> entries = EntryRules.checked(
                call.request().has("Entries")
                        ? call.request().objects("Entries").stream()
                                .map(EventsService::entry)
                                .toList()
                        : null);
        String bus = entries.get(0).bus();
        account.permit(call, "events:PutEvents", world.arn(bus == null ? EventsWorld.DEFAULT_BUS : bus));
        List<EntryResult> results = world.put(entries, call.effect().entryError());
        call.resource(results.stream().map(EntryResult::eventId).collect(Collectors.joining(" ")));
        call.reply()
                .put(
                        "FailedEntryCount",
                        results.stream().filter(r -> !r.isTaken()).count());
        ArrayNode written = call.reply().putArray("Entries");
        results.forEach(result -> write(result, written.addObject()));
    }

    private static EventEntry entry(JsonRequest sent) {
        return new EventEntry(
                sent.text("EventBusName"),
                sent.text("Source"),
                sent.text("DetailType"),
                sent.text("Detail"),
                sent.texts("Resources"),
                time(sent.decimal("Time")));
    }

    private static @Nullable Instant time(@Nullable BigDecimal seconds) {
        return seconds == null
                ? null
                : Instant.ofEpochMilli(seconds.movePointRight(3)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValue());
    }

    private static void write(EntryResult result, ObjectNode node) {
        if (result.isTaken()) {
            node.put("EventId", result.eventId());
        } else {
            node.put("ErrorCode", result.errorCode()).put("ErrorMessage", result.errorMessage());
        }
    }

    private void describeEventBus(JsonCall call) {
        String given = call.request().text("Name");
        String bus = given == null ? EventsWorld.DEFAULT_BUS : given;
        account.permit(call, "events:DescribeEventBus", world.arn(bus));
        if (!world.exists(bus)) {
            throw AwsError.badRequest(
                    "ResourceNotFoundException", "Event bus " + EventsWorld.name(bus) + " does not exist.");
        }
        call.reply().put("Name", EventsWorld.name(bus)).put("Arn", world.arn(bus));
    }
}
