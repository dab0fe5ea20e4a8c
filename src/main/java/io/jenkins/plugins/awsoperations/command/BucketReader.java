package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads an output that the worker's agent has put into a bucket, piece by piece. */
final class BucketReader {

    private static final int PIECE = 1024 * 1024;

    private final Turn turn;
    private final String key;

    BucketReader(Turn turn, OutputChannel channel) {
        this.turn = turn;
        this.key = key(turn.state, channel);
    }

    /**
     * The key by which the agent writes it: AWS tells the address; without one, the place where it is for our documents.
     */
    static String key(CommandState state, OutputChannel channel) {
        Invocation ended = state.ended;
        String url = ended == null ? null : channel == OutputChannel.STDOUT ? ended.stdoutUrl() : ended.stderrUrl();
        String bucket = state.request.s3Bucket();
        if (url != null && url.contains("/" + bucket + "/")) {
            return url.substring(
                    url.indexOf("/" + bucket + "/") + 2 + String.valueOf(bucket).length());
        }
        String prefix = state.request.s3Prefix();
        String plugin = CommandCalls.document(state).equals(CommandRequest.POWERSHELL_DOCUMENT)
                ? "awsrunPowerShellScript"
                : "awsrunShellScript";
        return (prefix == null || prefix.isEmpty() ? "" : prefix + "/") + state.commandId + "/" + state.instanceId + "/"
                + plugin + "/0." + plugin + "/" + channel.label();
    }

    /** Whether AWS says that there is nothing behind what was read. */
    static boolean isEnd(AwsCallException e) {
        return e.hasCode("InvalidRange");
    }

    /**
     * The next piece.
     *
     * @param from how many bytes come before it
     * @param most how long it may be
     * @return empty at the end
     * @throws AwsCallException also at the end: {@link #isEnd}
     */
    Optional<byte[]> read(long from, int most) {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(turn.request.s3Bucket())
                .key(key)
                .range("bytes=" + from + "-" + (from + Math.min(PIECE, most) - 1))
                .build();
        return turn.aws.call("s3", "GetObject", "s3://" + turn.request.s3Bucket() + "/" + key, () -> {
            ResponseBytes<GetObjectResponse> reply = turn.aws.s3().getObjectAsBytes(request);
            byte[] bytes = reply.asByteArray();
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        });
    }
}
