package io.jenkins.plugins.awsoperations.aws;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the requests of one account and region below AWS's published request buckets, shared by everything in this process
 * that uses them. Reads need no bucket where they come in rounds ({@link BatchedReads}), far below theirs. Source of the
 * numbers: Amazon EC2 developer guide, "Request throttling for the Amazon EC2 API".
 */
public final class Pacing {

    /** Below AWS's numbers, because a request counts when it arrives there and not when it leaves here. */
    private static final double SHARE_OF_CAPACITY = 0.9;

    private static final double SHARE_OF_REFILL = 0.98;

    /** What may be left out leaves half of a bucket to others. */
    private static final double SPARE = 0.5;

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

    /** Step Functions developer guide, "Quotas": those of most regions; us-east-1, us-west-2 and eu-west-1 have more. */
    private static final Map<String, Limit> STATES = Map.of(
            "StartExecution", new Limit(800, 150),
            "RedriveExecution", new Limit(800, 150),
            "StopExecution", new Limit(500, 25),
            "DescribeExecution", new Limit(250, 10),
            "GetExecutionHistory", new Limit(400, 20),
            "ListExecutions", new Limit(100, 2),
            "DescribeStateMachine", new Limit(200, 20),
            "ListStateMachines", new Limit(100, 5));

    /** Amazon EventBridge quotas: PutEvents, 400 to 10,000 requests a second by region. */
    private static final Limit EVENTS = new Limit(400, 400);

    private static final Map<String, Limit> LIMITS = Stream.concat(
                    STATES.entrySet().stream(),
                    Map.of(
                            "DeregisterImage", DELETING,
                            "DeleteSnapshot", DELETING,
                            "CreateTags", TAGGING,
                            "DeleteTags", TAGGING,
                            "SendCommand", COMMANDS,
                            "CancelCommand", COMMANDS,
                            "GetCommandInvocation", INVOCATIONS,
                            "FilterLogEvents", LOG_EVENTS,
                            "PutEvents", EVENTS)
                            .entrySet()
                            .stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

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

    /**
     * Asks to send a request now or not at all: nobody keeps a place for the asker.
     *
     * @param action the action without prefix
     * @return whether it may be sent
     */
    public synchronized boolean tryTake(String action, Instant now) {
        return bucket(action, now).tryTake(now, 0);
    }

    /** The same for what may be left out: only as long as there is enough for those who need it. */
    public synchronized boolean tryTakeSpare(String action, Instant now) {
        return bucket(action, now).tryTake(now, SPARE);
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
