package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Crash;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The execution that the run before has left failed goes on from where it failed, if that is possible. */
class RedriveSimulatorTest {

    private final ExecutionWorld world = new ExecutionWorld();
    private final List<String> ran = new ArrayList<>();
    private boolean broken = true;

    @BeforeEach
    void jobs() {
        world.aws.states().createStateMachine("jobs", ExecutionWorld.JOBS);
        world.aws.states().task(call -> {
            ran.add(call.stateName());
            return broken && call.stateName().equals("Job 2")
                    ? TaskOutcome.fail("ExecutionFailed", "no").after(Duration.ofSeconds(5))
                    : TaskOutcome.succeed("{}").after(Duration.ofSeconds(20));
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String failed() {
        return String.valueOf(world.run(request("jobs")).failed().result().executionArn());
    }

    private static ExecutionRequestBuilder again(String previous) {
        return request("jobs").redrive(true).previousExecutionArn(previous);
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void continuesFromTheStateThatFailed(History history) {
        String previous = failed();
        world.clock.advance(Duration.ofHours(1));
        broken = false;

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(again(previous).history(history));

        assertThat(run.result().status()).isEqualTo("SUCCEEDED");
        assertThat(run.result().executionArn()).isEqualTo(previous);
        assertThat(run.result().redriveCount()).isEqualTo(1);
        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2", "Job 3");
        assertThat(world.aws.states().executions()).hasSize(1);
        assertThat(run.log).anyMatch(l -> l.contains("continues the execution before from where it failed"));
        if (history == History.STATES) {
            assertThat(run.result().states()).extracting(StateRow::status).containsOnly(Status.SUCCEEDED);
            assertThat(run.result().states()).extracting(StateRow::attempts).containsExactly(1, 2, 1);
            // What the run before has told is not told again.
            assertThat(run.log).noneMatch(l -> l.startsWith("jobs: Job 1")).contains("jobs: Job 3: done after 20 s");
        }
    }

    /** Whoever knows the run before is asked when the first poll is near, and perhaps in another process. */
    @Test
    void whatTheRunBeforeHasLeftMayBeSaidUntilTheFirstPoll() {
        String previous = failed();
        broken = false;
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.start(request("jobs").redrive(true).input("{\"a\": 1}").historyMaxLines(7));
        ExecutionState begun = ExecutionWorld.throughBytes(run.state());

        assertThat(begun.isToRedrive()).isTrue();
        ExecutionState told = begun.after(previous);

        assertThat(told.request())
                .usingRecursiveComparison()
                .isEqualTo(
                        again(previous).input("{\"a\": 1}").historyMaxLines(7).build());
        assertThat(told).usingRecursiveComparison().ignoringFields("request").isEqualTo(begun);
        world.time.run();
        assertThat(run.state().isToRedrive()).isFalse();
    }

    @Test
    void aStateThatWasReadBackBeforeItsFirstPollGoesOnWithTheExecutionBefore() {
        String previous = failed();
        broken = false;
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(
                        request("jobs").redrive(true))
                .betweenPolls(state ->
                        state.isToRedrive() ? ExecutionWorld.throughBytes(state).after(previous) : state);

        world.time.run();

        assertThat(run.result().executionArn()).isEqualTo(previous);
        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2", "Job 3");
    }

    @Test
    void nothingIsToBeSaidOfARunThatDoesNotRedrive() {
        assertThat(world.start(request("jobs")).state().isToRedrive()).isFalse();
    }

    @Test
    void aRedriveThatFailsAgainFailsTheRun() {
        String previous = failed();

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(again(previous));

        assertThat(run.failure().message()).contains("failed in state 'Job 2'");
        assertThat(run.failed().result().redriveCount()).isEqualTo(1);
        broken = false;
        assertThat(world.succeed(again(previous)).redriveCount()).isEqualTo(2);
    }

    @Test
    void withoutAFailedExecutionItStartsAnewAndSaysSo() {
        broken = false;

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("jobs").redrive(true));

        assertThat(run.result().status()).isEqualTo("SUCCEEDED");
        assertThat(run.log)
                .contains("jobs: starts anew: the run before has left no failed execution of this state machine");
    }

    @Test
    void anotherInputIsStartedAnew() {
        String previous = failed();
        broken = false;

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(again(previous).input("{\"date\": \"2026-11-24\"}"));

        assertThat(run.result().executionArn()).isNotEqualTo(previous);
        assertThat(run.log).contains("jobs: starts anew: the execution before had another input");
    }

    @Test
    void theSameInputWrittenOtherwiseIsTheSame() {
        String previous = String.valueOf(world.run(request("jobs").input("{\"a\": 1, \"b\": [2]}"))
                .failed()
                .result()
                .executionArn());
        broken = false;

        ExecutionResult result =
                world.succeed(again(previous).input("{\"b\":[2],\"a\":1}").parent("https://ci/job/x/2/"));

        assertThat(result.executionArn()).isEqualTo(previous);
    }

    @Test
    void whatAwsDoesNotContinueIsStartedAnewWithItsReason() {
        String previous = failed();
        world.clock.advance(Duration.ofDays(15));
        broken = false;

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(again(previous));

        assertThat(run.result().executionArn()).isNotEqualTo(previous);
        assertThat(run.log).anyMatch(l -> l.startsWith("jobs: starts anew: AWS does not continue it ("));
    }

    @Test
    void oneThatRunsIsNotStartedTwice() {
        String previous = failed();
        world.connection().sfn().redriveExecution(r -> r.executionArn(previous));
        world.clock.advance(Duration.ofSeconds(3));

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(again(previous));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(run.failure().describe()).contains("executionArn", "Nothing was started");
    }

    @Test
    void oneThatSomebodyElseContinuesInTheSameMomentIsNotStartedBesides() {
        String previous = failed();
        broken = false;
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(again(previous));
        run.onSave(r -> {
            if (r.saves() == 1) {
                world.connection().sfn().redriveExecution(a -> a.executionArn(previous));
            }
        });

        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(run.failure().message()).endsWith("runs");
        assertThat(world.aws.states().executions()).hasSize(1);
    }

    @Test
    void whatAwsRefusesToContinueAllTheSameIsStartedAnew() {
        String previous = failed();
        broken = false;
        world.aws
                .faults()
                .add(Fault.on("RedriveExecution").always().error("ExecutionNotRedrivable", "not this one", 400));

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(again(previous));

        assertThat(run.result().executionArn()).isNotEqualTo(previous);
        assertThat(run.log).anyMatch(l -> l.startsWith("jobs: starts anew: AWS does not continue it ("));
    }

    @Test
    void oneOfAnotherRegionIsStartedAnew() {
        String previous = failed().replace("ap-northeast-1", "us-east-1");
        broken = false;

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(again(previous));

        assertThat(run.result().status()).isEqualTo("SUCCEEDED");
        assertThat(run.log).contains("jobs: starts anew: the execution before is " + previous);
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void whatAwsTellsOfTheTimeBeforeIsNotTheEnd(History history) {
        try (ExecutionWorld slow =
                new ExecutionWorld(SimulatorSettings.defaults().with(s -> s.statusDelay(Duration.ofSeconds(15))))) {
            slow.aws.states().createStateMachine("jobs", ExecutionWorld.JOBS);
            slow.aws.states().task(call -> broken ? TaskOutcome.fail("Oops", "no") : TaskOutcome.succeed("{}"));
            String previous =
                    String.valueOf(slow.run(request("jobs")).failed().result().executionArn());
            slow.clock.advance(Duration.ofHours(1));
            broken = false;

            ExecutionResult result = slow.succeed(again(previous).history(history));

            assertThat(result.status()).isEqualTo("SUCCEEDED");
            assertThat(result.redriveCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void lostRepliesRedriveOnce(int lost) {
        String previous = failed();
        broken = false;
        world.aws.faults().add(Fault.on("RedriveExecution").times(lost).loseReply());

        ExecutionResult result = world.succeed(again(previous));

        assertThat(result.redriveCount()).isEqualTo(1);
        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2", "Job 3");
    }

    @Test
    void aCrashBeforeOrAfterAnyPollRedrivesOnce() {
        String previous = failed();
        broken = false;
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(again(previous));
        run.onCrash(world.newProcess());
        run.onSave(r -> {
            if (r.saves() == 1) {
                throw new Crash();
            }
        });
        boolean[] crashed = {false};
        run.afterPoll(r -> {
            if (!crashed[0] && r.state().executionArn() != null) {
                // AWS has taken it, and nobody has written that down.
                crashed[0] = true;
                r.crash();
            }
        });

        world.time.run();

        assertThat(run.result().redriveCount()).isEqualTo(1);
        assertThat(run.result().executionArn()).isEqualTo(previous);
        assertThat(world.aws.states().executions()).hasSize(1);
    }

    @Test
    void whoMayNotRedriveIsToldTheAction() {
        String previous = failed();
        world.aws.faults().add(Fault.on("RedriveExecution").always().deny());

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(again(previous));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(run.failure().remedy()).contains("states:RedriveExecution");
    }

    @Test
    void aRedriveThatIsRefusedAfterALostReplySaysThatItMayGoOn() {
        String previous = failed();
        world.aws.faults().add(Fault.on("RedriveExecution").loseReply());
        world.aws.faults().add(Fault.on("RedriveExecution").always().deny());

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(again(previous));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(run.failure().message()).contains("in AWS stays perhaps execution " + previous);
    }
}
