package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Completes the output of a command that has ended: from AWS's own text when it holds all of it, otherwise from the log group or
 * the bucket.
 */
final class CollectPhase {

    private static final String STATUS = "fetches the output";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** The agent uploads everything before it reports the end, and AWS shows it within seconds. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    /** How long something may be missing. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long AWS may not let the log group be read, as when it is throttled. */
    private static final Duration PATIENCE_WITH_AWS = Duration.ofMinutes(5);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /** What is read from a bucket in one poll. */
    private static final int PIECES = 8;

    private CollectPhase() {}

    static Step advance(Turn turn) {
        long before = turn.state.output.logged;
        Optional<Step> later = complete(turn);
        if (turn.state.output.logged > before) {
            LiveOutput.keep(turn);
        }
        return later.orElseGet(() -> EndPhase.end(turn));
    }

    private static Optional<Step> complete(Turn turn) {
        for (OutputChannel channel : OutputChannel.values()) {
            if (!OutputSink.isShown(turn.request, channel)) {
                continue;
            }
            Optional<Step> later = complete(turn, channel);
            if (later.isPresent()) {
                return later;
            }
        }
        return Optional.empty();
    }

    /** What AWS's text holds is written without waiting for anything; for a run that is stopped. */
    static void fromText(Turn turn) {
        for (OutputChannel channel : OutputChannel.values()) {
            if (OutputSink.isShown(turn.request, channel) && !turn.state.output.of(channel).done) {
                rest(turn, channel);
                new OutputSink(turn).finish(channel);
            }
        }
    }

    /** Empty when this output is complete. */
    private static Optional<Step> complete(Turn turn, OutputChannel channel) {
        StreamState stream = turn.state.output.of(channel);
        if (stream.done) {
            return Optional.empty();
        }
        if (!isCut(turn.state, channel) && rest(turn, channel)) {
            new OutputSink(turn).finish(channel);
            return Optional.empty();
        }
        if (turn.state.output.toldLimit) {
            stream.done = true;
            return Optional.empty();
        }
        if (LiveOutput.isOn(turn.state)) {
            return fromLogGroup(turn, channel);
        }
        if (turn.request.s3Bucket() != null && !turn.state.output.bucketOff) {
            return fromBucket(turn, channel);
        }
        rest(turn, channel);
        new OutputSink(turn).finish(channel);
        if (isCut(turn.state, channel)) {
            tellCut(turn, channel);
        }
        return Optional.empty();
    }

    private static boolean isCut(CommandState state, OutputChannel channel) {
        Invocation ended = state.ended;
        return ended != null && (channel == OutputChannel.STDOUT ? ended.isStdoutCut() : ended.isStderrCut());
    }

    private static String said(CommandState state, OutputChannel channel) {
        Invocation ended = state.ended;
        return ended == null ? "" : channel == OutputChannel.STDOUT ? ended.stdout() : ended.stderr();
    }

    private static byte[] text(CommandState state, OutputChannel channel) {
        String text = said(state, channel);
        // As the agent writes it to the log group, from where the beginning may have come.
        String same = state.output.of(channel).taken > 0 ? text.replace("\r\n", "\n") : text;
        return same.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes what is missing of AWS's text; false when what was taken so far is not its beginning. */
    private static boolean rest(Turn turn, OutputChannel channel) {
        StreamState stream = turn.state.output.of(channel);
        byte[] text = text(turn.state, channel);
        if (!stream.isBeginningOf(text)) {
            return false;
        }
        new OutputSink(turn).write(channel, Arrays.copyOfRange(text, (int) stream.taken, text.length));
        return true;
    }

    private static Optional<Step> fromLogGroup(Turn turn, OutputChannel channel) {
        CommandState state = turn.state;
        LogGroupReader.Outcome outcome = LiveOutput.readNow(turn);
        Instant now = turn.now();
        if (!LiveOutput.isOn(state)) {
            return complete(turn, channel);
        }
        if (state.output.toldLimit) {
            state.output.of(channel).done = true;
            return Optional.empty();
        }
        if (outcome.failure() != null) {
            return missed(turn, channel, outcome.failure());
        }
        Instant newsAt = state.output.newsAt == null ? endedAt(turn) : state.output.newsAt;
        boolean quiet = !outcome.more()
                && !outcome.unsettled()
                && !now.isBefore(newsAt.plus(QUIET))
                && !now.isBefore(endedAt(turn).plus(QUIET));
        if (!quiet) {
            return Optional.of(outcome.more() ? turn.inAMoment(STATUS) : new Wait(now.plus(LOOK_AGAIN), STATUS));
        }
        if (state.output.of(channel).taken < text(state, channel).length) {
            // There must be more than AWS's text has, and there is less.
            if (now.isBefore(endedAt(turn).plus(PATIENCE))) {
                return Optional.of(new Wait(now.plus(LOOK_AGAIN), STATUS));
            }
            turn.tell("the log group " + turn.request.logGroup() + " does not have all of " + channel.label()
                    + "; see whether the worker's role may write to it (logs:CreateLogStream, logs:PutLogEvents)");
            state.output.logGroupOff = true;
            return complete(turn, channel);
        }
        new OutputSink(turn).finish(channel);
        return Optional.empty();
    }

    /** A log group that could not be read may hold more, however long it brought nothing. */
    private static Optional<Step> missed(Turn turn, OutputChannel channel, OperationFailure failure) {
        Instant since = turn.state.output.missedSince;
        Instant from = since == null || since.isBefore(endedAt(turn)) ? endedAt(turn) : since;
        if (turn.now().isBefore(from.plus(PATIENCE_WITH_AWS))) {
            return Optional.of(new Wait(turn.now().plus(TRY_AGAIN), STATUS));
        }
        turn.state.output.logGroupOff = true;
        turn.tell(failure.message() + " for " + Durations.text(PATIENCE_WITH_AWS)
                + "; its output is not waited for any longer");
        return complete(turn, channel);
    }

    private static Instant endedAt(Turn turn) {
        return turn.state.endedAt == null ? turn.now() : turn.state.endedAt;
    }

    private static Optional<Step> fromBucket(Turn turn, OutputChannel channel) {
        CommandState state = turn.state;
        StreamState stream = state.output.of(channel);
        BucketReader reader = new BucketReader(turn, channel);
        OutputSink sink = new OutputSink(turn);
        try {
            for (int piece = 0; piece < PIECES; piece++) {
                Optional<byte[]> bytes = reader.read(stream.taken, Integer.MAX_VALUE);
                if (bytes.isEmpty() || state.output.toldLimit) {
                    sink.finish(channel);
                    return Optional.empty();
                }
                sink.write(channel, bytes.get());
            }
            return Optional.of(turn.inAMoment(STATUS));
        } catch (AwsCallException e) {
            return troubleWithBucket(turn, channel, e);
        }
    }

    private static Optional<Step> troubleWithBucket(Turn turn, OutputChannel channel, AwsCallException e) {
        if (BucketReader.isEnd(e)) {
            new OutputSink(turn).finish(channel);
            return Optional.empty();
        }
        boolean mayCome = e.isTransient() || e.hasCode("NoSuchKey");
        if (mayCome && turn.now().isBefore(endedAt(turn).plus(PATIENCE))) {
            return Optional.of(new Wait(turn.now().plus(LOOK_AGAIN), STATUS));
        }
        turn.state.output.bucketOff = true;
        turn.tell(channel.label() + " cannot be read from the bucket: "
                + e.failure().describe()
                + (e.hasCode("NoSuchKey") ? " See whether the worker's role may write there (s3:PutObject)." : ""));
        return complete(turn, channel);
    }

    private static void tellCut(Turn turn, OutputChannel channel) {
        boolean configured = turn.request.logGroup() != null || turn.request.s3Bucket() != null;
        turn.tell("AWS keeps only the first " + said(turn.state, channel).length() + " characters of " + channel.label()
                + ", which are shown; "
                + (configured
                        ? "the rest could not be read"
                        : "the rest is lost. To get all of it, give logGroup or s3Bucket"));
    }
}
