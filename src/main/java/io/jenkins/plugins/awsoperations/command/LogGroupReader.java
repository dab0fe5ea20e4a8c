package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.command.StreamState.Seen;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Reads what a worker's agent has written to CloudWatch Logs, each byte once and in its order.
 *
 * <p>What the agent does (source of amazon-ssm-agent, agentlogstocloudwatch): once a second it joins the lines that are new to
 * events of at most 200,000 bytes; a longer line goes out in slices of exactly that size; as soon as the command has ended, the
 * line break at the end of each event is cut off. The two outputs have a stream each,
 * {@code <command>/<instance>/<plugin>/stdout} and {@code /stderr}.
 *
 * <p>An event may become visible after one that arrived later. So an event is taken only when some seconds have passed since it
 * arrived, by AWS's own clock; and the last minute is read again each time, because those that are known are recognised.
 */
final class LogGroupReader {

    /** How long an earlier event may take to become visible. AWS publishes no number. */
    static final Duration SETTLED_AFTER = Duration.ofSeconds(6);

    /** Source of amazon-ssm-agent: MessageLengthThresholdInBytes. */
    private static final int SLICE = 200_000;

    /** What one read may hold in memory, and how long it may keep others from their turn. Pages may be empty. */
    private static final long MOST_BYTES = 16_000_000;

    private static final int MOST_PAGES = 200;

    /** The first read needs a beginning. The worker's clock cannot be wrong by more, or AWS would refuse its agent. */
    private static final Duration BEFORE_SENDING = Duration.ofHours(1);

    private final Turn turn;
    private final OutputState output;
    private final OutputSink sink;
    private final ArrayDeque<FilteredLogEvent> window = new ArrayDeque<>();
    private boolean news;
    private long bytes;

    LogGroupReader(Turn turn) {
        this.turn = turn;
        this.output = turn.state.output;
        this.sink = new OutputSink(turn);
    }

    /**
     * What a read came to.
     *
     * @param news whether it brought anything that was not known
     * @param more whether there are further pages, so that the next read should come soon
     * @param unsettled whether something is there that is not old enough to be taken
     * @param failure why it could not be read this time, though it may later; null when it could
     */
    record Outcome(
            boolean news,
            boolean more,
            boolean unsettled,
            @Nullable OperationFailure failure) {}

    /** Reads what is there and writes what is settled. */
    Outcome read() {
        String token = output.searchToken;
        // A token is for the search that it came of: the beginning must not move from page to page.
        long from = token == null ? from() : output.searchFrom;
        int pages = 0;
        boolean more;
        do {
            FilterLogEventsResponse page = page(token, from);
            page.events().forEach(this::meet);
            takeSettled();
            token = page.nextToken();
            more = token != null && !token.isEmpty();
            pages++;
        } while (more && pages < MOST_PAGES && bytes < MOST_BYTES && !turn.isCancelRequested() && mayAsk());
        // What is not settled has to be met again.
        output.searchToken = more && window.isEmpty() ? token : null;
        output.searchFrom = from;
        return new Outcome(news, more, !window.isEmpty(), null);
    }

    private boolean mayAsk() {
        return turn.permit("FilterLogEvents", "").isEmpty();
    }

    /** What arrives late is looked for behind the younger of the two, so that a silent one does not hold it back. */
    private long from() {
        long late = Math.max(output.stdout.youngest(), output.stderr.youngest()) - StreamState.LOOK_BACK_MILLIS;
        long next = Math.min(from(OutputChannel.STDOUT), from(OutputChannel.STDERR));
        return Math.max(Math.max(next, late), beginning(turn.state, turn.now()).toEpochMilli());
    }

    private FilterLogEventsResponse page(@Nullable String token, long from) {
        CommandState state = turn.state;
        FilterLogEventsRequest request = FilterLogEventsRequest.builder()
                .logGroupName(turn.request.logGroup())
                .logStreamNamePrefix(state.commandId + "/" + state.instanceId + "/")
                .startTime(from)
                .nextToken(token)
                .build();
        return turn.aws.call(
                "logs",
                "FilterLogEvents",
                "the log group " + turn.request.logGroup(),
                () -> turn.aws.logs().filterLogEvents(request));
    }

    private long from(OutputChannel channel) {
        boolean wanted = OutputSink.isShown(turn.request, channel) && !output.of(channel).done;
        return wanted ? output.of(channel).readFrom() : Long.MAX_VALUE;
    }

    private void meet(FilteredLogEvent event) {
        Optional<OutputChannel> channel = channel(event);
        if (channel.isEmpty() || output.of(channel.get()).isKnown(event.eventId(), event.timestamp())) {
            return;
        }
        long arrival = event.ingestionTime() == null ? event.timestamp() : event.ingestionTime();
        if (arrival > output.youngestArrival || output.youngestSeenAt == null) {
            output.youngestArrival = arrival;
            output.youngestSeenAt = turn.now();
        }
        window.add(event);
        bytes += event.message().length();
    }

    private Optional<OutputChannel> channel(FilteredLogEvent event) {
        for (OutputChannel channel : OutputChannel.values()) {
            if (event.logStreamName().endsWith("/" + channel.label())) {
                boolean wanted = OutputSink.isShown(turn.request, channel) && !output.of(channel).done;
                return wanted ? Optional.of(channel) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** In their order, and nothing behind one that is not settled. */
    private void takeSettled() {
        long awsNow = awsNow();
        Set<OutputChannel> open = EnumSet.allOf(OutputChannel.class);
        for (Iterator<FilteredLogEvent> i = window.iterator(); i.hasNext() && !open.isEmpty(); ) {
            FilteredLogEvent event = i.next();
            OutputChannel channel = channel(event).orElseThrow();
            long arrival = event.ingestionTime() == null ? event.timestamp() : event.ingestionTime();
            if (arrival + SETTLED_AFTER.toMillis() > awsNow) {
                open.remove(channel);
            } else if (open.contains(channel)) {
                i.remove();
                take(channel, event);
            }
        }
    }

    /** AWS's clock by what it has shown: our own may differ by minutes. */
    private long awsNow() {
        Instant seenAt = output.youngestSeenAt;
        return seenAt == null
                ? Long.MIN_VALUE / 2
                : output.youngestArrival + Duration.between(seenAt, turn.now()).toMillis();
    }

    private void take(OutputChannel channel, FilteredLogEvent event) {
        StreamState stream = output.of(channel);
        byte[] bytes = event.message().getBytes(StandardCharsets.UTF_8);
        if (stream.owesLineBreak) {
            sink.write(channel, new byte[] {'\n'});
        }
        sink.write(channel, bytes);
        stream.owesLineBreak = owesLineBreak(event.message(), bytes);
        stream.saw(new Seen(event.eventId(), event.timestamp(), bytes.length));
        news = true;
        output.newsAt = turn.now();
    }

    /** Whether the agent cut off the line break at its end: also a part of a longer line has none, but that goes on. */
    static boolean owesLineBreak(String message, byte[] bytes) {
        boolean slice = bytes.length >= SLICE && message.indexOf('\n') < 0;
        return !slice && !message.endsWith("\n");
    }

    /** From when on a command's events are to be looked for. */
    static Instant beginning(CommandState state, Instant now) {
        return (state.sentAt == null ? now : state.sentAt).minus(BEFORE_SENDING);
    }
}
