package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be shown is taken out of a cause before the cause is cut, wherever it lies. */
class HiddenCausesSimulatorTest {

    private static final String SECRET = "S3CRET";
    private static final String BEGIN = SECRET.substring(0, 3);

    private final ExecutionWorld world = new ExecutionWorld();

    @BeforeEach
    void machines() {
        world.aws.states().createStateMachine("jobs", ExecutionWorld.JOBS);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private VirtualTime.Run<ExecutionState, ExecutionResult> run(
            ExecutionRequestBuilder request, UnaryOperator<String> hidden) {
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.start(request).hiding(hidden);
        world.time.run();
        return run;
    }

    private VirtualTime.Run<ExecutionState, ExecutionResult> run(ExecutionRequestBuilder request) {
        return run(request, text -> text.replace(SECRET, "****"));
    }

    private static String cause(String before, int length) {
        return before.repeat(length) + SECRET + "y".repeat(5000);
    }

    private static void assertThatNoPartIsTold(VirtualTime.Run<ExecutionState, ExecutionResult> run) {
        assertThat(run.log).noneMatch(line -> line.contains(BEGIN));
        assertThat(run.state().history.rows)
                .isNotEmpty()
                .extracting(StateRow::cause)
                .noneMatch(cause -> String.valueOf(cause).contains(BEGIN));
        assertThat(run.failure().describe()).doesNotContain(BEGIN).contains("*");
    }

    /** At 300 a line is cut and at 1,000 a failure; four times that of a text with many spaces is looked at. */
    @ParameterizedTest
    @CsvSource({"x, 295", "x, 297", "x, 299", "x, 995", "x, 997", "x, 999", "' ', 1195", "' ', 1197", "' ', 3997"})
    void ofASecretAcrossAnEdgeNoPartIsTold(String before, int length) {
        world.aws.states().task(call -> TaskOutcome.fail("Late", "no" + cause(before, length - 2)));

        VirtualTime.Run<ExecutionState, ExecutionResult> run = run(request("jobs"));

        assertThatNoPartIsTold(run);
        assertThat(run.log).anyMatch(line -> line.contains("Job 1 failed after 1 s: Late: no"));
        // The result has all of it as it is; who keeps that hides it first.
        assertThat(run.failed().result().cause()).contains(SECRET);
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void norOfTheCauseOfAFailState(History history) {
        world.aws
                .states()
                .createStateMachine(
                        "fails",
                        JsonText.write(Map.of(
                                "StartAt",
                                "Fail",
                                "States",
                                Map.of("Fail", Map.of("Type", "Fail", "Error", "Late", "Cause", cause("x", 297))))));

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                run(request("fails").history(history));

        assertThat(run.log).noneMatch(line -> line.contains(BEGIN));
        assertThat(run.failure().describe()).doesNotContain(BEGIN).contains("Late: xxx");
        assertThat(run.state().history.rows)
                .allSatisfy(row -> assertThat(row.cause()).endsWith("***…").doesNotContain(BEGIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {297, 997})
    void norOfTheCauseOfWhoeverStoppedIt(int length) {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("jobs"))
                .hiding(text -> text.replace(SECRET, "****"))
                .afterPoll(r -> {
                    if (r.state().executionArn() != null) {
                        world.aws.states().stop(r.state().executionArn(), "Maintenance", cause("x", length));
                    }
                });

        world.time.run();

        assertThat(run.log).noneMatch(line -> line.contains(BEGIN));
        assertThat(run.failure().message())
                .contains("was stopped by somebody else")
                .contains("Maintenance: xxx")
                .doesNotContain(BEGIN);
    }

    @Test
    void whatCannotBeHiddenIsNotTold() {
        world.aws.states().task(call -> TaskOutcome.fail("Late", cause("x", 10)));

        VirtualTime.Run<ExecutionState, ExecutionResult> run = run(request("jobs"), text -> "(not shown)");

        assertThat(run.log).anyMatch(line -> line.endsWith("Job 1 failed after 1 s: Late: (not shown)"));
        assertThat(run.failure().message()).endsWith("failed in state 'Job 1': Late: (not shown)");
    }

    @Test
    void aCauseIsHiddenOnceForItsLineAndRowAndOnceForTheFailure() {
        List<Integer> lengths = new ArrayList<>();
        world.aws.states().task(call -> TaskOutcome.fail("Late", cause("x", 10)));

        run(request("jobs"), text -> {
            lengths.add(text.length());
            return text;
        });

        assertThat(lengths).containsExactly(5016, 5016);
    }
}
