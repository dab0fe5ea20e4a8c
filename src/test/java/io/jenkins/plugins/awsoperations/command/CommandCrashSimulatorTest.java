package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Crash;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is lost on the way, the command runs once. */
class CommandCrashSimulatorTest {

    private static final String OUTPUT = "first\nsecond\nthird\n";

    /** A worker that is busy at first, then a retry of an exit code: every state is passed. */
    private static CommandWorld populated() {
        CommandWorld world = new CommandWorld();
        String worker = world.worker(
                "worker-1",
                c -> NodeOutcome.exit(world.nodeRuns().size() < 2 ? 75 : 0)
                        .after(Duration.ofSeconds(40))
                        .stdout(OUTPUT));
        world.aws.ec2().stopInstance(worker);
        return world;
    }

    private static VirtualTime.Run<CommandState, CommandResult> start(CommandWorld world) {
        VirtualTime.Run<CommandState, CommandResult> run =
                world.start(request("load").retries(2).retryExitCodes(List.of(75)));
        return run;
    }

    private static void finish(CommandWorld world) {
        world.time.runUntil(CommandWorld.START.plusSeconds(50));
        world.worker(
                "worker-2",
                c -> NodeOutcome.exit(world.nodeRuns().size() < 2 ? 75 : 0)
                        .after(Duration.ofSeconds(40))
                        .stdout(OUTPUT));
        world.time.run();
    }

    private static List<String> calls(CommandWorld world) {
        return world.aws.ledger().calls().stream()
                .map(c -> c.action() + new TreeMap<>(c.parameters()))
                .filter(c -> !c.startsWith("GetCallerIdentity"))
                .toList();
    }

    private static void assertOnce(CommandWorld world, VirtualTime.Run<CommandState, CommandResult> run, String what) {
        assertThat(run.result().exitCode()).as(what).isZero();
        assertThat(run.result().attempts()).as(what).isEqualTo(2);
        assertThat(world.nodeRuns()).as(what).hasSize(2);
        assertThat(RunOnTaggedInstanceSimulatorTest.mostAtOnce(world.nodeRuns()))
                .isEqualTo(1);
    }

    @Test
    void theStateMayBeWrittenAndReadBetweenAnyTwoPolls() {
        List<String> straight;
        try (CommandWorld world = populated()) {
            VirtualTime.Run<CommandState, CommandResult> run = start(world);
            finish(world);
            assertOnce(world, run, "straight");
            assertThat(run.text(STDOUT)).isEqualTo(OUTPUT + OUTPUT);
            straight = calls(world);
        }
        try (CommandWorld world = populated()) {
            VirtualTime.Run<CommandState, CommandResult> run = start(world).betweenPolls(CommandWorld::throughBytes);
            finish(world);
            assertOnce(world, run, "written and read");
            assertThat(run.text(STDOUT)).isEqualTo(OUTPUT + OUTPUT);
            assertThat(calls(world)).isEqualTo(straight);
        }
    }

    @Test
    void aNewProcessBetweenAnyTwoPollsRunsNothingTwice() {
        try (CommandWorld world = populated()) {
            VirtualTime.Run<CommandState, CommandResult> run = start(world);
            run.betweenPolls(state -> {
                world.newProcess().accept(run);
                return CommandWorld.throughBytes(state);
            });
            finish(world);
            assertOnce(world, run, "new process at each poll");
            assertThat(run.text(STDOUT)).isEqualTo(OUTPUT + OUTPUT);
        }
    }

    @Test
    void aCrashBeforeAnyWriteRunsNothingTwice() {
        int saves = count(VirtualTime.Run::saves);
        assertThat(saves).isGreaterThanOrEqualTo(2);
        for (int crashAt = 1; crashAt <= saves; crashAt++) {
            int at = crashAt;
            crashing(
                    "before save " + at,
                    run -> run.onSave(r -> {
                        if (r.saves() == at) {
                            throw new Crash();
                        }
                    }));
        }
    }

    @Test
    void aCrashAfterAnyPollRunsNothingTwice() {
        int polls = count(VirtualTime.Run::polls);
        assertThat(polls).isGreaterThan(8);
        for (int crashAt = 1; crashAt < polls; crashAt++) {
            int at = crashAt;
            crashing(
                    "after poll " + at,
                    run -> run.afterPoll(r -> {
                        if (r.polls() == at && !r.ended()) {
                            r.crash();
                        }
                    }));
        }
    }

    private static int count(java.util.function.ToIntFunction<VirtualTime.Run<CommandState, CommandResult>> what) {
        try (CommandWorld world = populated()) {
            VirtualTime.Run<CommandState, CommandResult> run = start(world);
            finish(world);
            return what.applyAsInt(run);
        }
    }

    private static void crashing(String what, Consumer<VirtualTime.Run<CommandState, CommandResult>> crash) {
        try (CommandWorld world = populated()) {
            VirtualTime.Run<CommandState, CommandResult> run = start(world);
            run.onCrash(world.newProcess());
            crash.accept(run);
            finish(world);
            assertOnce(world, run, what);
            assertThat(run.text(STDOUT)).as(what).endsWith(OUTPUT).contains("first\nsecond\nthird\n");
        }
    }

    @Test
    void aReplyThatIsLostAndACrashOnTopOfItRunNothingTwice() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0));
            world.aws.faults().add(Fault.on("SendCommand").loseReply());
            VirtualTime.Run<CommandState, CommandResult> run = world.start(request("load"));
            run.onCrash(world.newProcess());
            run.afterPoll(r -> {
                if (r.polls() == 1) {
                    r.crash();
                }
            });

            world.time.run();

            assertThat(run.result().exitCode()).isZero();
            assertThat(world.aws.ledger().calls("SendCommand").stream().map(Call::outcome))
                    .containsExactly(Call.REPLY_LOST);
            assertThat(world.nodeRuns()).hasSize(1);
        }
    }

    @Test
    void aWorkerThatOthersTookMeanwhileIsNotGivenASecondCommand() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0).after(Duration.ofMinutes(5)));
            VirtualTime.Run<CommandState, CommandResult> run = world.start(
                    request("first").busyRetries(100).busyIntervalSeconds(60).busyBackoff(1));
            run.onSave(r -> {
                if (r.saves() == 1) {
                    throw new Crash();
                }
            });
            run.onCrash(r -> {
                // The controller is down for a while; when it is back, another build is faster.
                world.newProcess().accept(r);
                world.start(request("second"));
                world.time.runUntil(world.clock.instant());
            });

            world.time.run();

            assertThat(run.log).anyMatch(l -> l.contains("others have taken the worker meanwhile"));
            assertThat(run.result().exitCode()).isZero();
            assertThat(world.nodeRuns()).hasSize(2);
            assertThat(RunOnTaggedInstanceSimulatorTest.mostAtOnce(world.nodeRuns()))
                    .isEqualTo(1);
        }
    }

    @Test
    void aStateThatCannotBeSavedSendsNothing() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0));
            VirtualTime.Run<CommandState, CommandResult> run = world.start(request("load"));
            run.onSave(r -> {
                throw new IllegalStateException("disk full");
            });

            world.time.run();

            assertThat(run.failure().message()).contains("disk full");
            assertThat(world.aws.ledger().count("SendCommand")).isZero();
        }
    }
}
