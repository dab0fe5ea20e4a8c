package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.awsoperations.simulator.logs.LogsWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OrderBy;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** Reading of CloudWatch Logs. */
class LogsApiTest {

    private static final String GROUP = "/aws/ssm/AWS-RunShellScript";

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void readsAStreamForwardToItsEndWhereTheTokenStaysTheSame() {
        put("s", "one", "two", "three");

        GetLogEventsResponse first = read("s", null, 2);
        GetLogEventsResponse second = read("s", first.nextForwardToken(), 2);
        GetLogEventsResponse end = read("s", second.nextForwardToken(), 2);

        assertThat(texts(first)).containsExactly("one", "two");
        assertThat(texts(second)).containsExactly("three");
        assertThat(texts(end)).isEmpty();
        assertThat(end.nextForwardToken()).isEqualTo(second.nextForwardToken());
        put("s", "four");
        assertThat(texts(read("s", end.nextForwardToken(), 2))).containsExactly("four");
        assertThat(first.events().get(0).timestamp()).isEqualTo(SimulatedAws.START.toEpochMilli());
        assertThat(first.events().get(0).ingestionTime()).isEqualTo(SimulatedAws.START.toEpochMilli());
    }

    @Test
    void readsAStreamBackwardFromItsEnd() {
        put("s", "one", "two", "three");

        GetLogEventsResponse last = aws.logs()
                .getLogEvents(r -> r.logGroupName(GROUP).logStreamName("s").limit(2));
        GetLogEventsResponse before = read("s", last.nextBackwardToken(), 2);
        GetLogEventsResponse end = read("s", before.nextBackwardToken(), 2);

        assertThat(texts(last)).containsExactly("two", "three");
        assertThat(texts(before)).containsExactly("one");
        assertThat(texts(end)).isEmpty();
        assertThat(end.nextBackwardToken()).isEqualTo(before.nextBackwardToken());
        assertThat(texts(read("s", before.nextForwardToken(), 9))).containsExactly("two", "three");
    }

    @Test
    void filtersByStreamsAndTimesInTheOrderOfTimestamps() {
        LogsWorld logs = aws.simulator().logs();
        logs.put(GROUP, "a", SimulatedAws.START.plusSeconds(2), "second", Duration.ZERO);
        logs.put(GROUP, "b", SimulatedAws.START.plusSeconds(1), "first", Duration.ZERO);
        logs.put(GROUP, "c", SimulatedAws.START.plusSeconds(3), "third", Duration.ZERO);

        assertThat(filter(r -> {})).containsExactly("first", "second", "third");
        assertThat(filter(r -> r.logStreamNames("a", "c"))).containsExactly("second", "third");
        assertThat(filter(r -> r.logStreamNamePrefix("b"))).containsExactly("first");
        assertThat(filter(r -> r.startTime(SimulatedAws.START.plusSeconds(2).toEpochMilli())
                        .endTime(SimulatedAws.START.plusSeconds(2).toEpochMilli())))
                .containsExactly("second");
        FilteredLogEvent event = aws.logs()
                .filterLogEvents(r -> r.logGroupName(GROUP).limit(1))
                .events()
                .get(0);
        assertThat(event.logStreamName()).isEqualTo("b");
        assertThat(event.eventId()).hasSize(56);
        assertThat(event.ingestionTime()).isEqualTo(SimulatedAws.START.toEpochMilli());
    }

    @Test
    void cutsPagesAtTheirLimitTheirBytesAndTheirEvents() {
        put("s", "1", "2", "3", "4", "5");
        assertThat(pages(r -> r.limit(2))).containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5"));

        aws.settings(s -> s.outputLimits(OutputLimits.aws().logPages(3, 10_000)));
        assertThat(pages(r -> {})).containsExactly(List.of("1", "2", "3"), List.of("4", "5"));
        aws.settings(s -> s.outputLimits(OutputLimits.aws().logPages(1 << 20, 4)));
        assertThat(pages(r -> {})).containsExactly(List.of("1", "2", "3", "4"), List.of("5"));
        aws.settings(s -> s.outputLimits(OutputLimits.aws().logPages(1, 10_000)));
        put("t", "a message that does not fit");
        assertThat(pages(r -> r.logStreamNames("t"))).containsExactly(List.of("a message that does not fit"));
    }

    @Test
    void answersHalfAndEmptyPagesWhenItIsSloppyAndLosesNothing() {
        aws.settings(s -> s.sloppyLogPages(true));
        List<String> numbers =
                IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        put("s", numbers.toArray(new String[0]));

        List<List<String>> pages = pages(r -> r.limit(10));

        assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(numbers);
        assertThat(pages).anyMatch(List::isEmpty).anyMatch(page -> page.size() == 5);
        List<String> streamed = new ArrayList<>();
        boolean emptyBeforeTheEnd = false;
        String token = null;
        GetLogEventsResponse page = read("s", token, 10);
        while (!page.nextForwardToken().equals(token)) {
            emptyBeforeTheEnd |= page.events().isEmpty() && streamed.size() < numbers.size();
            streamed.addAll(texts(page));
            token = page.nextForwardToken();
            page = read("s", token, 10);
        }
        assertThat(streamed).containsExactlyElementsOf(numbers);
        assertThat(emptyBeforeTheEnd).isTrue();
    }

    @Test
    void showsAnEventOnlyAfterItsDelaySoThatALaterOneCanComeFirst() {
        LogsWorld logs = aws.simulator().logs();
        logs.put(GROUP, "s", SimulatedAws.START, "slow", Duration.ofSeconds(5));
        logs.put(GROUP, "s", SimulatedAws.START.plusMillis(1), "quick", Duration.ZERO);

        assertThat(filter(r -> {})).containsExactly("quick");
        String token = read("s", null, 10).nextForwardToken();
        aws.passSeconds(5);
        assertThat(filter(r -> {})).containsExactly("slow", "quick");
        assertThat(texts(read("s", token, 10))).as("what comes late is missed").isEmpty();
        assertThat(logs.text(GROUP, "s")).isEqualTo("slowquick");
    }

    @Test
    void listsStreamsByNameAndByTime() {
        LogsWorld logs = aws.simulator().logs();
        logs.put(GROUP, "x/old", SimulatedAws.START, "m", Duration.ZERO);
        logs.put(GROUP, "x/new", SimulatedAws.START.plusSeconds(9), "m", Duration.ZERO);
        logs.put(GROUP, "y", SimulatedAws.START, "m", Duration.ofHours(1));

        assertThat(streams(null, false)).containsExactly("x/new", "x/old", "y");
        assertThat(aws.logs()
                        .describeLogStreams(r -> r.logGroupName(GROUP).logStreamNamePrefix("x/"))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("x/new", "x/old");
        assertThat(streams(OrderBy.LAST_EVENT_TIME, true)).startsWith("x/new");
        assertThat(aws.logs()
                        .describeLogStreamsPaginator(r -> r.logGroupName(GROUP).limit(1))
                        .logStreams())
                .extracting(LogStream::logStreamName)
                .containsExactly("x/new", "x/old", "y");
        assertThat(aws.logs().describeLogStreams(r -> r.logGroupName(GROUP)).logStreams())
                .extracting(LogStream::lastEventTimestamp)
                .containsExactly(
                        SimulatedAws.START.plusSeconds(9).toEpochMilli(), SimulatedAws.START.toEpochMilli(), null);
    }

    private List<String> streams(OrderBy order, boolean descending) {
        return aws
                .logs()
                .describeLogStreams(r -> r.logGroupName(GROUP).orderBy(order).descending(descending))
                .logStreams()
                .stream()
                .map(LogStream::logStreamName)
                .toList();
    }

    @Test
    void refusesGroupsStreamsAndParametersThatAreNone() {
        assertThat(messageOf(() -> filter(r -> r.logGroupName("none"))))
                .startsWith("The specified log group does not exist.");
        aws.simulator().logs().createGroup(GROUP);
        assertThat(filter(r -> {})).isEmpty();
        assertThat(filter(r -> r.logStreamNamePrefix("none"))).isEmpty();
        assertThat(messageOf(() -> filter(r -> r.logStreamNames("none"))))
                .startsWith("The specified log stream does not exist.");
        assertThat(codeOf(() -> read("none", null, 1))).isEqualTo("ResourceNotFoundException");
        assertThat(codeOf(() -> filter(r -> r.logStreamNames("a").logStreamNamePrefix("a"))))
                .isEqualTo("InvalidParameterException");
        assertThat(codeOf(() -> filter(r -> r.limit(10_001)))).isEqualTo("InvalidParameterException");
        assertThat(codeOf(() -> filter(r -> r.logGroupName("no group")))).isEqualTo("InvalidParameterException");
        assertThat(codeOf(() -> filter(r -> r.nextToken("no token")))).isEqualTo("InvalidParameterException");
    }

    @Test
    void throttlesDeniesAndFailsLikeTheOtherServices() {
        aws.simulator().logs().createGroup(GROUP);
        Faults faults = aws.simulator().faults();
        faults.add(Fault.on("FilterLogEvents").where("logGroupName", GROUP).throttle());
        faults.add(Fault.on("FilterLogEvents").deny());
        faults.add(Fault.on("FilterLogEvents").serverError(false));

        AwsServiceException throttled = errorOf(() -> filter(r -> {}));
        assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
        assertThat(throttled.isThrottlingException()).isTrue();
        assertThat(messageOf(() -> filter(r -> {})))
                .contains("is not authorized to perform: logs:FilterLogEvents on resource: arn:aws:logs:ap-northeast-1:"
                        + "123456789012:log-group:" + GROUP);
        assertThat(errorOf(() -> filter(r -> {})).statusCode()).isEqualTo(500);
        assertThat(aws.simulator().ledger().calls("FilterLogEvents"))
                .extracting(Call::service, Call::outcome)
                .containsExactly(
                        tuple("logs", "ThrottlingException"),
                        tuple("logs", "AccessDeniedException"),
                        tuple("logs", "InternalServerError"));
    }

    private void put(String stream, String... messages) {
        for (String message : messages) {
            aws.simulator().logs().put(GROUP, stream, aws.simulator().clock().instant(), message, Duration.ZERO);
        }
    }

    private GetLogEventsResponse read(String stream, String token, int limit) {
        return aws.logs()
                .getLogEvents(r -> r.logGroupName(GROUP)
                        .logStreamName(stream)
                        .nextToken(token)
                        .startFromHead(true)
                        .limit(limit));
    }

    private static List<String> texts(GetLogEventsResponse page) {
        return page.events().stream().map(OutputLogEvent::message).toList();
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
