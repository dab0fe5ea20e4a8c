package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** How histories are read: pages, both directions, with and without data, and how long they can become. */
class StatesHistoryPagesTest {

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void givesPagesForwardsAndBackwards() {
        String arn = aws.run(aLongOne(), "{}");
        List<Long> all = IntStream.rangeClosed(1, 62).mapToObj(Long::valueOf).toList();
        assertThat(ids(arn, 7, false)).isEqualTo(all);
        assertThat(ids(arn, 62, false)).isEqualTo(all);
        List<Long> backwards = new ArrayList<>(all);
        Collections.reverse(backwards);
        assertThat(ids(arn, 10, true)).isEqualTo(backwards);
        assertThat(aws.client()
                        .getExecutionHistory(
                                r -> r.executionArn(arn).reverseOrder(true).maxResults(1))
                        .events()
                        .get(0)
                        .typeAsString())
                .isEqualTo("ExecutionSucceeded");
    }

    @Test
    void givesAHundredEventsUnlessAskedForMore() {
        String arn = aws.run("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "Iterator":
                  {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}}}
                """, IntStream.range(0, 40).boxed().toList().toString());
        assertThat(aws.client().getExecutionHistory(r -> r.executionArn(arn)).events())
                .hasSize(100);
        assertThat(aws.client()
                        .getExecutionHistory(r -> r.executionArn(arn).maxResults(0))
                        .events())
                .hasSize(100);
        assertThat(aws.history(arn)).hasSize(3 + 40 * 4 + 3);
    }

    @Test
    void goesOnWithATokenAlthoughEventsWereAddedMeanwhile() {
        String arn = aws.run(SimulatedStates.WAITING, "{}");
        GetExecutionHistoryResponse first =
                aws.client().getExecutionHistory(r -> r.executionArn(arn).maxResults(1));
        aws.passSeconds(10);
        assertThat(aws.client()
                        .getExecutionHistory(r -> r.executionArn(arn).nextToken(first.nextToken()))
                        .events())
                .extracting(HistoryEvent::id)
                .containsExactly(2L, 3L, 4L);
    }

    @Test
    void leavesDataOutWhenAskedToButKeepsErrorAndCause() {
        aws.world().task(call -> TaskOutcome.fail("E", "c"));
        String arn = aws.run(task("arn:aws:states:::lambda:invoke", ""), "{\"secret\": 1}");
        aws.passSeconds(1);
        List<HistoryEvent> events = aws.client()
                .getExecutionHistory(r -> r.executionArn(arn).includeExecutionData(false))
                .events();
        assertThat(events.toString()).doesNotContain("secret");
        assertThat(events.get(0).executionStartedEventDetails().input()).isNull();
        assertThat(events.get(1).stateEnteredEventDetails().name()).isEqualTo("T");
        assertThat(events.get(2).taskScheduledEventDetails().parameters()).isNull();
        assertThat(events.get(5).executionFailedEventDetails().error()).isEqualTo("E");
        assertThat(events.get(5).executionFailedEventDetails().cause()).isEqualTo("c");
    }

    @Test
    void failsAnExecutionThatReachesTheLimitOfEvents() {
        String arn = aws.run("""
                {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}
                """, "{}");
        HistoryEvent last = aws.client()
                .getExecutionHistory(r -> r.executionArn(arn).reverseOrder(true).maxResults(1))
                .events()
                .get(0);
        assertThat(last.id()).isEqualTo(25_000);
        assertThat(last.previousEventId()).isEqualTo(24_999);
        assertThat(last.executionFailedEventDetails().error()).isEqualTo("States.Runtime");
        assertThat(last.executionFailedEventDetails().cause())
                .isEqualTo("The execution reached the maximum number of history events (25000).");
        assertThat(aws.describe(arn).redriveStatusReason()).isEqualTo("Execution history event limit exceeded");
    }

    @Test
    void neverShowsTheEndLaterThanTheStatus() {
        aws.settings(s -> s.statusDelay(Duration.ofSeconds(3)));
        String arn = aws.run(SimulatedStates.WAITING, "{}");
        aws.passSeconds(10);
        assertThat(types(arn)).contains("ExecutionSucceeded");
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        aws.passSeconds(3);
        assertThat(aws.status(arn)).isEqualTo("SUCCEEDED");
    }

    private static String task(String resource, String more) {
        return "{\"StartAt\": \"T\", \"States\": {\"T\": {\"Type\": \"Task\", " + more + " \"Resource\": \"" + resource
                + "\", \"End\": true}}}";
    }

    /** A machine of 30 states with two events each. */
    private static String aLongOne() {
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            states.append(i == 0 ? "" : ",")
                    .append("\"S")
                    .append(i)
                    .append("\": {\"Type\": \"Pass\", ")
                    .append(i == 29 ? "\"End\": true" : "\"Next\": \"S" + (i + 1) + "\"")
                    .append('}');
        }
        return "{\"StartAt\": \"S0\", \"States\": {" + states + "}}";
    }

    private List<String> types(String arn) {
        return aws.history(arn).stream().map(HistoryEvent::typeAsString).toList();
    }

    private List<Long> ids(String arn, int page, boolean reverse) {
        List<Long> ids = new ArrayList<>();
        aws
                .client()
                .getExecutionHistoryPaginator(
                        r -> r.executionArn(arn).maxResults(page).reverseOrder(reverse))
                .stream()
                .forEach(response -> {
                    assertThat(response.events()).hasSizeBetween(1, page);
                    response.events().forEach(event -> ids.add(event.id()));
                });
        return ids;
    }
}
