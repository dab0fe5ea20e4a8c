package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much of a command's output was already written into the log, and from where to go on. */
final class OutputState implements Serializable {

    private static final long serialVersionUID = 1L;

    final StreamState stdout;
    final StreamState stderr;

    /** Bytes of both in the log. */
    long logged;

    boolean toldLimit;
    boolean toldEnd;

    /** The log group, or the bucket, cannot be read. */
    boolean logGroupOff;

    boolean bucketOff;

    /** Which of the two the log shows at present. */
    @Nullable
    OutputChannel shown;

    /** The log group was read last. */
    @Nullable
    Instant readAt;

    /** Since when the log group could not be read; null when it could. */
    @Nullable
    Instant missedSince;

    /** Where AWS goes on with a search of the log group that is not at its end, and from when on it searches. */
    @Nullable
    String searchToken;

    long searchFrom;

    /** The youngest arrival in the log group by AWS's clock, in milliseconds, and when by ours it was seen. */
    long youngestArrival;

    @Nullable
    Instant youngestSeenAt;

    /** When the log group brought something new last. */
    @Nullable
    Instant newsAt;

    OutputState() {
        this(new StreamState(), new StreamState());
    }

    private OutputState(StreamState stdout, StreamState stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    StreamState of(OutputChannel channel) {
        return channel == OutputChannel.STDOUT ? stdout : stderr;
    }

    OutputState copy() {
        OutputState copy = new OutputState(stdout.copy(), stderr.copy());
        copy.logged = logged;
        copy.toldLimit = toldLimit;
        copy.toldEnd = toldEnd;
        copy.logGroupOff = logGroupOff;
        copy.bucketOff = bucketOff;
        copy.shown = shown;
        copy.readAt = readAt;
        copy.missedSince = missedSince;
        copy.searchToken = searchToken;
        copy.searchFrom = searchFrom;
        copy.youngestArrival = youngestArrival;
        copy.youngestSeenAt = youngestSeenAt;
        copy.newsAt = newsAt;
        return copy;
    }
}
