package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An execution whose name a person has chosen: whoever has it first keeps it. */
class ChosenNameSimulatorTest {

    private static final String LONG = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:long";
    private static final String SHORT = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:short";

    private final ExecutionWorld world = new ExecutionWorld();

    @BeforeEach
    void machines() {
        world.aws.states().createStateMachine("long", waits(300));
        world.aws.states().createStateMachine("short", waits(1));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void assertConflict(OperationFailure failure) {
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure.message()).startsWith("executionName 'today' is taken");
        assertThat(failure.remedy()).contains("Nothing was started");
    }

    @Test
    void aNameThatIsTakenIsRefusedWithASentence() {
        world.aws.states().start(LONG, "today", "{}");
        world.clock.advance(Duration.ofSeconds(10));

        OperationFailure failure = world.fail(request("long").executionName("today"));

        assertConflict(failure);
        assertThat(failure.message()).contains("RUNNING since 2026-11-23T00:00:00Z");
        assertThat(world.aws.ledger().count("StartExecution")).isZero();
        assertThat(world.succeed(request("long").executionName("tomorrow")).name())
                .isEqualTo("tomorrow");
    }

    @Test
    void somebodyElsesExecutionThatAwsDoesNotShowYetAndThatHasEndedIsNotTakenForOurs() {
        world.aws.states().start(SHORT, "today", "{}");
        world.clock.advance(Duration.ofMillis(1500));

        OperationFailure failure = world.fail(request("short").executionName("today"));

        assertConflict(failure);
        assertThat(world.aws.states().executions()).hasSize(1);
        assertThat(world.aws.ledger().calls("StartExecution"))
                .singleElement()
                .satisfies(call -> assertThat(call.outcome()).isEqualTo("ExecutionAlreadyExists"));
    }

    @Test
    void aNameThatIsTakenInTheSameMomentIsAConflictAlsoWhileAwsDoesNotShowWhoHasIt() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.start(request("short").executionName("today"));
        run.onSave(r -> {
            if (r.saves() == 1) {
                world.connection()
                        .sfn()
                        .startExecution(
                                s -> s.stateMachineArn(SHORT).name("today").input("{\"by\":\"bob\",\"by\":\"carol\"}"));
            }
        });
        world.time.run();

        assertConflict(run.failure());
    }

    @Test
    void ofManyRunsThatChooseANameInTheSameMomentOneGetsIt() {
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs = List.of(
                world.start(request("long").executionName("today")),
                world.start(request("long").executionName("today")),
                world.start(request("long").executionName("today")));
        VirtualTime.Run<ExecutionState, ExecutionResult> other =
                world.start(request("short").executionName("today"));

        world.time.run();

        assertThat(runs).filteredOn(run -> !run.isFailed()).hasSize(1);
        assertThat(runs)
                .filteredOn(VirtualTime.Run::isFailed)
                .hasSize(2)
                .allSatisfy(run -> assertConflict(run.failure()));
        assertThat(other.result().name()).isEqualTo("today");
        assertThat(world.aws.ledger().count("StartExecution")).isEqualTo(2);
    }

    @Test
    void whoWasRefusedLeavesTheNameToOthers() {
        world.aws
                .faults()
                .add(Fault.on("StartExecution").times(1).error("InvalidExecutionInput", "that was not expected", 400));

        OperationFailure failure = world.fail(request("long").executionName("today"));
        ExecutionResult result = world.succeed(request("long").executionName("today"));

        assertThat(failure.awsCode()).isEqualTo("InvalidExecutionInput");
        assertThat(result.name()).isEqualTo("today");
    }

    @Test
    void aStateThatCannotBeSavedLeavesTheNameToOthers() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.start(request("long").executionName("today"));
        run.onSave(r -> {
            throw new IllegalStateException("disk full");
        });
        world.time.run();

        assertThat(run.failure().message()).contains("disk full");
        assertThat(world.succeed(request("long").executionName("today")).name()).isEqualTo("today");
    }

    @Test
    void aChosenNameSurvivesALostReply() {
        world.aws.faults().add(Fault.on("StartExecution").times(4).loseReply());

        ExecutionResult result = world.succeed(request("long").executionName("today"));

        assertThat(result.name()).isEqualTo("today");
        assertThat(world.aws.states().executions()).hasSize(1);
    }

    @Test
    void aChosenNameSurvivesALostReplyAndANewProcess() {
        world.aws.faults().add(Fault.on("StartExecution").times(3).loseReply());
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.start(request("long").executionName("today").input(Map.of("env", "production")));
        run.onCrash(world.newProcess());
        run.afterPoll(r -> {
            if (r.polls() == 1) {
                r.crash();
            }
        });
        world.time.run();

        assertThat(run.result().name()).isEqualTo("today");
        assertThat(world.aws.states().executions()).hasSize(1);
    }
}
