package io.jenkins.plugins.awsoperations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.aws.AwsCallException.Effect;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetbacksTest {

    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    @Test
    void throttlingIsNoReasonToGiveUp() {
        assertThat(Setbacks.isGivenUp(call(Effect.THROTTLED), 1000, Setbacks.MOST_BEFORE))
                .isFalse();
    }

    @Test
    void aRefusalIsGivenUpAtOnce() {
        assertThat(Setbacks.isGivenUp(call(Effect.REFUSED), 0, Setbacks.MOST_WHILE))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTHING_DONE", "IN_DOUBT"})
    void callsWithoutAnAnswerAreGivenUpAfterSoManyInARow(Effect effect) {
        assertThat(Setbacks.isGivenUp(call(effect), 7, 8)).isFalse();
        assertThat(Setbacks.isGivenUp(call(effect), 8, 8)).isTrue();
    }

    @Property
    void aSecondAtFirstAndHalfAMinuteAtMost(@ForAll @IntRange(max = 1000) int inARow, @ForAll String key) {
        Duration longest = Duration.ofMillis(Math.round(Math.min(1000 * Math.pow(1.8, inARow), 30_000)));
        assertThat(Duration.between(NOW, Setbacks.next(NOW, inARow, key)))
                .isBetween(longest.dividedBy(2).minusMillis(1), longest);
    }

    @Test
    void aDeadlineIsNoticedWhenItPasses() {
        assertThat(Setbacks.next(NOW, 20, "token", NOW.plusSeconds(7))).isEqualTo(NOW.plusSeconds(7));
    }

    @Property
    void aDeadlineThatIsOverOrFarAwayChangesNothing(@ForAll @IntRange(max = 200) int inARow, @ForAll String key) {
        Instant next = Setbacks.next(NOW, inARow, key);
        assertThat(Setbacks.next(NOW, inARow, key, NOW)).isEqualTo(next);
        assertThat(Setbacks.next(NOW, inARow, key, Instant.MAX)).isEqualTo(next);
    }

    private static AwsCallException call(Effect effect) {
        OperationFailure failure = OperationFailure.of(FailureKind.UNAVAILABLE, "no answer", "Wait.");
        return new AwsCallException(failure, effect, new IllegalStateException());
    }
}
