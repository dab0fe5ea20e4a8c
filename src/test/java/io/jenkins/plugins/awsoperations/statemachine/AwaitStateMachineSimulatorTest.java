package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.JOBS;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

class AwaitStateMachineSimulatorTest {

    private final ExecutionWorld world = new ExecutionWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private void jobs() {
        world.aws.states().createStateMachine("jobs", JOBS);
        world.aws
                .states()
                .task(call -> TaskOutcome.succeed("{\"by\": \"" + call.stateName() + "\"}")
                        .after(Duration.ofSeconds(20)));
    }

    private void jobTwoFails(String cause) {
        world.aws.states().createStateMachine("jobs", JOBS);
        world.aws
                .states()
                .task(call -> call.stateName().equals("Job 2")
                        ? TaskOutcome.fail("ExecutionFailed", cause).after(Duration.ofSeconds(5))
                        : TaskOutcome.succeed("{}").after(Duration.ofSeconds(20)));
    }

    @Test
    void startsWaitsAndReturnsTheOutput() {
        jobs();

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("jobs").input(Map.of("env", "production")));

        assertThat(run.result().status()).isEqualTo("SUCCEEDED");
        assertThat(run.result().toMap().get("output")).isEqualTo(Map.of("by", "Job 3"));
        assertThat(run.result().executionArn()).isEqualTo(world.onlyExecution().arn());
        assertThat(run.result().name()).isEqualTo("batch-nightly-1-token10001");
        assertThat(world.onlyExecution().input()).isEqualTo("{\"env\":\"production\"}");
        assertThat(run.log)
                .anyMatch(l -> l.startsWith("account "))
                .anyMatch(
                        l -> l.startsWith("jobs: execution batch-nightly-1-token10001; https://ap-northeast-1.console"))
                .containsSubsequence(
                        "jobs: Job 1 begins",
                        "jobs: Job 1: done after 20 s",
                        "jobs: Job 2 begins",
                        "jobs: Job 2: done after 20 s",
                        "jobs: Job 3 begins",
                        "jobs: Job 3: done after 20 s")
                .last()
                .asString()
                .startsWith("jobs: SUCCEEDED after 1 min, 3 states; https://");
    }

    @Test
    void theHistoryAloneTellsTheEnd() {
        jobs();

        world.succeed(request("jobs"));

        assertThat(world.aws.ledger().count("DescribeExecution")).isZero();
        assertThat(world.aws.ledger().count("GetExecutionHistory")).isBetween(4, 10);
        assertThat(world.aws.ledger().count("StartExecution")).isEqualTo(1);
    }

    @Test
    void withoutHistoryOnlyTheExecutionIsAskedFor() {
        jobs();

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("jobs").history(History.NONE));

        assertThat(run.result().toMap().get("output")).isEqualTo(Map.of("by", "Job 3"));
        assertThat(run.result().states()).isEmpty();
        assertThat(run.log).hasSize(3);
        assertThat(world.aws.ledger().count("GetExecutionHistory")).isZero();
    }

    @Test
    void intervalsGrowFromTwoSecondsToThirty() {
        world.aws.states().createStateMachine("long", waits(3600));

        world.succeed(request("long"));

        // 2, 3, 4.5 … 30 s: an hour is some 130 looks.
        assertThat(world.aws.ledger().count("GetExecutionHistory")).isBetween(120, 155);
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void aFailureSaysWhereAndWhy(History history) {
        jobTwoFails("{\"exitCode\": 7}");

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("jobs").history(history));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.REMOTE_FAILED);
        assertThat(run.failure().message())
                .isEqualTo("execution batch-nightly-1-token10001 of jobs failed in state 'Job 2': ExecutionFailed:"
                        + " {\"exitCode\": 7}");
        ExecutionResult result = run.failed().result();
        assertThat(result.failedState()).isEqualTo("Job 2");
        assertThat(result.toMap())
                .containsEntry("error", "ExecutionFailed")
                .containsEntry("cause", Map.of("exitCode", 7));
    }

    @Test
    void allEventsAreToldOnRequest() {
        jobs();

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("jobs").history(History.ALL));

        assertThat(run.log)
                .anyMatch(l -> l.matches("jobs: event \\d+ TaskScheduled"))
                .anyMatch(l -> l.matches("jobs: event \\d+ TaskStateEntered Job 2"));
    }

    @Test
    void declaredErrorsAreUnstable() {
        jobTwoFails("no");

        ExecutionResult result =
                world.succeed(request("jobs").unstableErrors(List.of("WorkerBusy", "ExecutionFailed")));

        assertThat(result.status()).isEqualTo("FAILED");
        assertThat(result.unstableReason()).contains("ExecutionFailed in state 'Job 2'");
    }

    @Test
    void theMachinesOwnTimeoutIsATimeout() {
        world.aws
                .states()
                .createStateMachine(
                        "short",
                        "{\"StartAt\":\"W\",\"TimeoutSeconds\":60,\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}}}");

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(request("short"));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.failure().describe()).contains("timed out in state 'W'", "TimeoutSeconds");
        assertThat(world.succeed(request("short").unstableErrors(List.of("States.Timeout")))
                        .status())
                .isEqualTo("TIMED_OUT");
    }

    @Test
    void anExpressMachineIsRefusedBeforeItIsStarted() {
        world.aws.states().createExpress("quick", waits(1));

        OperationFailure failure = world.fail(request("quick"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(failure.describe()).contains("quick is EXPRESS", "cannot be awaited", "Nothing was started");
        assertThat(world.aws.ledger().count("StartExecution")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:states:us-east-1:123456789012:stateMachine:jobs",
                "arn:aws:states:ap-northeast-1:999999999999:stateMachine:jobs"
            })
    void anArnOfAnotherRegionOrAccountIsRefused(String arn) {
        OperationFailure failure = world.fail(request(arn));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(failure.message()).startsWith("stateMachine is in the ");
        assertThat(world.aws.ledger().calls()).extracting(c -> c.service()).doesNotContain("states");
    }

    @Test
    void anUnknownMachineIsAnsweredWithTheNearestNames() {
        jobs();

        OperationFailure failure = world.fail(request("job"));

        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(failure.message()).contains("no state machine job in ap-northeast-1", "is jobs meant?");
    }

    @Test
    void whoMayNotListGetsTheAnswerWithoutNames() {
        jobs();
        world.aws.faults().add(Fault.on("ListStateMachines").deny());

        assertThat(world.fail(request("job")).kind()).isEqualTo(FailureKind.NOT_FOUND);
    }

    @Test
    void anExecutionOfSomebodyElseIsFollowedFromItsBeginning() {
        jobs();
        String machine = world.aws.states().executions().isEmpty() ? "jobs" : "";
        String arn = world.aws
                .states()
                .start("arn:aws:states:ap-northeast-1:123456789012:stateMachine:" + machine, "by-hand", "{}");
        world.clock.advance(Duration.ofSeconds(30));

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(ExecutionRequest.builder().executionArn(arn));

        assertThat(run.result().states()).extracting(StateRow::status).containsOnly(Status.SUCCEEDED);
        assertThat(run.result().startedAt())
                .isEqualTo(world.onlyExecution().startedAt().toString());
        assertThat(run.log).contains("jobs: Job 1: done after 20 s");
        assertThat(world.aws.ledger().count("StartExecution")).isZero();
    }

    @Test
    void anExecutionThatHasEndedLongAgoIsReadAtOnce() {
        jobs();
        String arn = world.aws
                .states()
                .start("arn:aws:states:ap-northeast-1:123456789012:stateMachine:jobs", "by-hand", "{}");
        world.clock.advance(Duration.ofDays(3));

        world.succeed(ExecutionRequest.builder().executionArn(arn));

        assertThat(Duration.between(ExecutionWorld.START.plus(Duration.ofDays(3)), world.clock.instant()))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anUnknownExecutionIsNotWaitedFor() {
        OperationFailure failure = world.fail(ExecutionRequest.builder()
                .executionArn("arn:aws:states:ap-northeast-1:123456789012:execution:jobs:nope"));

        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(failure.awsCode()).isEqualTo("ExecutionDoesNotExist");
        assertThat(failure.message()).doesNotContain("in AWS stays");
    }

    @Test
    void throttlingDelaysAndNeverFails() {
        jobs();
        for (String action : List.of("DescribeStateMachine", "StartExecution", "GetExecutionHistory")) {
            world.aws.faults().add(Fault.on(action).times(40).throttle());
        }

        assertThat(world.succeed(request("jobs")).status()).isEqualTo("SUCCEEDED");
        assertThat(world.aws.states().executions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeStateMachine", "StartExecution", "GetExecutionHistory"})
    void aDeniedCallFailsAtOnceAndNamesTheAction(String action) {
        jobs();
        world.aws.faults().add(Fault.on(action).deny());

        OperationFailure failure = world.fail(request("jobs"));

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.remedy()).contains("states:" + action);
        if (action.equals("GetExecutionHistory")) {
            assertThat(failure.message()).contains("in AWS stays execution arn:");
        }
    }

    @Test
    void aStatesNameIsOneLineWhateverIsInIt() {
        world.aws
                .states()
                .createStateMachine(
                        "odd",
                        "{\"StartAt\":\"A\\n[aws] forged\",\"States\":{\"A\\n[aws] forged\":{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}}}");

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(request("odd"));

        assertThat(run.log).contains("odd: A [aws] forged begins", "odd: A [aws] forged: done after 1 s");
    }

    @Test
    void aliasesAndVersionsAreStarted() {
        jobs();
        var sfn = world.connection().sfn();
        String machine = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:jobs";
        String version =
                sfn.publishStateMachineVersion(r -> r.stateMachineArn(machine)).stateMachineVersionArn();
        sfn.createStateMachineAlias(r -> r.name("PROD")
                .routingConfiguration(RoutingConfigurationListItem.builder()
                        .stateMachineVersionArn(version)
                        .weight(100)
                        .build()));

        assertThat(world.succeed(request("jobs:PROD")).status()).isEqualTo("SUCCEEDED");
        assertThat(world.succeed(request(version)).status()).isEqualTo("SUCCEEDED");
        assertThat(world.aws.ledger().calls("StartExecution"))
                .extracting(c -> c.parameters().get("stateMachineArn"))
                .containsExactly(machine + ":PROD", version);
    }
}
