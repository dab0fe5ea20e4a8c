package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a state machine writes without end does not flood a log. */
class LongHistorySimulatorTest {

    private final ExecutionWorld world = new ExecutionWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /** Two states in a circle, until the history is full: 25,000 events. */
    private String circle() {
        return world.aws
                .states()
                .createStateMachine(
                        "circle",
                        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Wait\",\"Seconds\":1,\"Next\":\"B\"},"
                                + "\"B\":{\"Type\":\"Pass\",\"Next\":\"A\"}}}");
    }

    @Test
    void aHistoryOfTwentyFiveThousandEventsIsReadInFewCallsAndToldInFewLines() {
        String arn = world.aws.states().start(circle(), "by-hand", "{}");
        world.clock.advance(Duration.ofHours(10));

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(ExecutionRequest.builder().executionArn(arn).historyMaxLines(50));

        assertThat(run.isFailed()).isTrue();
        assertThat(run.log.stream()
                        .filter(l -> l.startsWith("circle: A ") || l.startsWith("circle: A:"))
                        .count())
                .isLessThanOrEqualTo(50);
        assertThat(run.log)
                .hasSizeLessThan(60)
                .anyMatch(l -> l.contains("further states are not shown here (historyMaxLines 50)"));
        assertThat(run.failed().result().statesEntered()).isGreaterThan(10_000);
        assertThat(run.failed().result().states()).hasSize(HistoryState.MOST_ROWS);
        assertThat(world.aws.ledger().count("GetExecutionHistory")).isLessThan(40);
    }

    @Test
    void aMapOfAThousandItemsIsOneLineWithItsCounts() {
        String items = IntStream.range(0, 1000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        world.aws
                .states()
                .createStateMachine(
                        "each",
                        "{\"StartAt\":\"Each\",\"States\":{\"Each\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"End\":true,"
                                + "\"ItemProcessor\":{\"StartAt\":\"Load\",\"States\":{\"Load\":{\"Type\":\"Task\","
                                + "\"Resource\":\"arn:aws:states:::job\",\"End\":true}}}}}}");
        // AWS runs 40 iterations at once.
        world.aws.states().task(call -> TaskOutcome.succeed("{}").after(Duration.ofSeconds(30)));

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("each").input("{\"items\":[" + items + "]}"));

        assertThat(run.result().states()).hasSize(1);
        assertThat(run.result().states().get(0).counts()).isEqualTo("1000 iterations");
        assertThat(run.log).hasSize(5).contains("each: Each: done after 12 min 30 s, 1000 iterations");
    }

    @Test
    void aCauseOfThirtyTwoThousandCharactersIsWholeInTheResultAndShortInTheLog() {
        String cause = ("line of a stack trace, あ 😀\n").repeat(2000).substring(0, 32_768);
        world.aws.states().createStateMachine("jobs", ExecutionWorld.JOBS);
        world.aws.states().task(call -> TaskOutcome.fail("Broken", cause));

        for (History history : List.of(History.STATES, History.NONE)) {
            VirtualTime.Run<ExecutionState, ExecutionResult> run =
                    world.run(request("jobs").history(history));

            assertThat(run.failed().result().toMap()).containsEntry("cause", cause);
            assertThat(run.failure().describe()).hasSizeLessThan(2000).doesNotContain("\n");
            assertThat(run.log).allSatisfy(line -> assertThat(line).hasSizeLessThan(600));
        }
    }

    @Test
    void outputsOfAQuarterOfAMegabyteArriveWhole() {
        String big = "x".repeat(262_000);
        world.aws.states().createStateMachine("jobs", ExecutionWorld.JOBS);
        world.aws.states().task(call -> TaskOutcome.succeed("{\"big\":\"" + big + "\"}"));

        assertThat(world.succeed(request("jobs")).toMap().get("output")).isEqualTo(Map.of("big", big));
    }
}
