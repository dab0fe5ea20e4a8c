package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.command.CommandRequest.OnAbort;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody stops the run: what becomes of the command, and what is proven of it. */
class StoppedCommandSimulatorTest {

    private final CommandWorld world = new CommandWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private VirtualTime.Run<CommandState, CommandResult> running(CommandRequestBuilder request) {
        VirtualTime.Run<CommandState, CommandResult> run = world.start(request);
        world.time.runUntil(CommandWorld.START.plusSeconds(60));
        assertThat(world.nodeRuns()).hasSize(1);
        return run;
    }

    private void worker() {
        world.worker(
                "worker-1",
                c -> NodeOutcome.exit(0).after(Duration.ofHours(1)).stdoutAt(Duration.ofSeconds(1), "begun\n"));
    }

    @Test
    void aRunningCommandIsCancelledAndProvenToHaveStopped() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run = running(request("load"));

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(run.failure().message()).contains("aborted by alice").contains("proven to have stopped");
        assertThat(run.text(STDOUT)).isEqualTo("begun\n");
        assertThat(world.aws.ledger().count("CancelCommand")).isEqualTo(1);
        assertThat(world.nodeRuns().get(0).endedAt()).isNotNull();
    }

    @Test
    void whatIsNotProvenIsSaidWithinAMinute() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run = running(request("load"));
        world.aws.ssm().agent(String.valueOf(run.state().instanceId())).connectionLost();
        Instant stopped = world.clock.instant();

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("NOT proven to have stopped");
        assertThat(run.failure().describe()).contains(String.valueOf(run.state().commandId()));
        assertThat(Duration.between(stopped, world.clock.instant())).isLessThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aCommandThatNobodyTookIsProvenNotToHaveStarted() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run = world.start(request("load"));
        world.aws.ssm().agent(world.aws.ec2().instances().get(0).instanceId()).stale();
        world.time.runUntil(CommandWorld.START.plusSeconds(60));

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("had not started it");
        assertThat(world.nodeRuns()).isEmpty();
    }

    @Test
    void aDetachedCommandGoesOn() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run =
                running(request("load").onAbort(OnAbort.DETACH));

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("goes on");
        assertThat(world.aws.ledger().count("CancelCommand")).isZero();
        VirtualTime.Run<CommandState, CommandResult> next = world.start(request("next"));
        world.time.runUntil(world.clock.instant().plusSeconds(20));
        assertThat(next.log).as("its slot is taken as long as it runs").anyMatch(l -> l.contains("has 1 of 1"));
    }

    @Test
    void whoWaitsForAWorkerIsStoppedAtOnce() {
        worker();
        world.aws.ssm().agent(world.aws.ec2().instances().get(0).instanceId()).connectionLost();
        VirtualTime.Run<CommandState, CommandResult> run = world.start(request("load"));
        world.time.runUntil(CommandWorld.START.plusSeconds(10));
        Instant stopped = world.clock.instant();

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("no command was sent");
        assertThat(world.clock.instant()).isEqualTo(stopped);
    }

    @Test
    void aCommandWhoseReplyWasLostIsFoundAndCancelled() {
        worker();
        world.aws.faults().add(Fault.on("SendCommand").loseReply());
        world.aws.faults().add(Fault.on("ListCommands").times(2).throttle());
        VirtualTime.Run<CommandState, CommandResult> run =
                world.start(request("load").maxPerInstance(0));
        world.time.runUntil(CommandWorld.START.plusSeconds(2));
        assertThat(run.state().commandId()).isNull();

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).containsAnyOf("proven to have stopped", "had not started it");
        assertThat(world.aws.ledger().count("CancelCommand")).isEqualTo(1);
    }

    @Test
    void aStopDuringAThrottledMinuteStillCancels() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run = running(request("load"));
        world.aws.faults().add(Fault.on("CancelCommand").times(3).throttle());
        world.aws.faults().add(Fault.on("GetCommandInvocation").times(3).throttle());

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("the command is proven to have stopped");
        assertThat(world.nodeRuns().get(0).endedAt()).isNotNull();
    }

    @Test
    void aRefusedCancelIsSaid() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run = running(request("load"));
        world.aws.faults().add(Fault.on("CancelCommand").deny());

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("NOT proven").contains("ssm:CancelCommand");
    }

    @Test
    void aCommandIsCancelledAlsoWhenNothingCanBeWrittenDown() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run = running(request("load"));
        run.onSave(r -> {
            throw new IllegalStateException("no space left");
        });

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(world.aws.ledger().count("CancelCommand")).isEqualTo(1);
        assertThat(run.failure().message()).contains("proven to have stopped");
    }

    @Test
    void aStopWhileAWholeNewProcessCannotReachAwsEndsWithinAMinute() {
        worker();
        VirtualTime.Run<CommandState, CommandResult> run = running(request("load"));
        world.newProcess().accept(run);
        world.aws.faults().add(Fault.on("GetCallerIdentity").always().serverError(false));
        Instant stopped = world.clock.instant();

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(run.failure().message())
                .contains("aborted by alice")
                .contains("NOT proven to have stopped")
                .contains(String.valueOf(run.state().commandId()));
        assertThat(Duration.between(stopped, world.clock.instant())).isLessThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whoWaitsForAnotherTryIsToldThatTheOneBeforeRan() {
        world.worker("worker-1", c -> NodeOutcome.exit(3));
        VirtualTime.Run<CommandState, CommandResult> run = world.start(
                request("load").retries(1).retryExitCodes(List.of(3)).retryDelaySeconds(600));
        world.time.runUntil(CommandWorld.START.plusSeconds(60));

        run.cancel("aborted by alice");
        world.time.run();

        assertThat(world.nodeRuns()).hasSize(1);
        assertThat(run.failure().message())
                .contains("before try 2, whose command was not sent")
                .doesNotContain("no command was sent");
    }
}
