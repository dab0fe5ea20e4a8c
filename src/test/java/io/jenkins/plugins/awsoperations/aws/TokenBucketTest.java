package io.jenkins.plugins.awsoperations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void letsItsCapacityThroughAtOnceAndThenTellsWhenToCome() {
        TokenBucket bucket = new TokenBucket(3, 2, NOW);
        for (int n = 0; n < 3; n++) {
            assertThat(bucket.take(NOW)).isEqualTo(NOW);
        }
        assertThat(bucket.take(NOW)).isEqualTo(NOW.plusMillis(500));
        assertThat(bucket.take(NOW)).isEqualTo(NOW.plusMillis(1000));
    }

    @Test
    void slowsDownWhenAwsThrottlesAllTheSameAndRecovers() {
        TokenBucket bucket = new TokenBucket(10, 2, NOW);
        bucket.throttled(NOW);
        assertThat(Duration.between(NOW, bucket.take(NOW))).isGreaterThan(Duration.ofMillis(500));
        Instant later = NOW.plusSeconds(120);
        for (int n = 0; n < 10; n++) {
            assertThat(bucket.take(later)).isEqualTo(later);
        }
    }

    /** Whoever comes again when told, however late, never sends more than the bucket allows in any stretch of time. */
    @Property(tries = 100)
    void neverLetsMoreThroughThanItsSizeAndRefill(
            @ForAll @IntRange(min = 1, max = 120) int callers,
            @ForAll @IntRange(min = 1, max = 20) int capacity,
            @ForAll @DoubleRange(min = 0.5, max = 20) double refill,
            @ForAll @IntRange(max = 3000) int lateMillis) {
        TokenBucket bucket = new TokenBucket(capacity, refill, NOW);
        PriorityQueue<Instant> coming = new PriorityQueue<>(Comparator.naturalOrder());
        for (int n = 0; n < callers; n++) {
            coming.add(NOW);
        }
        List<Instant> sent = new ArrayList<>();
        while (!coming.isEmpty()) {
            Instant now = coming.poll();
            Instant turn = bucket.take(now);
            if (turn.equals(now)) {
                sent.add(now);
            } else {
                coming.add(turn.plusMillis(lateMillis * (sent.size() % 3) / 2));
            }
        }
        assertThat(sent).hasSize(callers);
        for (int from = 0; from < sent.size(); from++) {
            for (int to = from; to < sent.size(); to++) {
                double seconds = Duration.between(sent.get(from), sent.get(to)).toNanos() / 1e9;
                assertThat((double) (to - from + 1)).isLessThanOrEqualTo(capacity + seconds * refill + 1e-6);
            }
        }
    }
}
