package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task comes to, and when.
 *
 * @param end how it ends
 * @param output its output when it succeeds
 * @param error name of its error when it fails
 * @param cause cause of its error
 * @param delay how long it takes, in simulated time
 */
public record TaskOutcome(
        End end,
        @Nullable Document output,
        @Nullable String error,
        @Nullable String cause,
        Duration delay) {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    /** Checks the delay. */
    public TaskOutcome {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a task takes no negative time: " + delay);
        }
    }

    /** How a task ends. */
    public enum End {
        /** With an output. */
        SUCCEED,
        /** With an error. */
        FAIL,
        /** With the error States.Timeout. */
        TIME_OUT,
        /** When somebody sends its token, or when it times out. */
        TOKEN
    }

    /**
     * It succeeds after a second.
     *
     * @throws IllegalArgumentException when the output is no JSON
     */
    public static TaskOutcome succeed(String outputJson) {
        try {
            return new TaskOutcome(End.SUCCEED, Document.parse(outputJson), null, null, A_SECOND);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + outputJson, e);
        }
    }

    /** It fails after a second. */
    public static TaskOutcome fail(String error, String cause) {
        return new TaskOutcome(End.FAIL, null, error, cause, A_SECOND);
    }

    /** It times out: after a second, or when its state's TimeoutSeconds or HeartbeatSeconds are over. */
    public static TaskOutcome timeOut() {
        return new TaskOutcome(End.TIME_OUT, null, null, null, A_SECOND);
    }

    /** It ends when somebody sends its token. */
    public static TaskOutcome waitForToken() {
        return new TaskOutcome(End.TOKEN, null, null, null, A_SECOND);
    }

    /** The same, but it takes this long. */
    public TaskOutcome after(Duration simulated) {
        return new TaskOutcome(end, output, error, cause, simulated);
    }
}
