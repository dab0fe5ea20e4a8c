package io.jenkins.plugins.awsoperations.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many calls of each action are let through. Each action has a bucket of its own; the buckets are per account
 * and Region, and refill in simulated time.
 *
 * <p>Source: Amazon EC2 Developer Guide, "Request throttling for the Amazon EC2 API", table of token bucket sizes and
 * refill rates. For Systems Manager, CloudWatch Logs and S3 AWS publishes none: their actions are limited only when
 * they are named. The executions of EXPRESS machines share the bucket of the STANDARD ones, and the bucket of state
 * transitions is not simulated. The resource buckets of RunInstances, StartInstances and so on are not simulated.
 */
public final class RequestBuckets {

    /** Appended to the name of an action for the bucket of its unfiltered and unpaginated calls. */
    public static final String UNFILTERED = ":unfiltered";

    private static final Pattern NON_MUTATING = Pattern.compile("(Describe|List|Search|Get).*");

    private final Map<String, Bucket> named;
    private final @Nullable Bucket nonMutating;
    private final @Nullable Bucket mutating;

    private RequestBuckets(Map<String, Bucket> named, @Nullable Bucket nonMutating, @Nullable Bucket mutating) {
        this.named = Map.copyOf(named);
        this.nonMutating = nonMutating;
        this.mutating = mutating;
    }

    /** No limit at all. */
    public static RequestBuckets none() {
        return new RequestBuckets(Map.of(), null, null);
    }

    /** The buckets that AWS publishes. Real accounts may have others: Service Quotas shows them. */
    public static RequestBuckets aws() {
        Map<String, Bucket> named = new HashMap<>();
        for (String action : new String[] {"DescribeInstances", "DescribeInstanceStatus", "DescribeSnapshots"}) {
            named.put(action + UNFILTERED, new Bucket(50, 10));
        }
        for (String action : new String[] {"DeregisterImage", "DeleteSnapshot", "TerminateInstances"}) {
            named.put(action, new Bucket(100, 5));
        }
        for (String action : new String[] {"CreateTags", "DeleteTags"}) {
            named.put(action, new Bucket(100, 10));
        }
        for (String action : new String[] {"RunInstances", "StartInstances"}) {
            named.put(action, new Bucket(5, 2));
        }
        states(named);
        // STS has one quota of 600 requests per second for all its actions (IAM user guide, "IAM and AWS STS quotas").
        for (String action : new String[] {"AssumeRole", "GetCallerIdentity"}) {
            named.put(action, new Bucket(600, 600));
        }
        return new RequestBuckets(named, new Bucket(100, 20), new Bucket(50, 5));
    }

    /** Step Functions Developer Guide, "Quotas related to API action throttling", as for Tokyo: "all other Regions". */
    private static void states(Map<String, Bucket> named) {
        for (String action : new String[] {"StartExecution", "RedriveExecution"}) {
            named.put(action, new Bucket(800, 150));
        }
        for (String action : new String[] {"SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat"}) {
            named.put(action, new Bucket(1500, 300));
        }
        named.put("DescribeExecution", new Bucket(250, 10));
        named.put("GetExecutionHistory", new Bucket(400, 20));
        named.put("ListExecutions", new Bucket(100, 2));
        named.put("StopExecution", new Bucket(500, 25));
        named.put("DescribeStateMachine", new Bucket(200, 20));
    }

    /**
     * These buckets with one more, or another one for an action.
     *
     * @param action name of the action, with {@link #UNFILTERED} appended for its unfiltered calls
     * @param capacity calls that a full bucket lets through at once, at least 1
     * @param refillPerSecond calls per simulated second afterwards, 0 or more
     */
    public RequestBuckets with(String action, int capacity, double refillPerSecond) {
        Map<String, Bucket> more = new HashMap<>(named);
        more.put(action, new Bucket(capacity, refillPerSecond));
        return new RequestBuckets(more, nonMutating, mutating);
    }

    /**
     * The bucket that a call takes its token from.
     *
     * @param action name of the action
     * @param unfiltered whether the call has neither filters nor ids nor a page size
     * @param fallback whether the call takes from the common size of its kind when its action has none of its own
     * @return its name and size, or null when the call is not limited
     */
    public @Nullable NamedBucket bucketOf(String action, boolean unfiltered, boolean fallback) {
        Bucket small = unfiltered ? named.get(action + UNFILTERED) : null;
        if (small != null) {
            return new NamedBucket(action + UNFILTERED, small);
        }
        Bucket common = NON_MUTATING.matcher(action).matches() ? nonMutating : mutating;
        Bucket bucket = named.getOrDefault(action, fallback ? common : null);
        return bucket == null ? null : new NamedBucket(action, bucket);
    }

    /**
     * Size of a token bucket.
     *
     * @param capacity tokens in a full bucket
     * @param refillPerSecond tokens that come back per simulated second
     */
    public record Bucket(int capacity, double refillPerSecond) {
        /** Checks the numbers. */
        public Bucket {
            if (capacity < 1 || !(refillPerSecond >= 0)) {
                throw new IllegalArgumentException("no bucket: capacity " + capacity + ", refill " + refillPerSecond);
            }
        }
    }

    /**
     * A bucket and the name under which its tokens are counted.
     *
     * @param name the action, with {@link #UNFILTERED} appended where that bucket applies
     * @param bucket its size
     */
    public record NamedBucket(String name, Bucket bucket) {}
}
