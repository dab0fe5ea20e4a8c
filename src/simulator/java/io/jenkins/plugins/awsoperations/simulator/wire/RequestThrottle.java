package io.jenkins.plugins.awsoperations.simulator.wire;

import io.jenkins.plugins.awsoperations.simulator.RequestBuckets;
import io.jenkins.plugins.awsoperations.simulator.RequestBuckets.NamedBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The token buckets of one account and Region (Amazon EC2 Developer Guide, "Request throttling"): every call takes a
 * token, also one that is then refused for another reason; a call that finds none is throttled.
 */
final class RequestThrottle {

    private final Map<String, Level> levels = new HashMap<>();

    boolean admits(RequestBuckets buckets, WireRequest request, Instant now) {
        NamedBucket named = buckets.bucketOf(request.action(), request.unfiltered(), request.sharesDefaultBuckets());
        if (named == null) {
            return true;
        }
        return levels.computeIfAbsent(
                        named.name(), name -> new Level(named.bucket().capacity(), now))
                .take(named.bucket(), now);
    }

    private static final class Level {

        private double tokens;
        private Instant refilledAt;

        Level(int tokens, Instant refilledAt) {
            this.tokens = tokens;
            this.refilledAt = refilledAt;
        }

        boolean take(RequestBuckets.Bucket bucket, Instant now) {
            double seconds = Duration.between(refilledAt, now).toNanos() / 1e9;
            tokens = Math.min(bucket.capacity(), tokens + seconds * bucket.refillPerSecond());
            refilledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }
}
