package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.JOBS;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Crash;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is lost on the way, there is one execution. */
class ExecutionCrashSimulatorTest {

    private static ExecutionWorld populated() {
        ExecutionWorld world = new ExecutionWorld();
        world.aws.states().createStateMachine("jobs", JOBS);
        world.aws.states().task(call -> TaskOutcome.succeed("{}").after(Duration.ofSeconds(20)));
        return world;
    }

    private static VirtualTime.Run<ExecutionState, ExecutionResult> start(ExecutionWorld world) {
        return world.start(request("jobs").input(Map.of("env", "production")));
    }

    private static List<String> calls(ExecutionWorld world) {
        return world.aws.ledger().calls().stream()
                .map(c -> c.action() + new TreeMap<>(c.parameters()))
                .filter(c -> !c.startsWith("GetCallerIdentity"))
                .toList();
    }

    private static void assertOnce(
            ExecutionWorld world, VirtualTime.Run<ExecutionState, ExecutionResult> run, String what) {
        assertThat(run.result().status()).as(what).isEqualTo("SUCCEEDED");
        assertThat(run.result().states()).as(what).hasSize(3);
        assertThat(world.aws.states().executions()).as(what).hasSize(1);
    }

    @Test
    void theStateMayBeWrittenAndReadBetweenAnyTwoPolls() {
        List<String> straight;
        List<String> log;
        try (ExecutionWorld world = populated()) {
            VirtualTime.Run<ExecutionState, ExecutionResult> run = start(world);
            world.time.run();
            assertOnce(world, run, "straight");
            straight = calls(world);
            // The first line names the simulator's port.
            log = run.log.subList(1, run.log.size());
        }
        try (ExecutionWorld world = populated()) {
            VirtualTime.Run<ExecutionState, ExecutionResult> run =
                    start(world).betweenPolls(ExecutionWorld::throughBytes);
            world.time.run();
            assertOnce(world, run, "written and read");
            assertThat(calls(world)).isEqualTo(straight);
            assertThat(run.log.subList(1, run.log.size())).isEqualTo(log);
        }
    }

    @Test
    void aNewProcessBetweenAnyTwoPollsStartsNothingTwice() {
        try (ExecutionWorld world = populated()) {
            VirtualTime.Run<ExecutionState, ExecutionResult> run = start(world);
            run.betweenPolls(state -> {
                world.newProcess().accept(run);
                return ExecutionWorld.throughBytes(state);
            });
            world.time.run();
            assertOnce(world, run, "new process at each poll");
            assertThat(world.aws.ledger().count("StartExecution")).isEqualTo(1);
        }
    }

    @Test
    void aCrashBeforeTheStartStartsOnce() {
        int saves = count(VirtualTime.Run::saves);
        assertThat(saves).isEqualTo(1);
        crashing(
                "before the start",
                run -> run.onSave(r -> {
                    if (r.saves() == 1) {
                        throw new Crash();
                    }
                }));
    }

    @Test
    void aCrashAfterAnyPollStartsNothingTwice() {
        int polls = count(VirtualTime.Run::polls);
        assertThat(polls).isGreaterThan(6);
        for (int crashAt = 1; crashAt <= polls; crashAt++) {
            int at = crashAt;
            crashing(
                    "after poll " + at,
                    run -> run.afterPoll(r -> {
                        if (r.polls() == at) {
                            // Also after the last one, whose result nobody has got.
                            r.crash();
                        }
                    }));
        }
    }

    private static int count(ToIntFunction<VirtualTime.Run<ExecutionState, ExecutionResult>> what) {
        try (ExecutionWorld world = populated()) {
            VirtualTime.Run<ExecutionState, ExecutionResult> run = start(world);
            world.time.run();
            return what.applyAsInt(run);
        }
    }

    private static void crashing(String what, Consumer<VirtualTime.Run<ExecutionState, ExecutionResult>> crash) {
        try (ExecutionWorld world = populated()) {
            VirtualTime.Run<ExecutionState, ExecutionResult> run = start(world);
            run.onCrash(world.newProcess());
            crash.accept(run);
            world.time.run();
            assertOnce(world, run, what);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void repliesThatAreLostStartNothingTwice(int lost) {
        try (ExecutionWorld world = populated()) {
            world.aws.faults().add(Fault.on("StartExecution").times(lost).loseReply());
            VirtualTime.Run<ExecutionState, ExecutionResult> run = start(world);
            world.time.run();
            assertOnce(world, run, lost + " lost");
            assertThat(world.aws.ledger().calls("StartExecution").stream().map(Call::outcome))
                    .contains(Call.REPLY_LOST);
        }
    }

    @Test
    void anExecutionThatEndedWhileItsReplyWasLostIsAttached() {
        try (ExecutionWorld world = new ExecutionWorld()) {
            world.aws.states().createStateMachine("short", waits(1));
            world.aws.faults().add(Fault.on("StartExecution").times(3).loseReply());
            VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("short"));
            run.onCrash(r -> {
                world.newProcess().accept(r);
                world.clock.advance(Duration.ofMinutes(10));
            });
            run.afterPoll(r -> {
                if (r.polls() == 1) {
                    r.crash();
                }
            });

            world.time.run();

            assertThat(run.result().status()).isEqualTo("SUCCEEDED");
            assertThat(run.log).anyMatch(l -> l.contains("AWS has the execution already, it is not started again"));
            assertThat(world.aws.states().executions()).hasSize(1);
            assertThat(world.aws
                            .ledger()
                            .calls("StartExecution")
                            .get(world.aws.ledger().count("StartExecution") - 1)
                            .outcome())
                    .isEqualTo("ExecutionAlreadyExists");
        }
    }

    @Test
    void aStateThatCannotBeSavedStartsNothing() {
        try (ExecutionWorld world = populated()) {
            VirtualTime.Run<ExecutionState, ExecutionResult> run = start(world);
            run.onSave(r -> {
                throw new IllegalStateException("disk full");
            });

            world.time.run();

            assertThat(run.failure().message()).contains("disk full");
            assertThat(world.aws.ledger().count("StartExecution")).isZero();
        }
    }

    @Test
    void awsIsGivenUpWhenItDoesNotAnswerForAnHour() {
        try (ExecutionWorld world = populated()) {
            world.aws.faults().add(Fault.on("GetExecutionHistory").always().serverError(false));

            VirtualTime.Run<ExecutionState, ExecutionResult> run = start(world);
            world.time.run();

            // A retry around the step must not start it a second time.
            assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(run.failure().message()).contains("in AWS stays execution arn:");
            assertThat(Duration.between(ExecutionWorld.START, world.clock.instant()))
                    .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(90));
        }
    }
}
