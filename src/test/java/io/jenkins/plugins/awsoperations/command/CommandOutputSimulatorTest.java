package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.LOG_GROUP;
import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDERR;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a command writes arrives in the log: every byte, once, in its order. */
class CommandOutputSimulatorTest {

    private static void nasty(CommandWorld world, Random random) {
        world.aws.settings(world.aws
                .settings()
                .with(s -> s.logVisibility(Duration.ZERO, Duration.ofSeconds(5)).sloppyLogPages(true)));
        world.aws.faults().add(Fault.on("FilterLogEvents").probability(0.2).throttle());
        world.aws.faults().add(Fault.on("FilterLogEvents").probability(0.05).serverError(false));
        world.aws.faults().add(Fault.on("GetCommandInvocation").probability(0.1).throttle());
        if (random.nextBoolean()) {
            world.aws
                    .ec2()
                    .instances()
                    .forEach(i -> world.aws
                            .ssm()
                            .agent(i.instanceId())
                            .clockSkew(Duration.ofSeconds(random.nextInt(600) - 300)));
        }
    }

    @Property(tries = 40)
    void fromALogGroupEveryByteArrivesOnceAndInItsOrder(@ForAll long seed) {
        Random random = new Random(seed);
        WrittenOutput writing = new WrittenOutput(seed).lines(random.nextInt(3) == 0 ? 3_000_000 : 40_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> writing.outcome());
            nasty(world, random);

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(CommandWorld.unlimited().logGroup(LOG_GROUP));

            assertThat(run.result().exitCode()).isZero();
            for (OutputChannel channel : OutputChannel.values()) {
                writing.assertArrived(run.output(channel), channel, seed);
            }
            assertThat(run.partsOfLines()).as("only the last ones").isLessThanOrEqualTo(2);
        }
    }

    @Property(tries = 15)
    void aNewProcessAtAnyTimeLosesAndRepeatsNothing(@ForAll long seed) {
        Random random = new Random(seed);
        WrittenOutput writing = new WrittenOutput(seed).lines(60_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> writing.outcome());
            nasty(world, random);
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(CommandWorld.unlimited().logGroup(LOG_GROUP));
            run.onCrash(world.newProcess());
            run.betweenPolls(CommandWorld::throughBytes);
            run.afterPoll(r -> {
                if (!r.ended() && r.saves() > 0 && random.nextInt(4) == 0) {
                    r.crash();
                }
            });

            world.time.run();

            writing.assertArrived(run.output(STDOUT), STDOUT, seed);
            assertThat(world.nodeRuns()).hasSize(1);
        }
    }

    @Property(tries = 30)
    void fromABucketAnyBytesArriveUnchanged(@ForAll long seed) {
        Random random = new Random(seed);
        WrittenOutput writing = new WrittenOutput(seed).bytes(random.nextInt(3) == 0 ? 3_000_000 : 60_000);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(CommandWorld.BUCKET);
            world.worker("worker-1", c -> writing.outcome());
            world.aws.faults().add(Fault.on("GetObject").probability(0.2).throttle());

            VirtualTime.Run<CommandState, CommandResult> run = world.run(
                    CommandWorld.unlimited().s3Bucket(CommandWorld.BUCKET).s3Prefix("run_command/logs"));

            assertThat(run.result().exitCode()).isZero();
            for (OutputChannel channel : OutputChannel.values()) {
                if (writing.written(channel).length > 50_000) {
                    assertThat(Arrays.mismatch(run.output(channel), writing.written(channel)))
                            .as("%s, seed %s", channel, seed)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void fiftyMegabytesFromALogGroupArriveWithoutBeingKept() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(50_000_100);
        for (int i = 0; lines.size() < 50_000_000; i++) {
            lines.writeBytes((i + " the quick brown fox jumps over the lazy dog\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = lines.toByteArray();
        try (CommandWorld world = new CommandWorld()) {
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0).after(Duration.ofSeconds(10)).stdout(all));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(CommandWorld.unlimited().logGroup(LOG_GROUP));
            run.afterPoll(r -> assertThat(size(r.state())).isLessThan(500_000));

            world.time.run();

            assertThat(run.result().isTruncated()).isTrue();
            WrittenOutput.assertSame(run.output(STDOUT), all, "50 MB");
        }
    }

    @Test
    void fiftyMegabytesFromABucketArriveWithoutBeingKept() {
        byte[] all = new byte[50_000_000];
        new Random(1).nextBytes(all);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(CommandWorld.BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(CommandWorld.unlimited().s3Bucket(CommandWorld.BUCKET));
            run.afterPoll(r -> assertThat(size(r.state())).isLessThan(500_000));

            world.time.run();

            assertThat(Arrays.equals(run.output(STDOUT), all)).isTrue();
        }
    }

    private static int size(CommandState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(state);
            return bytes.size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void outputComesWhileTheCommandRuns() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0)
                            .after(Duration.ofMinutes(10))
                            .stdoutAt(Duration.ofSeconds(10), "early\n")
                            .stderrAt(Duration.ofSeconds(20), "oops\n")
                            .stdoutAt(Duration.ofSeconds(30), "later\n"));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(request("load").logGroup(LOG_GROUP));

            world.time.runUntil(CommandWorld.START.plusSeconds(90));

            assertThat(run.text(STDOUT)).isEqualTo("early\nlater\n");
            assertThat(run.text(STDERR)).isEqualTo("oops\n");
            assertThat(run.ended()).isFalse();
            world.time.run();
            assertThat(run.text(STDOUT)).isEqualTo("early\nlater\n");
            assertThat(run.result().exitCode()).isZero();
        }
    }
}
