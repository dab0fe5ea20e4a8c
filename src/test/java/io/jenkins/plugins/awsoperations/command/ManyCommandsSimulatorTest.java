package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.START;
import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A thousand commands over ten workers, of which some die, go stale or reboot. */
class ManyCommandsSimulatorTest {

    private static final int COMMANDS = 1000;
    private static final int SLOTS = 2;

    @Test
    void eachRunsOnceAndNoWorkerHasMoreThanItsSlots() {
        try (CommandWorld world = new CommandWorld()) {
            List<String> workers = world.workers(10, c -> NodeOutcome.exit(0).after(Duration.ofSeconds(12)));
            nastyNetwork(world);
            List<VirtualTime.Run<CommandState, CommandResult>> runs = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                runs.add(world.start(request("job " + i)
                        .maxPerInstance(SLOTS)
                        .busyRetries(100)
                        .busyIntervalSeconds(60)
                        .busyBackoff(1)));
            }

            world.time.runUntil(START.plusSeconds(60));
            world.aws.ssm().agent(workers.get(0)).stale();
            world.aws.ssm().agent(workers.get(1)).connectionLost();
            world.time.runUntil(START.plusSeconds(150));
            world.aws.ec2().terminateInstance(workers.get(2));
            world.aws.ssm().agent(workers.get(3)).diesMidway();
            world.time.runUntil(START.plusSeconds(300));
            world.aws.ssm().agent(workers.get(0)).online();
            world.aws.ssm().agent(workers.get(1)).online();
            world.time.runUntil(START.plusSeconds(1000));
            world.aws.ssm().agent(workers.get(3)).online();
            world.time.run();

            assertOnce(world, runs);
        }
    }

    private static void nastyNetwork(CommandWorld world) {
        world.aws.faults().add(Fault.on("SendCommand").probability(0.02).loseReply());
        world.aws.faults().add(Fault.on("SendCommand").probability(0.02).loseRequest());
        world.aws.faults().add(Fault.on("SendCommand").probability(0.05).throttle());
        world.aws.faults().add(Fault.on("SendCommand").probability(0.01).commandEnds("Undeliverable"));
        world.aws
                .faults()
                .add(Fault.on("GetCommandInvocation").probability(0.05).throttle());
        world.aws.faults().add(Fault.on("ListCommands").probability(0.05).throttle());
    }

    private static void assertOnce(CommandWorld world, List<VirtualTime.Run<CommandState, CommandResult>> runs) {
        Map<String, Long> startsByToken = world.nodeRuns().stream()
                .collect(Collectors.groupingBy(
                        r -> CommandComment.token(r.comment()).orElseThrow(), Collectors.counting()));
        int failed = 0;
        for (VirtualTime.Run<CommandState, CommandResult> run : runs) {
            long starts = startsByToken.getOrDefault(run.state().token(), 0L);
            if (run.ended() && run.isFailed()) {
                failed++;
                assertThat(starts).as(run.log.toString()).isLessThanOrEqualTo(1);
                assertThat(run.failure().kind())
                        .as("%s %s", run.failure(), run.log)
                        .isIn(FailureKind.REMOTE_FAILED, FailureKind.TIMED_OUT);
            } else {
                assertThat(run.result().exitCode()).isZero();
                assertThat(starts).as(run.log.toString()).isEqualTo(1);
            }
        }
        assertThat(failed).as("those that were on the two workers that died").isBetween(1, 3 * SLOTS);
        assertThat(RunOnTaggedInstanceSimulatorTest.mostAtOnce(world.nodeRuns()))
                .isEqualTo(SLOTS);
        assertThat(world.nodeRuns().stream().map(NodeRun::instanceId).distinct())
                .hasSize(10);
    }
}
