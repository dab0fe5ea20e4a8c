package io.jenkins.plugins.awsoperations.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket that nobody waits at: a caller that finds it empty is told when to come again. The times that it gives are one
 * refill apart, so no crowd gathers; a token is taken only when the request is really sent.
 */
final class TokenBucket {

    private static final double LEAST_RATE = 0.3;
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Duration SLOW_DOWN_AT_MOST_EVERY = Duration.ofSeconds(5);

    private final double capacity;
    private final double refillPerSecond;
    private double tokens;
    private double rate = 1;
    private Instant updated;
    private Instant nextTurn = Instant.MIN;
    private Instant slowedDown = Instant.MIN;

    TokenBucket(double capacity, double refillPerSecond, Instant now) {
        this.capacity = capacity;
        this.refillPerSecond = refillPerSecond;
        this.tokens = capacity;
        this.updated = now;
    }

    /**
     * Takes a token if there is one.
     *
     * @param spare how much of the capacity must be left, 0 to 1
     */
    boolean tryTake(Instant now, double spare) {
        refill(now);
        if (tokens < Math.max(1, capacity * spare)) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** Takes a token, or says when to come again: {@code now} when it was taken. */
    Instant take(Instant now) {
        refill(now);
        if (tokens >= 1) {
            tokens -= 1;
            return now;
        }
        Instant earliest = now.plusNanos((long) Math.ceil((1 - tokens) / (refillPerSecond * rate) * 1e9));
        Instant turn = nextTurn.isAfter(earliest) ? nextTurn : earliest;
        nextTurn = turn.plusNanos((long) (1e9 / (refillPerSecond * rate)));
        return turn;
    }

    /** AWS's own bucket was emptier than ours: somebody else uses it too. Slow down, and recover over a minute. */
    void throttled(Instant now) {
        refill(now);
        tokens = Math.min(tokens, 0);
        if (slowedDown.isBefore(now.minus(SLOW_DOWN_AT_MOST_EVERY))) {
            rate = Math.max(LEAST_RATE, rate * 0.8);
            slowedDown = now;
        }
    }

    private void refill(Instant now) {
        double seconds = Duration.between(updated, now).toNanos() / 1e9;
        if (seconds <= 0) {
            return;
        }
        tokens = Math.min(capacity, tokens + seconds * refillPerSecond * rate);
        rate = Math.min(1, rate + seconds / RECOVERY.toSeconds());
        updated = now;
    }
}
