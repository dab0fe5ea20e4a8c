package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a command may end, and what an operator reads of it. */
class CommandStatusesSimulatorTest {

    private final CommandWorld world = new CommandWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void commandsThatRunTooLongAreKilledByTheAgent() {
        world.worker(
                "worker-1",
                c -> NodeOutcome.exit(0).after(Duration.ofMinutes(10)).stdoutAt(Duration.ofSeconds(5), "half\n"));

        VirtualTime.Run<CommandState, CommandResult> run =
                world.run(request("load").executionTimeoutSeconds(60));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.failure().describe())
                .contains("ExecutionTimedOut")
                .contains("longer than executionTimeoutSeconds")
                .contains("part of their work is done");
        assertThat(run.failed().result()).extracting(CommandResult::stdout).isEqualTo("half\n");
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @Test
    void aCommandThatNoAgentTakesTimesOutAndIsNotGivenToAnotherWorker() {
        String stale = world.worker("stale", c -> NodeOutcome.exit(0));
        world.aws.ssm().agent(stale).stale();
        VirtualTime.Run<CommandState, CommandResult> run =
                world.start(request("load").deliveryTimeoutSeconds(120).instanceId(stale));
        world.worker("healthy", c -> NodeOutcome.exit(0));

        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.failure().describe())
                .contains("DeliveryTimedOut")
                .contains("whether the commands ran is not known")
                .contains("before you run them again");
        assertThat(run.log).anyMatch(l -> l.contains("AWS has not reached the agent yet"));
        assertThat(world.aws.ledger().count("SendCommand")).isEqualTo(1);
        assertThat(world.nodeRuns()).isEmpty();
    }

    @Test
    void aWorkerThatDoesNotDeliverIsLeftOutForTenMinutes() {
        String stale = world.worker("stale", c -> NodeOutcome.exit(0));
        world.aws.ssm().agent(stale).stale();
        world.fail(request("load").deliveryTimeoutSeconds(30).instanceId(stale));
        world.aws.ssm().agent(stale).online();

        VirtualTime.Run<CommandState, CommandResult> next = world.start(request("next"));
        world.time.runUntil(world.clock.instant().plusSeconds(10));
        assertThat(next.log)
                .anyMatch(l -> l.contains("WorkerBusy") && l.contains("did not take a command (DeliveryTimedOut)"));
        assertThat(next.ended()).isFalse();
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(world.succeed(request("later")).exitCode()).isZero();
    }

    @Test
    void aWorkerThatDiesMidwayLeavesItOpenWhatRan() {
        String worker = world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.ssm().agent(worker).diesMidway();
        world.worker("worker-2", c -> NodeOutcome.exit(0));

        VirtualTime.Run<CommandState, CommandResult> run =
                world.run(request("load").instanceId(worker).executionTimeoutSeconds(300));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.log).anyMatch(l -> l.contains("its agent does not answer"));
        assertThat(world.nodeRuns()).as("never given to the other one").hasSize(1);
    }

    @Test
    void aWorkerThatIsTerminatedEndsTheWait() {
        String worker = world.worker("worker-1", c -> NodeOutcome.exit(0).after(Duration.ofHours(1)));
        VirtualTime.Run<CommandState, CommandResult> run = world.start(request("load"));
        world.time.runUntil(CommandWorld.START.plusSeconds(30));

        world.aws.ec2().terminateInstance(worker);
        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.REMOTE_FAILED);
        assertThat(run.failure().message()).contains(worker).contains("was terminated while command");
        assertThat(Duration.between(CommandWorld.START, world.clock.instant())).isLessThan(Duration.ofMinutes(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Undeliverable", "Terminated", "No Instances In Tag"})
    void anotherWorkerGetsWhatProvablyNeverRan(String status) {
        world.workers(2, c -> NodeOutcome.exit(0));
        world.aws.faults().add(Fault.on("SendCommand").commandEnds(status));

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("load"));

        assertThat(run.result().exitCode()).isZero();
        assertThat(run.log).anyMatch(l -> l.contains("AWS proves that nothing ran") && l.contains("ten minutes"));
        List<String> workers = world.aws.ledger().calls("SendCommand").stream()
                .map(call -> call.parameters().get("InstanceIds.1"))
                .toList();
        assertThat(workers).hasSize(2).doesNotHaveDuplicates();
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @Test
    void anotherWorkerGetsWhatAwsRefusesToSend() {
        List<String> workers = world.workers(2, c -> NodeOutcome.exit(0));
        world.aws
                .faults()
                .add(Fault.on("SendCommand")
                        .error("InvalidInstanceId", "Instances not in a valid state for account", 400));

        VirtualTime.Run<CommandState, CommandResult> run = world.run(request("load"));

        assertThat(run.result().exitCode()).isZero();
        assertThat(run.log).anyMatch(l -> l.contains("InvalidInstanceId") && l.contains("ten minutes"));
        assertThat(workers).contains(run.result().instanceId());
        assertThat(world.nodeRuns()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidPlatform, CONFIGURATION, not for the worker's platform",
        "Access Denied, ACCESS_DENIED, does not let this identity run commands",
        "RateExceeded, BUSY, too many commands pending",
        "Cancelled, CANCELLED, somebody cancelled the command in AWS",
        "DeliveryTimedOut, TIMED_OUT, whether the commands ran is not known",
        "Incomplete, REMOTE_FAILED, ended without all of its parts",
    })
    void otherEndsAreFailuresInWords(String status, FailureKind kind, String words) {
        world.workers(2, c -> NodeOutcome.exit(0));
        world.aws.faults().add(Fault.on("SendCommand").commandEnds(status));

        OperationFailure failure = world.fail(request("load"));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.describe()).contains(words).contains(status.replace(" ", ""));
        assertThat(failure.remedy()).isNotBlank();
        assertThat(world.aws.ledger().count("SendCommand")).isEqualTo(1);
        assertThat(world.nodeRuns()).isEmpty();
    }

    @Test
    void windowsWorkersGetPowerShell() {
        String worker = world.worker("win-1", c -> NodeOutcome.exit(0));
        world.aws.ssm().agent(worker).platform("Windows");

        world.succeed(request("Get-Date"));

        Call sent = world.aws.ledger().calls("SendCommand").get(0);
        assertThat(sent.parameters()).containsEntry("DocumentName", "AWS-RunPowerShellScript");
    }

    @Test
    void anotherUserIsRefusedOnWindowsBeforeAnythingIsSent() {
        String worker = world.worker("win-1", c -> NodeOutcome.exit(0));
        world.aws.ssm().agent(worker).platform("Windows");

        OperationFailure failure = world.fail(request("Get-Date").runAs("deploy"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(failure.message()).contains("runAs");
        assertThat(world.aws.ledger().count("SendCommand")).isZero();
    }

    @Test
    void aDocumentOfOnesOwnGetsItsOwnParameters() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.ssm().document("Own-Document", "Linux");

        world.succeed(CommandRequest.builder()
                .tag("role", "job_worker")
                .documentName("Own-Document")
                .documentParameter("Targets", List.of("a", "b")));

        Call sent = world.aws.ledger().calls("SendCommand").get(0);
        assertThat(sent.parameters())
                .containsEntry("DocumentName", "Own-Document")
                .containsEntry("Parameters.Targets.1", "a")
                .containsEntry("Parameters.Targets.2", "b")
                .doesNotContainKeys("Parameters.commands.1", "Parameters.executionTimeout.1");
    }

    @Test
    void bothSpellingsOfStatusDetailsMeanTheSame() {
        world.aws.settings(world.aws.settings().with(s -> s.spacedStatusDetails(true)));
        world.worker("worker-1", c -> NodeOutcome.exit(0).after(Duration.ofMinutes(10)));

        assertThat(world.fail(request("load").executionTimeoutSeconds(60)).awsCode())
                .isEqualTo("ExecutionTimedOut");
    }

    /** A document of one's own, which may run longer than executionTimeoutSeconds says. */
    private VirtualTime.Run<CommandState, CommandResult> overdue() {
        world.worker("worker-1", c -> NodeOutcome.exit(0).after(Duration.ofHours(2)));
        world.aws.ssm().document("Own-Document", "Linux");
        return world.run(CommandRequest.builder()
                .tag("role", "job_worker")
                .documentName("Own-Document")
                .executionTimeoutSeconds(60)
                .deliveryTimeoutSeconds(30));
    }

    @Test
    void whatAwsDoesNotEndIsCancelledAlsoWhenThatIsThrottled() {
        world.aws.faults().add(Fault.on("CancelCommand").times(2).throttle());

        OperationFailure failure = overdue().failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(failure.message()).contains("it was cancelled");
        assertThat(world.aws.ledger().count("CancelCommand")).isEqualTo(3);
    }

    @Test
    void aRefusedCancelDoesNotHideThatTheCommandIsOverdue() {
        world.aws.faults().add(Fault.on("CancelCommand").always().deny());

        OperationFailure failure = overdue().failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(failure.message()).contains("could not be cancelled").contains("ssm:CancelCommand");
    }

    @Test
    void aWorkerThatNeverTakesTheCommandIsGivenUpAfterAllWaits() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws
                .faults()
                .add(Fault.on("SendCommand")
                        .always()
                        .error("InvalidInstanceId", "Instances not in a valid state for account", 400));
        VirtualTime.Run<CommandState, CommandResult> run = world.start(
                request("load").busyRetries(8).busyIntervalSeconds(100).busyBackoff(1.0));

        world.time.runUntil(CommandWorld.START.plus(Duration.ofHours(6)));

        assertThat(run.ended()).isTrue();
        assertThat(run.failure().kind()).isEqualTo(FailureKind.BUSY);
        assertThat(Duration.between(CommandWorld.START, world.clock.instant())).isLessThan(Duration.ofSeconds(900));
    }

    @Test
    void aTimeoutThatTheAgentWouldTakeForAnHourIsTheShortestThatItKnows() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));

        world.succeed(request("load").executionTimeoutSeconds(1));

        assertThat(world.aws.ledger().calls("SendCommand").get(0).parameters())
                .containsEntry("Parameters.executionTimeout.1", "5");
    }

    /** GetCommandInvocation answers InvalidPluginName for a document of several steps (boto3, issue 1811). */
    private VirtualTime.Run<CommandState, CommandResult> ofSeveralSteps(NodeOutcome outcome) {
        world.worker("worker-1", c -> outcome);
        world.aws.ssm().document("Own-Document", "Linux");
        world.aws.faults().add(Fault.on("GetCommandInvocation").always().error("InvalidPluginName", "", 400));
        return world.run(CommandRequest.builder()
                .tag("role", "job_worker")
                .documentName("Own-Document")
                .logGroup(CommandWorld.LOG_GROUP));
    }

    @Test
    void aDocumentOfSeveralStepsIsWaitedFor() {
        VirtualTime.Run<CommandState, CommandResult> run =
                ofSeveralSteps(NodeOutcome.exit(0).after(Duration.ofMinutes(5)).stdout("done\n"));

        assertThat(run.result().status()).isEqualTo("Success");
        assertThat(run.text(OutputChannel.STDOUT)).startsWith("done");
        assertThat(Duration.between(CommandWorld.START, world.clock.instant())).isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void aDocumentOfSeveralStepsThatFailsFails() {
        assertThat(ofSeveralSteps(NodeOutcome.exit(3)).failure().kind()).isEqualTo(FailureKind.REMOTE_FAILED);
    }

    @Test
    void aCommandThatMayRunIsNoFailureToRepeat() {
        world.worker("worker-1", c -> NodeOutcome.exit(0).after(Duration.ofHours(10)));
        VirtualTime.Run<CommandState, CommandResult> run =
                world.start(request("load").executionTimeoutSeconds(100_000));
        world.time.runUntil(CommandWorld.START.plusSeconds(60));

        world.aws.faults().add(Fault.on("*").always().serverError(false));
        world.time.run();

        assertThat(run.failure().kind().isTransient()).isFalse();
        assertThat(run.failure().message()).contains("in AWS stays command").contains("may still run");
    }

    @Test
    void aQuotaThatRefusesACommandMayBeTriedAgain() {
        world.worker("worker-1", c -> NodeOutcome.exit(0));
        world.aws.faults().add(Fault.on("SendCommand").error("CommandQuotaExceededException", "too many", 400));

        assertThat(world.fail(request("load")).kind()).isEqualTo(FailureKind.BUSY);
    }
}
