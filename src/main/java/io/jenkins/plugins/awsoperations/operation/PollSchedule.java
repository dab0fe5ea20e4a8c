package io.jenkins.plugins.awsoperations.operation;

import java.time.Duration;
import java.time.Instant;

/**
 * When to come again: delays that grow by a factor up to a maximum, each made a little different from run to run.
 *
 * <p>The jitter is computed from the key and the number of the attempt instead of drawn, so an operation that is restored
 * from its state goes on exactly as it would have gone on.
 *
 * @param first the first delay
 * @param factor by which each delay is longer than the one before, at least 1
 * @param max the longest delay
 * @param jitter the part of the delay, 0 to 1, that varies
 */
public record PollSchedule(Duration first, double factor, Duration max, double jitter) {

    public PollSchedule {
        if (first.isNegative()
                || first.isZero()
                || factor < 1
                || max.compareTo(first) < 0
                || jitter < 0
                || jitter > 1) {
            throw new IllegalArgumentException(
                    "not a poll schedule: " + first + ", " + factor + ", " + max + ", " + jitter);
        }
    }

    /**
     * The delay before an attempt.
     *
     * @param attempt 0 for the first one
     * @param key what the jitter depends on, as the run's token
     */
    public Duration delay(int attempt, String key) {
        double millis = Math.min(first.toMillis() * Math.pow(factor, Math.min(attempt, 1000)), max.toMillis());
        double spread = millis * jitter;
        return Duration.ofMillis(Math.max(1, Math.round(millis - spread + spread * fraction(key, attempt))));
    }

    /** The instant of an attempt, but not after the deadline, so that a deadline is noticed when it passes. */
    public Instant next(Instant now, int attempt, String key, Instant deadline) {
        Instant due = now.plus(delay(attempt, key));
        return due.isAfter(deadline) && deadline.isAfter(now) ? deadline : due;
    }

    private static double fraction(String key, int attempt) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ attempt) * 0x9e3779b97f4a7c15L;
        hash ^= hash >>> 29;
        hash *= 0xbf58476d1ce4e5b9L;
        hash ^= hash >>> 32;
        return (hash >>> 11) * 0x1.0p-53;
    }
}
