package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;

/** All of standard output as one text, for who asks for it as a value. */
final class CompleteStdout {

    /** More is not a value but a file. */
    private static final int MOST = 10 * 1024 * 1024;

    /** How long something may be missing in the log group. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Pages may be empty, in a large group many of them. */
    private static final int MOST_PAGES = 1000;

    private CompleteStdout() {}

    /** Empty when it is to be asked again in a moment. */
    static Optional<String> read(Turn turn) {
        Invocation ended = turn.state.ended;
        String text = ended == null ? "" : ended.stdout();
        if (ended == null || !ended.isStdoutCut()) {
            return Optional.of(text);
        }
        try {
            if (turn.request.s3Bucket() != null) {
                return Optional.of(fromBucket(turn));
            }
            if (LiveOutput.isOn(turn.state)) {
                return fromLogGroup(turn, text);
            }
            turn.tell("AWS keeps only the first " + text.length() + " characters of stdout, which are returned;"
                    + " to get all of it, give logGroup or s3Bucket");
        } catch (AwsCallException e) {
            if (e.isTransient()) {
                throw e;
            }
            turn.tell("only the first " + text.length() + " characters of stdout are returned: "
                    + e.failure().describe());
        }
        return Optional.of(text);
    }

    private static String fromBucket(Turn turn) {
        BucketReader reader = new BucketReader(turn, OutputChannel.STDOUT);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            Optional<byte[]> piece;
            try {
                piece = reader.read(all.size(), MOST - all.size());
            } catch (AwsCallException e) {
                if (!BucketReader.isEnd(e)) {
                    throw e;
                }
                piece = Optional.empty();
            }
            piece.ifPresent(all::writeBytes);
            if (piece.isEmpty() || all.size() >= MOST) {
                return whole(turn, all);
            }
        }
    }

    /**
     * What had been written when the command ended is visible a few seconds later; unless the worker may not write there.
     *
     * @param text what AWS has of it, which is less
     */
    private static Optional<String> fromLogGroup(Turn turn, String text) {
        Instant endedAt = turn.state.endedAt == null ? turn.now() : turn.state.endedAt;
        if (turn.now().isBefore(endedAt.plus(LogGroupReader.SETTLED_AFTER.multipliedBy(2)))) {
            return Optional.empty();
        }
        Optional<ByteArrayOutputStream> all = search(turn);
        if (all.isPresent() && all.get().size() >= bytes(text.replace("\r\n", "\n")).length) {
            return Optional.of(whole(turn, all.get()));
        }
        if (turn.now().isBefore(endedAt.plus(PATIENCE))) {
            return Optional.empty();
        }
        turn.tell("the log group " + turn.request.logGroup() + " does not have all of stdout, only the first "
                + text.length() + " characters are returned; see whether the worker's role may write to it"
                + " (logs:CreateLogStream, logs:PutLogEvents)");
        return Optional.of(text);
    }

    /** Empty when the search came to no end. */
    private static Optional<ByteArrayOutputStream> search(Turn turn) {
        CommandState state = turn.state;
        FilterLogEventsRequest request = FilterLogEventsRequest.builder()
                .logGroupName(turn.request.logGroup())
                .logStreamNamePrefix(state.commandId + "/" + state.instanceId + "/")
                .startTime(LogGroupReader.beginning(state, turn.now()).toEpochMilli())
                .build();
        return turn.aws.call("logs", "FilterLogEvents", "the log group " + turn.request.logGroup(), () -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            boolean owesLineBreak = false;
            int pages = 0;
            for (var page : turn.aws.logs().filterLogEventsPaginator(request)) {
                for (var event : page.events()) {
                    if (event.logStreamName().endsWith("/" + OutputChannel.STDOUT.label()) && all.size() < MOST) {
                        if (owesLineBreak) {
                            all.write('\n');
                        }
                        byte[] bytes = bytes(event.message());
                        all.writeBytes(bytes);
                        owesLineBreak = LogGroupReader.owesLineBreak(event.message(), bytes);
                    }
                }
                if (all.size() >= MOST) {
                    break;
                }
                if (++pages >= MOST_PAGES || turn.isCancelRequested()) {
                    return Optional.empty();
                }
            }
            return Optional.of(all);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String whole(Turn turn, ByteArrayOutputStream all) {
        if (all.size() >= MOST) {
            turn.tell("stdout is longer than " + MOST + " bytes; the beginning is returned");
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
