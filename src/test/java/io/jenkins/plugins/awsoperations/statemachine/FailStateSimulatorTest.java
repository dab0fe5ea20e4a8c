package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A state machine that catches everything, tells somebody, and then fails in a Fail state that names no error. */
class FailStateSimulatorTest {

    private final ExecutionWorld world = new ExecutionWorld();
    private final List<String> ran = new ArrayList<>();
    private boolean broken = true;

    @BeforeEach
    void machines() {
        world.aws.states().createStateMachine("jobs", endingIn(Map.of("Type", "Fail")));
        world.aws
                .states()
                .createStateMachine(
                        "named", endingIn(Map.of("Type", "Fail", "Error", "NightFailed", "Cause", "see Job 2")));
        world.aws.states().task(call -> {
            ran.add(call.stateName());
            return broken && call.stateName().equals("Job 2")
                    ? TaskOutcome.fail("ExecutionFailed", "exit code 1").after(Duration.ofSeconds(5))
                    : TaskOutcome.succeed("{}").after(Duration.ofSeconds(20));
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String endingIn(Map<String, Object> fail) {
        Object caught = List.of(Map.of("ErrorEquals", List.of("States.ALL"), "Next", "Tell"));
        return JsonText.write(Map.of(
                "StartAt",
                "Job 1",
                "States",
                Map.of(
                        "Job 1", Map.of("Type", "Task", "Resource", "arn:aws:states:::job", "Next", "Job 2"),
                        "Job 2",
                                Map.of(
                                        "Type",
                                        "Task",
                                        "Resource",
                                        "arn:aws:states:::job",
                                        "Catch",
                                        caught,
                                        "End",
                                        true),
                        "Tell", Map.of("Type", "Pass", "Next", "Fail"),
                        "Fail", fail)));
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void theFailureNamesWhatWasCaughtBeforeAndPromisesNothingOfARedrive(History history) {
        OperationFailure failure = world.fail(request("jobs").history(history));

        assertThat(failure.message())
                .endsWith("failed in state 'Fail', after state 'Job 2' had failed: ExecutionFailed: exit code 1");
        assertThat(failure.remedy()).contains("from the beginning").doesNotContain("with redrive from this state");
    }

    @Test
    void theErrorThatAFailStateNamesIsTheFailure() {
        OperationFailure failure = world.fail(request("named"));

        assertThat(failure.message()).endsWith("failed in state 'Fail': NightFailed: see Job 2");
        assertThat(failure.remedy()).contains("from the beginning");
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void whatWouldOnlyFailAgainIsStartedAnewInsteadOfRedriven(History history) {
        String previous = String.valueOf(
                world.run(request("jobs").history(history)).failed().result().executionArn());
        broken = false;

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("jobs").history(history).redrive(true).previousExecutionArn(previous));

        assertThat(run.result().status()).isEqualTo("SUCCEEDED");
        assertThat(run.result().executionArn()).isNotEqualTo(previous);
        assertThat(run.log)
                .contains("jobs: starts anew: the execution before ended in the Fail state 'Fail', and would again");
        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 1", "Job 2");
        assertThat(world.aws.ledger().count("RedriveExecution")).isZero();
    }

    @Test
    void aHistoryThatMayNotBeReadDoesNotKeepFromARedrive() {
        String previous =
                String.valueOf(world.run(request("jobs")).failed().result().executionArn());
        world.aws.faults().add(Fault.on("GetExecutionHistory").always().deny());

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("jobs").history(History.NONE).redrive(true).previousExecutionArn(previous));

        assertThat(run.failure().message()).contains("failed");
        assertThat(world.aws.ledger().count("RedriveExecution")).isEqualTo(1);
    }
}
