package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;

/** All of standard output as one text, for who asks for it as a value. */
final class CompleteStdout {

    /** More is not a value but a file. */
    private static final int MOST = 10 * 1024 * 1024;

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
                return fromLogGroup(turn);
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

    /** What had been written when the command ended is visible a few seconds later. */
    private static Optional<String> fromLogGroup(Turn turn) {
        CommandState state = turn.state;
        if (state.endedAt != null
                && turn.now().isBefore(state.endedAt.plus(LogGroupReader.SETTLED_AFTER.multipliedBy(2)))) {
            return Optional.empty();
        }
        FilterLogEventsRequest request = FilterLogEventsRequest.builder()
                .logGroupName(turn.request.logGroup())
                .logStreamNamePrefix(state.commandId + "/" + state.instanceId + "/")
                .startTime(LogGroupReader.beginning(state, turn.now()).toEpochMilli())
                .build();
        return turn.aws.call("logs", "FilterLogEvents", "the log group " + turn.request.logGroup(), () -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            boolean owesLineBreak = false;
            for (var event : turn.aws.logs().filterLogEventsPaginator(request).events()) {
                if (!event.logStreamName().endsWith("/" + OutputChannel.STDOUT.label())) {
                    continue;
                }
                if (owesLineBreak) {
                    all.write('\n');
                }
                byte[] bytes = event.message().getBytes(StandardCharsets.UTF_8);
                all.writeBytes(bytes);
                owesLineBreak = LogGroupReader.owesLineBreak(event.message(), bytes);
                if (all.size() >= MOST) {
                    break;
                }
            }
            return Optional.of(whole(turn, all));
        });
    }

    private static String whole(Turn turn, ByteArrayOutputStream all) {
        if (all.size() >= MOST) {
            turn.tell("stdout is longer than " + MOST + " bytes; the beginning is returned");
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
