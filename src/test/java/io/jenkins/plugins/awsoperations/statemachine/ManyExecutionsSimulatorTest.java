package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.START;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.OnAbort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hundreds of waits at once share lists and buckets. */
class ManyExecutionsSimulatorTest {

    private static final int MANY = 400;

    private static final String WAITS_FOR_INPUT = waits(0).replace("\"Seconds\":0", "\"SecondsPath\":\"$.seconds\"");

    private final ExecutionWorld world = new ExecutionWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private List<VirtualTime.Run<ExecutionState, ExecutionResult>> start(int count, ExecutionRequestBuilder request) {
        return IntStream.range(0, count).mapToObj(i -> world.start(request)).toList();
    }

    /** The most calls within any so many seconds. */
    private int most(String action, int seconds) {
        List<Instant> times = world.aws.ledger().calls(action).stream()
                .map(Call::time)
                .sorted()
                .toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.size(); to++) {
            while (times.get(from).plusSeconds(seconds).isBefore(times.get(to))) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @Test
    void manyWaitsOfOneMachineAreOneList() {
        world.aws.states().createStateMachine("long", waits(1800));
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs =
                start(MANY, request("long").history(History.NONE));
        world.time.runUntil(START.plusSeconds(1700));

        assertThat(world.aws.ledger().count("DescribeExecution")).isLessThan(MANY / 4);
        assertThat(world.aws.ledger().count("ListExecutions")).isBetween(100, 400);

        world.time.run();

        assertThat(runs).allSatisfy(run -> assertThat(run.result().status()).isEqualTo("SUCCEEDED"));
        assertThat(world.aws.ledger().count("DescribeExecution")).isLessThan(MANY + MANY / 4);
        assertThat(most("DescribeExecution", 60)).isLessThanOrEqualTo(250 + 600);
        // All end at once; what AWS allows is 250 calls and then 10 a second.
        assertThat(Duration.between(START.plusSeconds(1800), world.clock.instant()))
                .isLessThan(Duration.ofSeconds(90));
    }

    @Test
    void withoutListsTheBucketIsKept() {
        world.aws.states().createStateMachine("long", waits(1200));
        world.aws.faults().add(Fault.on("ListExecutions").always().deny());
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs =
                start(MANY, request("long").history(History.NONE));

        world.time.run();

        assertThat(runs).allSatisfy(run -> assertThat(run.result().status()).isEqualTo("SUCCEEDED"));
        assertThat(world.aws.ledger().count("ListExecutions")).isLessThanOrEqualTo(3);
        assertThat(most("DescribeExecution", 600)).isLessThanOrEqualTo(250 + 6000);
        assertThat(world.aws.ledger().calls("DescribeExecution"))
                .noneMatch(c -> c.outcome().contains("Throttl"));
    }

    @Test
    void theirHistoriesAreToldAllTheSame() {
        world.aws.states().createStateMachine("long", waits(1800));
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs = start(50, request("long"));

        world.time.run();

        assertThat(runs)
                .allSatisfy(run -> assertThat(run.log).contains("long: Wait begins", "long: Wait: done after 30 min"));
    }

    @Test
    void aListThatLagsBehindEndsNoWaitTooEarly() {
        world.aws.states().createStateMachine("long", waits(600));
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs = new ArrayList<>(start(20, request("long")));
        world.time.runUntil(START.plusSeconds(300));
        // Those that start later are not on the list yet when the others look at it.
        runs.addAll(start(20, request("long").history(History.NONE)));

        world.time.run();

        assertThat(runs).allSatisfy(run -> {
            assertThat(run.result().status()).isEqualTo("SUCCEEDED");
            assertThat(Duration.between(
                            Instant.parse(run.result().startedAt()),
                            Instant.parse(run.result().stoppedAt())))
                    .isEqualTo(Duration.ofSeconds(600));
        });
    }

    @Test
    void theListsOfManyMachinesAreReadLessOftenSoThatAllAreRead() {
        for (int machine = 0; machine < 30; machine++) {
            world.aws.states().createStateMachine("long" + machine, waits(900));
            start(12, request("long" + machine).history(History.NONE));
        }
        world.time.runUntil(START.plusSeconds(120));
        int before = world.aws.ledger().count("DescribeExecution");
        world.time.runUntil(START.plusSeconds(600));

        assertThat(world.aws.ledger().count("DescribeExecution") - before).isLessThan(30 * 12);
        assertThat(most("ListExecutions", 60)).isLessThanOrEqualTo(100 + 120);
    }

    @Test
    void manyWrongNamesDoNotUseUpTheBucketThatTellsTheRightOnes() {
        world.aws.states().createStateMachine("nightly", waits(1));
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs = start(120, request("nihgtly"));
        world.time.run();

        assertThat(runs).allSatisfy(run -> assertThat(run.failure().message()).contains("no state machine nihgtly"));
        assertThat(runs.get(0).failure().message()).contains("is nightly meant?");
        assertThat(world.aws.ledger().count("ListStateMachines")).isLessThanOrEqualTo(100);
    }

    /** A thousand of them still run after half an hour, when it is looked at whether the list is right. */
    @Test
    void anEndIsNoticedWithTheNextList() {
        assertThat(WAITS_FOR_INPUT).contains("SecondsPath");
        int count = 1500;
        world.aws.states().createStateMachine("long", WAITS_FOR_INPUT);
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs = IntStream.range(0, count)
                .mapToObj(i ->
                        world.start(request("long").history(History.NONE).input(Map.of("seconds", 1700 + i / 5))))
                .toList();
        Map<String, Instant> ends = new HashMap<>();
        runs.forEach(run -> run.afterPoll(r -> {
            if (r.ended()) {
                ends.put(r.result().name(), world.clock.instant());
            }
        }));

        world.time.run();

        assertThat(runs)
                .allSatisfy(run -> assertThat(Duration.between(
                                Instant.parse(run.result().stoppedAt()),
                                ends.get(run.result().name())))
                        .isLessThan(Duration.ofSeconds(15)));
    }

    @Test
    void whoIsLeftWithoutAListAsksNoMoreOftenThanOthers() {
        world.aws.states().createStateMachine("long", WAITS_FOR_INPUT);
        for (int i = 0; i < 12; i++) {
            world.start(request("long").history(History.NONE).input(Map.of("seconds", i < 3 ? 300 : 3600)));
        }
        world.time.runUntil(START.plusSeconds(360));
        int before = world.aws.ledger().count("DescribeExecution");

        world.time.runUntil(START.plusSeconds(960));

        // Nine that ask every half minute.
        assertThat(world.aws.ledger().count("DescribeExecution") - before).isBetween(9 * 15, 9 * 26);
    }

    @Test
    void whoEndsWithoutHavingSeenTheEndCountsNoMore() {
        world.aws.states().createStateMachine("long", waits(3600));
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs =
                start(12, request("long").history(History.NONE).onAbort(OnAbort.DETACH));
        world.time.runUntil(START.plusSeconds(60));
        runs.forEach(run -> run.cancel("Aborted by alice"));
        world.time.runUntil(START.plusSeconds(61));
        assertThat(runs).allMatch(VirtualTime.Run::ended);
        int before = world.aws.ledger().count("ListExecutions");
        assertThat(before).isPositive();

        start(9, request("long").history(History.NONE));
        world.time.runUntil(START.plusSeconds(180));

        assertThat(world.aws.ledger().count("ListExecutions")).isEqualTo(before);
    }

    @Test
    void aListThatWasTooLongForAFewWaitsIsReadForMany() {
        String machine = world.aws.states().createStateMachine("long", waits(3600));
        for (int i = 0; i < 3500; i++) {
            world.aws.states().start(machine, "other-" + i, "{}");
        }
        start(12, request("long").history(History.NONE));
        world.time.runUntil(START.plusSeconds(60));
        assertThat(world.aws.ledger().count("ListExecutions")).isBetween(1, 4);

        start(40, request("long").history(History.NONE));
        world.time.runUntil(START.plusSeconds(180));

        int before = world.aws.ledger().count("ListExecutions");
        assertThat(before).isGreaterThan(40);

        // Enough waits for the list do not mean that a refusal is asked for again and again.
        world.aws.faults().add(Fault.on("ListExecutions").always().deny());
        world.time.runUntil(START.plusSeconds(600));
        assertThat(world.aws.ledger().count("ListExecutions")).isLessThan(before + 3);
        // Each asks for itself then, but no more often than one that never was on a list.
        assertThat(most("DescribeExecution", 60)).isLessThanOrEqualTo(52 * 4);
    }
}
