package io.jenkins.plugins.awsoperations.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.fleet.WorkerSlots.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkerSlotsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Choice ONE_AT_A_TIME = new Choice(Strategy.RANDOM, null, 1);

    private final WorkerSlots slots = new WorkerSlots();
    private final List<Worker> ten =
            IntStream.range(0, 10).mapToObj(i -> worker("i-" + i)).toList();

    private static Worker worker(String id) {
        return new Worker(
                new FleetInstance(id, "running", "ebs", "/dev/xvda", List.of(), Map.of()),
                new ManagedNode(id, "Online", "Linux"));
    }

    private @Nullable String claim(String token, Choice choice, RunningCommand... running) {
        return slots.claim(token, ten, choice, List.of(running), NOW)
                .map(Worker::id)
                .orElse(null);
    }

    @Test
    void noWorkerGetsMoreThanItsSlots() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            counts.merge(String.valueOf(claim("token" + i, new Choice(Strategy.RANDOM, null, 2))), 1, Integer::sum);
        }

        assertThat(counts).hasSize(10).containsValue(2).doesNotContainKey("null");
        assertThat(counts.values()).containsOnly(2);
        assertThat(claim("one-too-many", new Choice(Strategy.RANDOM, null, 2))).isNull();
    }

    @Test
    void aSlotThatIsGivenBackIsTakenAgain() {
        IntStream.range(0, 10).forEach(i -> claim("token" + i, ONE_AT_A_TIME));
        assertThat(claim("waiting", ONE_AT_A_TIME)).isNull();

        slots.release("token3", NOW);

        assertThat(claim("waiting", ONE_AT_A_TIME)).isNotNull();
    }

    @Test
    void commandsOfOtherControllersCountAndThoseOfOtherPeopleDoNot() {
        RunningCommand[] running = IntStream.range(0, 9)
                .mapToObj(i -> new RunningCommand("c" + i, "i-" + i, "foreigntoken" + i))
                .toArray(RunningCommand[]::new);
        assertThat(claim("ours", ONE_AT_A_TIME, running)).isEqualTo("i-9");
        slots.release("ours", NOW);

        RunningCommand[] people = IntStream.range(0, 10)
                .mapToObj(i -> new RunningCommand("p" + i, "i-" + i, null))
                .toArray(RunningCommand[]::new);
        assertThat(claim("ours", ONE_AT_A_TIME, people)).isNotNull();
    }

    @Test
    void aCommandThatHasEndedDoesNotCountAlthoughAwsStillListsIt() {
        List<Worker> one = ten.subList(0, 1);
        slots.claim("first", one, ONE_AT_A_TIME, List.of(), NOW);
        slots.release("first", NOW);
        List<RunningCommand> stale = List.of(new RunningCommand("c", "i-0", "first"));

        assertThat(slots.claim("second", one, ONE_AT_A_TIME, stale, NOW)).isPresent();
    }

    @Test
    void aCommandThatWasLeftCountsAsLongAsAwsListsIt() {
        List<Worker> one = ten.subList(0, 1);
        slots.claim("first", one, ONE_AT_A_TIME, List.of(), NOW);
        slots.leave("first");
        List<RunningCommand> listed = List.of(new RunningCommand("c", "i-0", "first"));

        assertThat(slots.claim("second", one, ONE_AT_A_TIME, listed, NOW)).isEmpty();
        assertThat(slots.claim("second", one, ONE_AT_A_TIME, List.of(), NOW)).isPresent();
    }

    @Test
    void aSlotIsKnownAgainAfterARestart() {
        List<Worker> one = ten.subList(0, 1);
        slots.keep("first", "i-0");

        assertThat(slots.claim("second", one, ONE_AT_A_TIME, List.of(), NOW)).isEmpty();
    }

    @Test
    void randomIsFairWithinTenPercent() {
        Map<String, Integer> counts = new HashMap<>();
        Choice random = new Choice(Strategy.RANDOM, null, 0);
        for (int i = 0; i < 100_000; i++) {
            counts.merge(String.valueOf(claim("token", random)), 1, Integer::sum);
        }

        assertThat(counts).hasSize(10);
        assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(9_000, 11_000));
    }

    @Test
    void roundRobinTakesEachBeforeAnyTwice() {
        Choice roundRobin = new Choice(Strategy.ROUND_ROBIN, null, 0);
        List<String> first =
                IntStream.range(0, 10).mapToObj(i -> claim("t", roundRobin)).toList();
        List<String> second =
                IntStream.range(0, 10).mapToObj(i -> claim("t", roundRobin)).toList();

        assertThat(first).doesNotHaveDuplicates();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void leastBusyCountsEverybodysCommands() {
        RunningCommand[] running = IntStream.range(0, 10)
                .filter(i -> i != 4)
                .mapToObj(i -> new RunningCommand("p" + i, "i-" + i, null))
                .toArray(RunningCommand[]::new);

        assertThat(claim("t", new Choice(Strategy.LEAST_BUSY, null, 1), running))
                .isEqualTo("i-4");
    }

    @Test
    void stickyTakesThePreferredOneAsLongAsItIsFree() {
        Choice sticky = new Choice(Strategy.STICKY, "i-7", 1);

        assertThat(claim("one", sticky)).isEqualTo("i-7");
        assertThat(claim("two", sticky)).isNotNull().isNotEqualTo("i-7");
    }

    @Test
    void quarantineEndsAfterTenMinutes() {
        slots.quarantine("i-1", "did not take a command", NOW);

        assertThat(slots.whyQuarantined("i-1", NOW.plus(Duration.ofMinutes(9)))).contains("did not take a command");
        assertThat(slots.whyQuarantined("i-1", NOW.plus(Duration.ofMinutes(10))))
                .isEmpty();
        assertThat(slots.whyQuarantined("i-2", NOW)).isEmpty();
    }
}
