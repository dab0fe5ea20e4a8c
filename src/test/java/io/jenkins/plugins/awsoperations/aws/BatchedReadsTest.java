package io.jenkins.plugins.awsoperations.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.aws.AwsCallException.Effect;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BatchedReadsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final BatchedReads<String, String> reads = new BatchedReads<>(3, Duration.ofSeconds(5));
    private final List<List<String>> calls = new ArrayList<>();

    private Map<String, String> answer(List<String> keys) {
        calls.add(keys.stream().sorted().toList());
        Map<String, String> found = new HashMap<>();
        keys.stream().filter(k -> !k.startsWith("unknown")).forEach(k -> found.put(k, "value of " + k));
        return found;
    }

    @Test
    void roundsAreTheSameForEverybody() {
        assertThat(reads.round(NOW)).isEqualTo(NOW);
        assertThat(reads.round(NOW.plusMillis(1))).isEqualTo(NOW.plusSeconds(5));
        assertThat(reads.round(NOW.plusSeconds(4))).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void oneCallAnswersEverybodyWhoWatches() {
        reads.watch(List.of("a", "b"), NOW, NOW);
        assertThat(reads.read("a", NOW, NOW, this::answer).orElseThrow().value())
                .isEqualTo("value of a");
        assertThat(reads.read("b", NOW, NOW.plusMillis(300), this::answer)
                        .orElseThrow()
                        .value())
                .isEqualTo("value of b");
        assertThat(calls).containsExactly(List.of("a", "b"));
    }

    @Test
    void whatIsNotDueYetIsLeftOut() {
        reads.watch(List.of("fresh"), NOW.plusSeconds(5), NOW);
        reads.read("a", NOW, NOW, this::answer);
        assertThat(calls).containsExactly(List.of("a"));
        reads.read("a", NOW.plusSeconds(5), NOW.plusSeconds(5), this::answer);
        assertThat(calls).containsExactly(List.of("a"), List.of("a", "fresh"));
    }

    @Test
    void anOldReadingDoesNotCount() {
        reads.read("a", NOW, NOW, this::answer);
        reads.read("a", NOW.plusSeconds(5), NOW.plusSeconds(5), this::answer);
        assertThat(calls).hasSize(2);
        assertThat(reads.peek("a", NOW.plusSeconds(6))).isEmpty();
        assertThat(reads.peek("a", NOW.plusSeconds(5))).isPresent();
    }

    @Test
    void whatAwsDoesNotKnowIsAnAnswerToo() {
        assertThat(reads.read("unknown", NOW, NOW, this::answer).orElseThrow().value())
                .isNull();
        assertThat(calls).hasSize(1);
    }

    @Test
    void manyKeysAreSeveralCalls() {
        reads.watch(List.of("a", "b", "c", "d", "e", "f", "g"), NOW, NOW);
        reads.read("a", NOW, NOW, this::answer);
        assertThat(calls).hasSize(3).allMatch(keys -> keys.size() <= 3);
    }

    @Test
    void whatNobodyAsksForAnyMoreIsForgotten() {
        reads.watch(List.of("gone"), NOW, NOW);
        reads.watch(List.of("stopped"), NOW, NOW);
        reads.forget("stopped");
        reads.read("a", NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(1)), this::answer);
        assertThat(calls).containsExactly(List.of("a"));
    }

    @Test
    void aThrottledCallIsNotRepeatedByEverybodyInTheSameRound() {
        List<String> asked = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            assertThatThrownBy(() -> reads.read(key, NOW, NOW, keys -> {
                        asked.add(key);
                        throw throttled();
                    }))
                    .isInstanceOf(AwsCallException.class);
        }
        assertThat(asked).containsExactly("a");
        assertThat(reads.read("b", NOW, NOW.plusSeconds(5), this::answer)).isPresent();
    }

    @Test
    void whoComesDuringACallIsToldToComeAgain() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> reads.read("a", NOW, NOW, keys -> {
            calling.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return answer(keys);
        }));
        calling.await();
        assertThat(reads.read("b", NOW, NOW, this::answer)).isEmpty();
        answered.countDown();
        first.join();
        assertThat(calls).containsExactly(List.of("a"));
    }

    private static AwsCallException throttled() {
        return new AwsCallException(
                OperationFailure.of(FailureKind.UNAVAILABLE, "throttled", "wait"),
                Effect.THROTTLED,
                new IllegalStateException("throttled"));
    }
}
