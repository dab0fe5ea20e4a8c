package io.jenkins.plugins.awsoperations.simulator.logs;

import static io.jenkins.plugins.awsoperations.simulator.logs.LogsService.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** FilterLogEvents: the events of some or all streams of a group in one order. Filter patterns are not known. */
final class GroupReading {

    // API reference, FilterLogEvents.
    private static final int MAX_STREAMS = 100;

    private final LogLookup lookup;
    private final EventPages pages;

    GroupReading(LogLookup lookup, EventPages pages) {
        this.lookup = lookup;
        this.pages = pages;
    }

    void run(JsonCall call) {
        String group = LogLookup.groupName(call);
        List<String> names = CONSTRAINTS.size("logStreamNames", call.request().texts("logStreamNames"), MAX_STREAMS);
        String prefix = LogLookup.streamName(call, "logStreamNamePrefix");
        if (!names.isEmpty() && prefix != null) {
            throw AwsError.badRequest(
                    "InvalidParameterException", "logStreamNamePrefix and logStreamNames cannot be used together");
        }
        String pattern = call.request().text("filterPattern");
        if (pattern != null && !pattern.isBlank()) {
            throw AwsError.badRequest("InvalidParameterException", "The simulator knows no filter patterns");
        }
        TimeRange range = TimeRange.of(call, true);
        String token = call.request().text("nextToken");
        Position from = token == null ? Position.START : Position.read(token);

        List<Found> rest = streams(lookup.group(call, group), names, prefix).stream()
                .flatMap(stream -> stream.events().stream().map(event -> new Found(stream, event)))
                .filter(found -> range.shows(found.event))
                .filter(found -> found.position().compareTo(from) > 0)
                .sorted(Comparator.comparing(Found::position))
                .toList();
        boolean searching = from.millis() == Position.START.millis()
                && from.empties() < call.settings().commands().emptyLogPages();
        List<Found> page = searching ? List.of() : rest.subList(0, pages.size(call, rest, Found::event));
        write(call, page);
        if (searching || page.size() < rest.size()) {
            Position next = page.isEmpty()
                    ? from.afterEmptyPage()
                    : page.get(page.size() - 1).position();
            call.reply().put("nextToken", next.token());
        }
    }

    private static Collection<LogStream> streams(
            SortedMap<String, LogStream> group, List<String> names, @Nullable String prefix) {
        if (!names.isEmpty()) {
            return names.stream()
                    .distinct()
                    .map(name -> LogLookup.stream(group, name))
                    .toList();
        }
        return group.values().stream()
                .filter(stream -> prefix == null || stream.name().startsWith(prefix))
                .toList();
    }

    private static void write(JsonCall call, List<Found> page) {
        ArrayNode events = call.reply().putArray("events");
        for (Found found : page) {
            LogEvent event = found.event;
            events.addObject()
                    .put("eventId", String.format(Locale.ROOT, "%056d", event.ordinal()))
                    .put("logStreamName", found.stream.name())
                    .put("timestamp", event.timestamp().toEpochMilli())
                    .put("ingestionTime", event.ingestedAt().toEpochMilli())
                    .put("message", event.message());
        }
        // Deprecated in the API, and always empty.
        call.reply().putArray("searchedLogStreams");
    }

    private record Found(LogStream stream, LogEvent event) {

        Position position() {
            return Position.of(event);
        }
    }
}
