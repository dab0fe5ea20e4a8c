package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SimulatorClockTest {

    private static final Instant START = Instant.parse("2026-01-15T03:00:00Z");

    @Test
    void standsStillUntilItIsAdvanced() {
        SimulatorClock clock = SimulatorClock.manual(START);

        clock.advance(Duration.ofSeconds(5));
        clock.advanceTo(START.plusSeconds(60));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
        assertThat(clock.speed()).isZero();
        assertThat(clock.toReal(Duration.ofHours(1))).isZero();
    }

    @Test
    void runsFasterThanRealTimeAndJumps() {
        SimulatorClock clock = SimulatorClock.scaled(3600, START);

        Awaitility.await().untilAsserted(() -> assertThat(clock.instant()).isAfter(START.plusSeconds(60)));
        clock.advance(Duration.ofDays(7));

        assertThat(clock.instant()).isBetween(START.plus(Duration.ofDays(7)), START.plus(Duration.ofDays(8)));
        assertThat(clock.toReal(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(clock.speed()).isEqualTo(3600);
    }

    @Test
    void neverGoesBack() {
        SimulatorClock clock = SimulatorClock.manual(START);

        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advanceTo(START.minusSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatorClock.scaled(0));
    }
}
