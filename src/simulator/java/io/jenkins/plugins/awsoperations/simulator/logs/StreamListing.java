package io.jenkins.plugins.awsoperations.simulator.logs;

import static io.jenkins.plugins.awsoperations.simulator.logs.LogsService.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonPage;
import java.util.Comparator;
import java.util.List;

/** DescribeLogStreams, by name or by the time of the last event. */
final class StreamListing {

    private static final int MAX_PAGE = 50;
    private static final String BY_TIME = "LastEventTime";
    private static final String BY_NAME = "LogStreamName";

    private final LogLookup lookup;

    StreamListing(LogLookup lookup) {
        this.lookup = lookup;
    }

    void run(JsonCall call) {
        String group = LogLookup.groupName(call);
        String prefix = LogLookup.streamName(call, "logStreamNamePrefix");
        Long limit = CONSTRAINTS.number(call.request(), "limit", 1, MAX_PAGE);
        Comparator<LogStream> order = order(call);
        new JsonPage("logStreams", "nextToken", limit == null ? MAX_PAGE : limit.intValue())
                .write(
                        call,
                        lookup.group(call, group).values().stream()
                                .sorted(call.request().flag("descending") ? order.reversed() : order),
                        LogStream::name,
                        stream -> prefix == null || stream.name().startsWith(prefix),
                        (stream, node) -> write(call, group, stream, node));
    }

    private static Comparator<LogStream> order(JsonCall call) {
        String by = call.request().text("orderBy");
        Comparator<LogStream> byName = Comparator.comparing(LogStream::name);
        if (by == null || by.equals(BY_NAME)) {
            return byName;
        }
        if (!by.equals(BY_TIME)) {
            throw CONSTRAINTS.broken("orderBy", by, "satisfy enum value set: [LogStreamName, LastEventTime]");
        }
        return Comparator.comparingLong((LogStream stream) -> visible(call, stream).stream()
                        .mapToLong(event -> event.timestamp().toEpochMilli())
                        .max()
                        .orElse(Long.MIN_VALUE))
                .thenComparing(byName);
    }

    private static List<LogEvent> visible(JsonCall call, LogStream stream) {
        return stream.events().stream()
                .filter(event -> !event.visibleAt().isAfter(call.now()))
                .toList();
    }

    private void write(JsonCall call, String group, LogStream stream, ObjectNode node) {
        node.put("logStreamName", stream.name())
                .put("creationTime", stream.createdAt().toEpochMilli())
                .put("arn", lookup.arn(group) + ":log-stream:" + stream.name())
                .put("storedBytes", 0);
        List<LogEvent> visible = visible(call, stream);
        if (!visible.isEmpty()) {
            node.put(
                    "firstEventTimestamp",
                    visible.stream()
                            .mapToLong(event -> event.timestamp().toEpochMilli())
                            .min()
                            .getAsLong());
            node.put(
                    "lastEventTimestamp",
                    visible.stream()
                            .mapToLong(event -> event.timestamp().toEpochMilli())
                            .max()
                            .getAsLong());
            node.put(
                    "lastIngestionTime",
                    visible.get(visible.size() - 1).ingestedAt().toEpochMilli());
        }
    }
}
