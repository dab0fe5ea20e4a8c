package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDERR;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One command on one suitable worker, from the choice to the result. */
class RunOnTaggedInstanceSimulatorTest {

    private final CommandWorld world = new CommandWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theResultTellsWorkerStatusExitCodeAndOutput() {
        String worker = world.worker(
                "worker-1",
                c -> NodeOutcome.exit(0).after(Duration.ofSeconds(30)).stdout("SUCCESS\n"));

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("echo SUCCESS"));

        CommandResult result = run.result();
        assertThat(result.instanceId()).isEqualTo(worker);
        assertThat(result.instanceName()).isEqualTo("worker-1");
        assertThat(result.status()).isEqualTo("Success");
        assertThat(result.exitCode()).isZero();
        assertThat(result.stdout()).isEqualTo("SUCCESS\n");
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.consoleUrl()).contains(String.valueOf(result.commandId()), worker, "ap-northeast-1");
        assertThat(Duration.between(Instant.parse(result.startedAt()), Instant.parse(result.endedAt())))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(run.text(STDOUT)).isEqualTo("SUCCESS\n");
        assertThat(run.log).anyMatch(l -> l.equals(worker + " (worker-1): done after 30 s"));
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @Test
    void aFailingCommandFailsWithItsExitCodeAndLastWords() {
        world.worker("worker-1", c -> NodeOutcome.exit(3).stdout("half\n").stderr("no such table: orders\n"));

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("load.sh"));

        OperationFailure failure = run.failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.REMOTE_FAILED);
        assertThat(failure.message()).contains("exit code 3").contains("no such table: orders");
        assertThat(run.failed().result()).extracting(CommandResult::exitCode).isEqualTo(3);
        assertThat(run.text(STDERR)).startsWith("no such table: orders\n");
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @Test
    void nobodyWithTheTagsIsATypoAndNotABusyWorker() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));

        VirtualTime.Run<CommandState, CommandResult> run =
                world.run(CommandRequest.builder().tag("role", "Job_Worker").commands(List.of("true")));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(run.failure().message())
                .contains("no instance in ap-northeast-1 carries tags role=Job_Worker")
                .contains("there is 'role=job_worker'");
        assertThat(world.clock.instant()).isEqualTo(CommandWorld.START);
        assertThat(world.aws.ledger().count("SendCommand")).isZero();
    }

    @Test
    void theNamedWorkerIsTakenOnlyIfItCarriesTheTags() {
        String one = world.worker("one", c -> NodeOutcome.exit(0));
        world.worker("two", c -> NodeOutcome.exit(0));

        assertThat(world.succeed(request("true").instanceId(one)).instanceId()).isEqualTo(one);
        OperationFailure failure = world.fail(
                CommandRequest.builder().tag("role", "other").instanceId(one).commands(List.of("true")));
        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(failure.message()).contains(one).contains("role=other");
    }

    @Test
    void aBusyWorkerIsAwaitedExactlyAHundredAndTwoHundredSeconds() {
        String worker = world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.ssm().agent(worker).connectionLost();

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("true"));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.BUSY);
        assertThat(run.failure().message()).startsWith("WorkerBusy: ").contains("its agent is ConnectionLost");
        assertThat(Duration.between(CommandWorld.START, world.clock.instant())).isEqualTo(Duration.ofSeconds(300));
        assertThat(world.aws.ledger().calls("DescribeInstances").stream().map(Call::time))
                .containsExactly(
                        CommandWorld.START, CommandWorld.START.plusSeconds(100), CommandWorld.START.plusSeconds(300));
    }

    @Test
    void aWorkerThatComesBackMeanwhileIsTaken() {
        String worker = world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.ec2().stopInstance(worker);
        VirtualTime.Run<CommandState, CommandResult> run = world.start(request("true"));
        world.time.runUntil(CommandWorld.START.plusSeconds(50));
        assertThat(run.log).anyMatch(l -> l.contains("WorkerBusy") && l.contains("stopped"));
        String other = world.worker("worker-2", c -> NodeOutcome.exit(0));

        world.time.run();

        assertThat(run.result().instanceId()).isEqualTo(other);
    }

    @Test
    void aWorkerHasNoMoreCommandsThanItsSlots() {
        world.workers(2, c -> NodeOutcome.exit(0).after(Duration.ofSeconds(60)));
        List<VirtualTime.Run<CommandState, CommandResult>> runs = java.util.stream.IntStream.range(0, 6)
                .mapToObj(n -> world.start(request("job " + n)))
                .toList();

        world.time.run();

        runs.forEach(r -> assertThat(r.result().exitCode()).isZero());
        assertThat(world.nodeRuns()).hasSize(6);
        assertThat(mostAtOnce(world.nodeRuns())).isEqualTo(1);
    }

    /** The most commands that any node ran at the same time. */
    static long mostAtOnce(List<NodeRun> runs) {
        return runs.stream()
                .mapToLong(run -> runs.stream()
                        .filter(other -> other.instanceId().equals(run.instanceId()))
                        .filter(other -> !other.startedAt().isAfter(run.startedAt()))
                        .filter(other ->
                                other.endedAt() == null || other.endedAt().isAfter(run.startedAt()))
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void commandsOfAnotherControllerCount() {
        world.worker("worker-1", c -> NodeOutcome.exit(0).after(Duration.ofMinutes(3)));
        VirtualTime.Run<CommandState, CommandResult> other = world.start(request("other controller"));
        world.time.runUntil(CommandWorld.START.plusSeconds(20));
        world.otherController();
        VirtualTime.Run<CommandState, CommandResult> run = world.start(request("this controller"));

        world.time.runUntil(CommandWorld.START.plusSeconds(90));

        assertThat(run.log).anyMatch(l -> l.contains("WorkerBusy") && l.contains("has 1 of 1 commands"));
        world.time.run();
        assertThat(run.result().exitCode()).isZero();
        assertThat(other.result().exitCode()).isZero();
        assertThat(mostAtOnce(world.nodeRuns())).isEqualTo(1);
    }

    @Test
    void exitCodesThatTheJobDeclaresAreTriedAgain() {
        world.worker("worker-1", c -> NodeOutcome.exit(world.nodeRuns().size() < 3 ? 75 : 0));

        CommandResult result = world.succeed(
                request("fetch").retries(3).retryExitCodes(List.of(75)).retryDelaySeconds(30));

        assertThat(result.attempts()).isEqualTo(3);
        assertThat(world.nodeRuns()).hasSize(3);
    }

    @Test
    void triesEnd() {
        world.worker("worker-1", c -> NodeOutcome.exit(75));

        OperationFailure failure = world.fail(request("fetch").retries(2).retryExitCodes(List.of(75)));

        assertThat(failure.message()).contains("exit code 75");
        assertThat(world.nodeRuns()).hasSize(3);
    }

    @Test
    void returnStatusMakesAnExitCodeAResult() {
        world.worker("worker-1", c -> NodeOutcome.exit(4));

        assertThat(world.succeed(request("check").returnStatus(true)).exitCode())
                .isEqualTo(4);
    }

    @Test
    void anExitCodeMayMeanUnstable() {
        world.worker("worker-1", c -> NodeOutcome.exit(4));

        CommandResult result = world.succeed(request("check").unstableExitCodes(List.of(4)));

        assertThat(result.unstableReason()).contains("exit code 4").contains("check");
    }

    @Test
    void aRebootOnTheWayIsFollowed() {
        String worker = world.worker(
                "worker-1",
                c -> NodeOutcome.exit(c.runNumber() == 1 ? 194 : 0)
                        .after(Duration.ofMinutes(3))
                        .stdout("run " + c.runNumber() + "\n"));
        world.aws.settings(world.aws.settings().with(s -> s.rebootDuration(Duration.ofMinutes(5))));

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("update"));

        assertThat(run.result().exitCode()).isZero();
        assertThat(run.text(STDOUT)).isEqualTo("run 1\nrun 2\n");
        assertThat(run.log).anyMatch(l -> l.contains("its agent does not answer"));
        assertThat(run.log).anyMatch(l -> l.contains("answers again"));
        assertThat(world.aws.ledger().count("SendCommand")).isEqualTo(1);
        assertThat(world.nodeRuns()).hasSize(2).allMatch(r -> r.instanceId().equals(worker));
    }

    @Test
    void invocationsThatAwsDoesNotKnowForAMinuteAreAwaited() {
        world.aws.settings(world.aws.settings().with(s -> s.invocationDelay(Duration.ofSeconds(60))));
        world.worker("worker-1", c -> NodeOutcome.exit(0).stdout("late\n"));

        assertThat(world.succeed(request("true")).stdout()).isEqualTo("late\n");
        assertThat(world.aws.ledger().calls("GetCommandInvocation").stream().map(Call::outcome))
                .contains("InvocationDoesNotExist");
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @Test
    void aLostReplyDoesNotRunTheCommandTwice() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.faults().add(Fault.on("SendCommand").loseReply());

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("pay the bills"));

        assertThat(run.result().exitCode()).isZero();
        assertThat(run.log).anyMatch(l -> l.contains("AWS has the command, it is not sent again"));
        assertThat(world.aws.ledger().count("SendCommand")).isEqualTo(1);
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @Test
    void aLostRequestIsSentAgainAfterAMinute() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.faults().add(Fault.on("SendCommand").loseRequest());

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("pay the bills"));

        assertThat(run.result().exitCode()).isZero();
        assertThat(run.log).anyMatch(l -> l.contains("nothing ran; sends it again"));
        assertThat(world.nodeRuns()).hasSize(1);
        assertThat(Duration.between(CommandWorld.START, world.clock.instant())).isGreaterThan(Duration.ofSeconds(60));
    }

    @Test
    void throttlingDelaysAndNeverFails() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.faults().add(Fault.on("SendCommand").times(12).throttle());
        world.aws.faults().add(Fault.on("GetCommandInvocation").times(12).throttle());
        world.aws.faults().add(Fault.on("DescribeInstanceInformation").times(12).throttle());
        world.aws.faults().add(Fault.on("ListCommands").times(12).throttle());

        assertThat(world.succeed(request("true")).exitCode()).isZero();
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @Test
    void aRefusalNamesThePermission() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.faults().add(Fault.on("SendCommand").deny());

        OperationFailure failure = world.fail(request("true"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.describe()).contains("ssm:SendCommand");
    }

    @Test
    void tagValuesAreLiteral() {
        String nasty = "a*b?c\\d \"e\" 'f' $g `h` {i} 日本";
        String worker = world.aws.ec2().runInstance(Map.of("role", nasty));
        world.aws.ec2().runInstance(Map.of("role", "aXbYc\\d \"e\" 'f' $g `h` {i} 日本"));

        CommandResult result =
                world.succeed(CommandRequest.builder().tag("role", nasty).commands(List.of("true")));

        assertThat(result.instanceId()).isEqualTo(worker);
    }

    @Test
    void awsIsAskedForNothingThatIsNotNeeded() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));

        world.succeed(request("true").maxPerInstance(0));

        assertThat(world.aws.ledger().calls().stream().map(Call::action))
                .startsWith("GetCallerIdentity", "DescribeInstances", "DescribeInstanceInformation", "SendCommand")
                .doesNotContain("ListCommands", "FilterLogEvents", "GetObject");
        assertThat(world.aws.ledger().count("GetCommandInvocation")).isLessThanOrEqualTo(3);
    }

    @Test
    void manyThatWaitShareOneListOfWhatRuns() {
        world.workers(50, c -> NodeOutcome.exit(0).after(Duration.ofMinutes(10)));
        for (int i = 0; i < 50; i++) {
            world.start(request("job " + i).maxPerInstance(0));
        }

        world.time.run();

        int minutes = (int)
                Duration.between(CommandWorld.START, world.clock.instant()).toMinutes();
        assertThat(world.nodeRuns()).hasSize(50);
        assertThat(world.aws.ledger().count("ListCommands")).isLessThan(13 * (minutes + 1));
        assertThat(world.aws.ledger().count("GetCommandInvocation")).isLessThan(50 * 3 * (minutes + 1));
    }

    @Test
    void whatAwsDoesNotTellBesidesTheCommandDoesNotHoldUpItsRun() {
        world.worker("worker-1", c -> NodeOutcome.exit(0).after(Duration.ofMinutes(10)));
        VirtualTime.Run<CommandState, CommandResult> run = world.start(request("load"));
        world.time.runUntil(CommandWorld.START.plusSeconds(30));
        world.aws.faults().add(Fault.on("DescribeInstanceInformation").always().throttle());
        world.aws.faults().add(Fault.on("ListCommands").always().throttle());

        world.time.run();

        assertThat(run.result().exitCode()).isZero();
        assertThat(run.log).noneMatch(l -> l.contains("tries again"));
        assertThat(world.clock.instant())
                .isBefore(CommandWorld.START.plus(Duration.ofMinutes(10)).plusSeconds(20));
    }
}
