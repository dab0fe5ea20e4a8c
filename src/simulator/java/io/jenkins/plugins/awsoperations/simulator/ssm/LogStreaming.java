package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.OutputLimits;
import io.jenkins.plugins.awsoperations.simulator.logs.LogsWorld;
import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the agent sends one stream of a command to CloudWatch Logs, step by step as its public source does (amazon-ssm-agent,
 * cloudwatchlogsservice.go): at each tick the complete lines written since, joined to events of at most 200,000 bytes, at
 * most four events at a time. A longer line is cut wherever the limit is. Once the command has ended, the unfinished last
 * line goes too, and every event built from then on loses a final line feed.
 */
final class LogStreaming {

    private final LogsWorld logs;
    private final String group;
    private final String stream;
    private final NodeOutput output;
    private long position;
    private boolean done;

    LogStreaming(LogsWorld logs, String group, String stream, NodeOutput output) {
        this.logs = logs;
        this.group = group;
        this.stream = stream;
        this.output = output;
    }

    /** Whether everything is there. */
    boolean done() {
        return done;
    }

    /**
     * The command runs, perhaps again, and appends.
     *
     * @param fromTheBeginning whether what was sent before is sent again
     */
    void start(boolean fromTheBeginning) {
        done = false;
        position = fromTheBeginning ? 0 : position;
    }

    /**
     * One tick.
     *
     * @param ended whether the command has ended
     * @param nodeTime the time on the node's clock, which the events get
     */
    void tick(boolean ended, Instant now, Instant nodeTime, OutputLimits limits) {
        List<String> events = next(ended, limits);
        if (events.isEmpty()) {
            done = ended;
            return;
        }
        // CloudWatch Logs takes no empty message (API reference, InputLogEvent).
        List<String> messages =
                events.stream().filter(message -> !message.isEmpty()).toList();
        if (!messages.isEmpty()) {
            logs.upload(group, stream, messages, nodeTime, now);
        }
    }

    private List<String> next(boolean ended, OutputLimits limits) {
        int most = limits.logEventBytes();
        byte[] window = window((limits.logEventsPerUpload() + 1L) * most);
        List<String> events = new ArrayList<>();
        int eventStart = 0;
        int at = 0;
        while (true) {
            int slice = slice(window, at, most, ended);
            if (slice == 0) {
                break;
            }
            if (at - eventStart + slice > most) {
                events.add(message(window, eventStart, at, ended));
                eventStart = at;
                if (events.size() == limits.logEventsPerUpload()) {
                    break;
                }
            }
            at += slice;
        }
        if (at > eventStart) {
            events.add(message(window, eventStart, at, ended));
        }
        position += at;
        return events;
    }

    private byte[] window(long size) {
        Blob blob = output.soFar();
        if (blob.length() <= position) {
            return new byte[0];
        }
        try (InputStream in = blob.open(position)) {
            return in.readNBytes((int) size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Length of the next line with its line feed, or of the part of it that fits; 0 when there is none to send yet. */
    private static int slice(byte[] window, int from, int most, boolean ended) {
        int end = Math.min(window.length, from + most);
        for (int i = from; i < end; i++) {
            if (window[i] == '\n') {
                return i + 1 - from;
            }
        }
        return end - from == most || ended ? end - from : 0;
    }

    private static String message(byte[] window, int from, int to, boolean ended) {
        String text = new String(Arrays.copyOfRange(window, from, to), StandardCharsets.UTF_8).replace("\r\n", "\n");
        return ended && text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
