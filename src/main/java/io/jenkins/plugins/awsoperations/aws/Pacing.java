package io.jenkins.plugins.awsoperations.aws;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the requests of one account and region below AWS's published request buckets, shared by everything in this process
 * that uses them. Reads need no bucket where they come in rounds ({@link BatchedReads}), far below theirs. Source of the
 * numbers: Amazon EC2 developer guide, "Request throttling for the Amazon EC2 API".
 */
public final class Pacing {

    /** Below AWS's numbers, because a request counts when it arrives there and not when it leaves here. */
    private static final double SHARE_OF_CAPACITY = 0.9;

    private static final double SHARE_OF_REFILL = 0.98;

    private record Limit(double capacity, double refillPerSecond) {}

    private static final Limit MUTATING = new Limit(50, 5);
    private static final Limit DELETING = new Limit(100, 5);
    private static final Limit TAGGING = new Limit(100, 10);

    /**
     * AWS publishes no numbers for Systems Manager. These are guesses on the careful side, and each throttled answer lowers the
     * rate.
     */
    private static final Limit COMMANDS = new Limit(20, 5);

    private static final Limit INVOCATIONS = new Limit(40, 20);

    /** CloudWatch Logs quotas: FilterLogEvents, 5 to 25 requests a second by region. */
    private static final Limit LOG_EVENTS = new Limit(10, 5);

    private static final Map<String, Limit> LIMITS = Map.of(
            "DeregisterImage", DELETING,
            "DeleteSnapshot", DELETING,
            "CreateTags", TAGGING,
            "DeleteTags", TAGGING,
            "SendCommand", COMMANDS,
            "CancelCommand", COMMANDS,
            "GetCommandInvocation", INVOCATIONS,
            "FilterLogEvents", LOG_EVENTS);

    private final Map<String, TokenBucket> buckets = new HashMap<>();

    /**
     * Asks to send a request now.
     *
     * @param action the action without prefix, as {@code CreateImage}
     * @return {@code now} when it may be sent, otherwise when to ask again
     */
    public synchronized Instant take(String action, Instant now) {
        return bucket(action, now).take(now);
    }

    /** Tells that AWS throttled the action all the same. */
    public synchronized void throttled(String action, Instant now) {
        TokenBucket bucket = buckets.get(action);
        if (bucket != null) {
            bucket.throttled(now);
        }
    }

    private TokenBucket bucket(String action, Instant now) {
        return buckets.computeIfAbsent(action, a -> {
            Limit limit = LIMITS.getOrDefault(a, MUTATING);
            return new TokenBucket(
                    limit.capacity() * SHARE_OF_CAPACITY, limit.refillPerSecond() * SHARE_OF_REFILL, now);
        });
    }
}
