package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.RequestBuckets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one action beside what AWS allows of it.
 *
 * @param calls how many
 * @param throttled how many of them AWS refused as too many
 * @param mostInASecond the most in any second
 * @param mostPerSecondInAMinute the most in any minute, by the second
 * @param bucketCapacity AWS's number: so many at once; null when AWS publishes none
 * @param bucketRefillPerSecond AWS's number: so many a second afterwards
 */
record CallRate(
        long calls,
        long throttled,
        int mostInASecond,
        double mostPerSecondInAMinute,
        @Nullable Integer bucketCapacity,
        @Nullable Double bucketRefillPerSecond) {

    /** By action. */
    static Map<String, CallRate> of(List<Call> ledger, RequestBuckets buckets) {
        Map<String, List<Call>> byAction =
                ledger.stream().collect(Collectors.groupingBy(Call::action, TreeMap::new, Collectors.toList()));
        Map<String, CallRate> rates = new TreeMap<>();
        byAction.forEach((action, calls) -> rates.put(action, of(action, calls, buckets)));
        return rates;
    }

    private static CallRate of(String action, List<Call> calls, RequestBuckets buckets) {
        RequestBuckets.NamedBucket bucket = buckets.bucketOf(action, false, false);
        List<Instant> times = calls.stream().map(Call::time).sorted().toList();
        return new CallRate(
                calls.size(),
                calls.stream().filter(Call::throttled).count(),
                mostWithin(times, Duration.ofSeconds(1)),
                Math.round(mostWithin(times, Duration.ofSeconds(60)) / 6.0) / 10.0,
                bucket == null ? null : bucket.bucket().capacity(),
                bucket == null ? null : bucket.bucket().refillPerSecond());
    }

    private static int mostWithin(List<Instant> sorted, Duration span) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (!sorted.get(from).plus(span).isAfter(sorted.get(to))) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
