package io.jenkins.plugins.awsoperations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@code bench await} compares itself with. */
class IdealAwaitTest {

    private static double[] allAt(double second, int count) {
        double[] ends = new double[count];
        Arrays.fill(ends, second);
        return ends;
    }

    @Test
    void whatTheFullBucketHoldsIsReadAtOnceAndTheRestAtTheRefill() {
        // 400 at once and the other 80 at 20 a second.
        assertThat(new IdealAwait(allAt(100, 480)).endsAlone(true)).isEqualTo(new Percentiles(0, 2.8, 4));
        assertThat(new IdealAwait(allAt(100, 250)).endsAlone(false)).isEqualTo(new Percentiles(0, 0, 0));
    }

    @Test
    void eachHasItsTurnOnceInARoundOfAll() {
        // 1,000 that end over a long time are asked for every 100 seconds at first, and sooner the fewer are left.
        double[] ends = IntStream.range(0, 1000)
                .mapToDouble(n -> 1000 + n % 100 * 100.0)
                .toArray();

        Percentiles delays = new IdealAwait(ends).describeAlone();

        assertThat(delays.max()).isBetween(90.0, 101.0);
        assertThat(delays.p50()).isCloseTo(25, within(12.0));
    }

    @Test
    void oneAloneIsAskedForTenTimesASecond() {
        assertThat(new IdealAwait(allAt(1000.01, 1)).describeAlone().max()).isLessThanOrEqualTo(0.1);
    }

    @Test
    void percentilesAreValuesThatSoLargeAShareDoesNotExceed() {
        assertThat(Percentiles.of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray()))
                .isEqualTo(new Percentiles(50, 95, 100));
        assertThat(Percentiles.of(new double[0])).isEqualTo(new Percentiles(0, 0, 0));
    }
}
