package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Task tokens. Like AWS's they are long and have characters in them that need care in URLs and shells. One that is used
 * up is known by itself, so that none has to be kept.
 */
final class Tokens {

    private static final int LENGTH = 88;

    private final long seed;
    private final Map<String, Attempt> open = new LinkedHashMap<>();
    private long serial;

    Tokens(long seed) {
        this.seed = seed;
    }

    /** Gives a task a token of its own. */
    void issue(Attempt attempt) {
        serial++;
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).putLong(serial);
        SplittableRandom random = new SplittableRandom(seed ^ serial);
        while (bytes.remaining() >= Long.BYTES) {
            bytes.putLong(random.nextLong());
        }
        String token = Base64.getEncoder().encodeToString(bytes.array());
        attempt.token(token);
        open.put(token, attempt);
    }

    /** The tokens of tasks that wait, oldest first. */
    List<String> open() {
        return new ArrayList<>(open.keySet());
    }

    /** The tasks that wait, oldest first. */
    List<WaitingTask> waiting() {
        return open.entrySet().stream()
                .map(entry -> new WaitingTask(
                        entry.getValue().strand().execution().arn(),
                        entry.getValue().strand().here().state().name(),
                        entry.getKey()))
                .toList();
    }

    /** The token of a task that waits, in a state of an execution. */
    Optional<String> find(String executionArn, String stateName) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().strand().execution().arn().equals(executionArn)
                        && entry.getValue().strand().here().state().name().equals(stateName))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void close(Attempt attempt) {
        String token = attempt.token();
        if (token != null) {
            open.remove(token);
        }
    }

    /**
     * The task that waits for a token.
     *
     * @throws AwsError InvalidToken, TaskDoesNotExist, or TaskTimedOut when it no longer waits
     */
    Attempt find(String token) {
        Attempt attempt = open.get(token);
        if (attempt != null) {
            return attempt;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (bytes.length != LENGTH) {
            throw invalid();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long number = buffer.getLong();
        boolean own =
                number >= 1 && number <= serial && buffer.getLong() == new SplittableRandom(seed ^ number).nextLong();
        throw own
                ? AwsError.badRequest("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
                : AwsError.badRequest("TaskDoesNotExist", "Task Does Not Exist: 'Provided task does not exist'");
    }

    private static AwsError invalid() {
        return AwsError.badRequest("InvalidToken", "Invalid Token: 'Invalid token'");
    }
}
