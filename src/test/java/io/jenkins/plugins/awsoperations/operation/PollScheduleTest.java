package io.jenkins.plugins.awsoperations.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

    private static final PollSchedule SCHEDULE =
            new PollSchedule(Duration.ofSeconds(5), 1.5, Duration.ofSeconds(60), 0.4);

    @Property
    void staysWithinItsBounds(@ForAll @IntRange(max = 5000) int attempt, @ForAll String key) {
        assertThat(SCHEDULE.delay(attempt, key)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(60));
    }

    @Property
    void isTheSameForTheSameRun(@ForAll @IntRange(max = 50) int attempt, @ForAll String key) {
        assertThat(SCHEDULE.delay(attempt, key)).isEqualTo(SCHEDULE.delay(attempt, key));
    }

    @Test
    void growsWithoutJitter() {
        PollSchedule plain = new PollSchedule(Duration.ofSeconds(2), 2, Duration.ofSeconds(30), 0);
        assertThat(java.util.stream.IntStream.range(0, 6)
                        .mapToObj(n -> plain.delay(n, "").toSeconds()))
                .containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void comesAtTheDeadlineAndNotAfterIt() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(SCHEDULE.next(now, 30, "k", now.plusSeconds(7))).isEqualTo(now.plusSeconds(7));
    }
}
