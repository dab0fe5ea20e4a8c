package io.jenkins.plugins.awsoperations.simulator.logs;

import static io.jenkins.plugins.awsoperations.simulator.logs.LogsService.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GetLogEvents: the events of one stream, back and forth. "If you have reached the end of the stream, it returns the same
 * token you passed in" (API reference), and only that says that the end was reached.
 */
final class StreamReading {

    private static final String FORWARD = "f/";
    private static final String BACKWARD = "b/";

    private final LogLookup lookup;
    private final EventPages pages;

    StreamReading(LogLookup lookup, EventPages pages) {
        this.lookup = lookup;
        this.pages = pages;
    }

    void run(JsonCall call) {
        String group = LogLookup.groupName(call);
        String name = CONSTRAINTS.required("logStreamName", LogLookup.streamName(call, "logStreamName"));
        TimeRange range = TimeRange.of(call, false);
        String token = call.request().text("nextToken");
        boolean forward = token == null ? call.request().flag("startFromHead") : token.startsWith(FORWARD);
        Position from = from(token, forward);
        LogStream stream = LogLookup.stream(lookup.group(call, group), name);

        List<LogEvent> rest = new ArrayList<>(stream.events().stream()
                .filter(range::shows)
                .filter(event -> forward
                        ? Position.of(event).compareTo(from) > 0
                        : Position.of(event).compareTo(from) < 0)
                .sorted(Comparator.comparing(Position::of))
                .toList());
        if (!forward) {
            Collections.reverse(rest);
        }
        List<LogEvent> page = new ArrayList<>(rest.subList(0, pages.size(call, rest, event -> event)));
        boolean skipped = page.isEmpty() && !rest.isEmpty();
        Position reached = skipped ? from.afterEmptyPage() : last(page, from);
        if (!forward) {
            Collections.reverse(page);
        }
        write(call, page);
        Position forwardFrom = forward ? reached : page.isEmpty() ? from : Position.of(page.get(page.size() - 1));
        Position backwardFrom = forward ? page.isEmpty() ? from : Position.of(page.get(0)) : reached;
        call.reply().put("nextForwardToken", FORWARD + forwardFrom.token());
        call.reply().put("nextBackwardToken", BACKWARD + backwardFrom.token());
    }

    private static Position from(@Nullable String token, boolean forward) {
        if (token == null) {
            return forward ? Position.START : Position.END;
        }
        if (!token.startsWith(FORWARD) && !token.startsWith(BACKWARD)) {
            throw AwsError.badRequest("InvalidParameterException", "The specified nextToken is invalid.");
        }
        return Position.read(token.substring(FORWARD.length()));
    }

    private static Position last(List<LogEvent> page, Position otherwise) {
        return page.isEmpty() ? otherwise : Position.of(page.get(page.size() - 1));
    }

    private static void write(JsonCall call, List<LogEvent> page) {
        ArrayNode events = call.reply().putArray("events");
        for (LogEvent event : page) {
            events.addObject()
                    .put("timestamp", event.timestamp().toEpochMilli())
                    .put("ingestionTime", event.ingestedAt().toEpochMilli())
                    .put("message", event.message());
        }
    }
}
