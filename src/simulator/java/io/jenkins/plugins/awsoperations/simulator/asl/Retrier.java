package io.jenkins.plugins.awsoperations.simulator.asl;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a failed state is tried again. JitterStrategy is read as NONE, so that times can be predicted.
 *
 * @param errors names of the errors
 * @param intervalSeconds before the first retry
 * @param maxAttempts how many retries at most
 * @param backoffRate by which the interval grows with every retry
 * @param maxDelaySeconds no interval is longer; null: no limit
 */
public record Retrier(
        List<String> errors,
        long intervalSeconds,
        long maxAttempts,
        double backoffRate,
        @Nullable Long maxDelaySeconds) {

    /** Copies the names. */
    public Retrier {
        errors = List.copyOf(errors);
    }

    /** How long to wait before a retry, of which so many came before. */
    public Duration delay(int before) {
        double seconds = intervalSeconds * Math.pow(backoffRate, before);
        double limited = maxDelaySeconds == null ? seconds : Math.min(seconds, maxDelaySeconds);
        return Duration.ofMillis(Math.round(limited * 1000));
    }
}
