package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What the agents send to CloudWatch Logs, and when it is seen. */
class CommandLogsTest {

    private static final String GROUP = "/aws/ssm/AWS-RunShellScript";

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void takesTheOutputOfACommandWhileItRunsAndTheRestAfterwards() {
        aws.settings(s -> s.logVisibility(Duration.ZERO));
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .pickupDelay(Duration.ZERO)
                .script(command -> NodeOutcome.exit(0)
                        .after(Duration.ofMillis(3_500))
                        .stdoutAt(Duration.ZERO, "one\r\ntwo\nunfin")
                        .stdoutAt(Duration.ofMillis(2_500), "ished\nlast"));

        String id = aws.send(node, withLogs(), "x");
        String out = id + "/" + node + "/aws-runShellScript/stdout";

        aws.passSeconds(1);
        assertThat(filter(r -> r.logStreamNames(out))).containsExactly("one\ntwo\n");
        aws.passSeconds(2);
        assertThat(filter(r -> r.logStreamNames(out))).containsExactly("one\ntwo\n", "unfinished\n");
        aws.passSeconds(1);
        assertThat(filter(r -> r.logStreamNames(out))).containsExactly("one\ntwo\n", "unfinished\n", "last");
        assertThat(aws.invocation(id, node).status()).isEqualTo(CommandInvocationStatus.IN_PROGRESS);
        aws.passSeconds(1);
        assertThat(aws.invocation(id, node).status()).isEqualTo(CommandInvocationStatus.SUCCESS);
        assertThat(aws.simulator().logs().streams(GROUP))
                .as("no stream without data")
                .containsExactly(out);
    }

    @Test
    void losesTheLastLineFeedOfEveryEventThatIsMadeAfterTheEnd() {
        aws.settings(s -> s.outputLimits(OutputLimits.aws().logEvents(6, 4)));
        String out = streamOf(NodeOutcome.exit(0).stdout("aa\nbb\ncc\ndd\n"));

        assertThat(aws.simulator().logs().text(GROUP, out)).isEqualTo("aa\nbbcc\ndd");
    }

    @Test
    void cutsLongLinesAnywhereAlsoInsideACharacter() {
        aws.settings(s -> s.outputLimits(OutputLimits.aws().logEvents(10, 4)));
        String out = streamOf(NodeOutcome.exit(0).stdout("123456789\u3042bcdefgh\nx\n"));
        aws.passSeconds(10);

        assertThat(filter(r -> r.logStreamNames(out)))
                .first()
                .satisfies(message -> assertThat(message).startsWith("123456789\uFFFD"));
        assertThat(aws.simulator().logs().text(GROUP, out)).endsWith("bcdefghx").doesNotContain("\u3042");
    }

    @Test
    void sendsFourEventsASecondUntilAllOfALargeOutputIsThere() {
        byte[] line = ("x".repeat(149_999) + "\n").getBytes(StandardCharsets.UTF_8);
        NodeOutcome outcome = NodeOutcome.exit(0).after(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            outcome = outcome.stdout(line);
        }
        String out = streamOf(outcome);

        List<Long> times =
                aws.logs().filterLogEventsPaginator(r -> r.logGroupName(GROUP).logStreamNames(out)).events().stream()
                        .map(FilteredLogEvent::ingestionTime)
                        .toList();
        assertThat(times).hasSize(10);
        assertThat(times.stream()
                        .collect(Collectors.groupingBy(time -> time, Collectors.counting()))
                        .values())
                .containsExactlyInAnyOrder(4L, 4L, 2L);
    }

    @Test
    void stampsEventsWithTheClockOfTheNode() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .clockSkew(Duration.ofMinutes(-7))
                .script(command -> NodeOutcome.exit(0).stdout("hello"));
        aws.send(node, withLogs(), "x");
        aws.passSeconds(30);

        FilteredLogEvent event =
                aws.logs().filterLogEvents(r -> r.logGroupName(GROUP)).events().get(0);

        assertThat(event.ingestionTime() - event.timestamp())
                .isEqualTo(Duration.ofMinutes(7).toMillis());
    }

    @Test
    void showsUploadsOutOfOrderNowAndThen() {
        aws.settings(s -> s.logVisibility(Duration.ZERO, Duration.ofSeconds(10)));
        String node = aws.node();
        aws.simulator().ssm().agent(node).script(command -> {
            NodeOutcome outcome = NodeOutcome.exit(0).after(Duration.ofSeconds(41));
            for (int i = 0; i < 40; i++) {
                outcome = outcome.stdoutAt(Duration.ofMillis(1_000L * i + 500), String.format("%02d%n", i));
            }
            return outcome;
        });
        aws.send(node, withLogs(), "x");

        boolean gap = false;
        for (int second = 0; second < 60; second++) {
            aws.passSeconds(1);
            List<String> seen = aws.simulator().logs().groups().isEmpty() ? List.of() : filter(r -> {});
            List<String> all = aws.simulator().logs().groups().isEmpty()
                    ? List.of()
                    : lines(aws.simulator()
                            .logs()
                            .text(GROUP, aws.simulator().logs().streams(GROUP).get(0)));
            gap |= Collections.indexOfSubList(all, lines(String.join("", seen))) != 0 && !seen.isEmpty();
        }
        assertThat(gap).isTrue();
        assertThat(filter(r -> {})).hasSize(40);
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    @Test
    void usesTheGroupThatWasAskedFor() {
        String node = aws.node();
        aws.simulator().ssm().agent(node).script(command -> NodeOutcome.exit(0).stderr("no\n"));
        String id = aws.send(
                node,
                r -> r.cloudWatchOutputConfig(
                        c -> c.cloudWatchOutputEnabled(true).cloudWatchLogGroupName("jobs")),
                "x");
        aws.passSeconds(30);

        assertThat(aws.simulator().logs().streams("jobs"))
                .containsExactly(id + "/" + node + "/aws-runShellScript/stderr");
        assertThat(aws.invocation(id, node).cloudWatchOutputConfig().cloudWatchLogGroupName())
                .isEqualTo("jobs");
    }

    /** Runs a command with this outcome to its end; returns the name of the stream of its standard output. */
    private String streamOf(NodeOutcome outcome) {
        String node = aws.node();
        aws.simulator().ssm().agent(node).script(command -> outcome);
        String id = aws.send(node, withLogs(), "x");
        aws.passSeconds(60);
        assertThat(aws.details(id, node)).isEqualTo("Success");
        return id + "/" + node + "/aws-runShellScript/stdout";
    }

    private static Consumer<SendCommandRequest.Builder> withLogs() {
        return r -> r.cloudWatchOutputConfig(c -> c.cloudWatchOutputEnabled(true));
    }

    private List<String> filter(Consumer<FilterLogEventsRequest.Builder> change) {
        return pages(change).stream().flatMap(List::stream).toList();
    }

    private List<List<String>> pages(Consumer<FilterLogEventsRequest.Builder> change) {
        List<List<String>> pages = new ArrayList<>();
        for (FilterLogEventsResponse page :
                aws.logs().filterLogEventsPaginator(r -> change.accept(r.logGroupName(GROUP)))) {
            pages.add(page.events().stream().map(FilteredLogEvent::message).toList());
        }
        return pages;
    }
}
