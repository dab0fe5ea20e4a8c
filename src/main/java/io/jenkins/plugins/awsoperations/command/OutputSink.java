package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.util.Arrays;

/**
 * Writes a command's output into the log: whole lines, because secrets are masked line by line and because the two outputs
 * must not meet within a line; and not more than the request allows.
 */
final class OutputSink {

    /** A longer line is written in parts. */
    private static final int LONGEST_LINE = 2 * 1024 * 1024;

    private final Turn turn;
    private final OutputState output;

    OutputSink(Turn turn) {
        this.turn = turn;
        this.output = turn.state.output;
    }

    /** Whether this output goes into the log at all. */
    static boolean isShown(CommandRequest request, OutputChannel channel) {
        return channel == OutputChannel.STDERR || !request.returnStdout();
    }

    /** Takes what comes next. */
    void write(OutputChannel channel, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        StreamState stream = output.of(channel);
        stream.took(bytes);
        int lines = lastLineBreak(bytes) + 1;
        if (lines == 0) {
            stream.unfinished = joined(stream.unfinished, bytes, bytes.length);
            if (stream.unfinished.length >= LONGEST_LINE) {
                flush(channel);
            }
            return;
        }
        byte[] whole = joined(stream.unfinished, bytes, lines);
        stream.unfinished = Arrays.copyOfRange(bytes, lines, bytes.length);
        show(channel, whole);
    }

    /** Nothing more will come: the last line is written as it is. */
    void finish(OutputChannel channel) {
        flush(channel);
        output.of(channel).done = true;
    }

    private void flush(OutputChannel channel) {
        StreamState stream = output.of(channel);
        byte[] rest = stream.unfinished;
        stream.unfinished = new byte[0];
        if (rest.length > 0) {
            show(channel, rest);
        }
    }

    private void show(OutputChannel channel, byte[] bytes) {
        long room = turn.request.maxLogBytes() - output.logged;
        if (bytes.length <= room) {
            log(channel, bytes);
            return;
        }
        if (!output.toldLimit) {
            byte[] fitting = Arrays.copyOf(bytes, (int) Math.max(0, room));
            int lines = lastLineBreak(fitting) + 1;
            if (lines > 0) {
                log(channel, Arrays.copyOf(fitting, lines));
            }
            output.toldLimit = true;
            turn.tell(
                    "the output is longer than maxLogBytes (" + turn.request.maxLogBytes() + "); the rest is not shown"
                            + (turn.state.outputUrl() == null ? "" : ", but kept: " + turn.state.outputUrl()));
        }
        // Whatever comes is beyond the limit now, also a short line: there must be no gaps.
        output.logged = turn.request.maxLogBytes();
    }

    private void log(OutputChannel channel, byte[] bytes) {
        if (output.shown != channel) {
            output.shown = channel;
            turn.tell(channel.label() + ":");
        }
        turn.log().output(channel, bytes);
        output.logged += bytes.length;
    }

    private static int lastLineBreak(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] joined(byte[] first, byte[] second, int length) {
        byte[] both = Arrays.copyOf(first, first.length + length);
        System.arraycopy(second, 0, both, first.length, length);
        return both;
    }
}
