package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.awsoperations.simulator.events.EntryResult;
import io.jenkins.plugins.awsoperations.simulator.events.EventEntry;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Putting events. */
class EventsApiTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    private EventBridgeClient events;

    @BeforeEach
    void connect() {
        events = EventBridgeClient.builder()
                .endpointOverride(aws.simulator().endpoint())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASIMULATORTEST000", "secret")))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterEach
    void disconnect() {
        events.close();
    }

    @Test
    void receivesWhatIsPut() {
        PutEventsResponse reply = put(
                e -> e.detail("{\"a\": [1, null]}")
                        .resources("arn:aws:ec2:ap-northeast-1:123456789012:instance/i-1")
                        .time(SimulatedAws.START.minusMillis(500)),
                e -> e.detailType("Other"));

        assertThat(reply.failedEntryCount()).isZero();
        List<ReceivedEvent> received = aws.simulator().events().received();
        assertThat(reply.entries())
                .extracting(PutEventsResultEntry::eventId)
                .containsExactly(received.get(0).id(), received.get(1).id());
        assertThat(received.get(0))
                .isEqualTo(new ReceivedEvent(
                        received.get(0).id(),
                        "default",
                        "test",
                        "Test",
                        "{\"a\": [1, null]}",
                        List.of("arn:aws:ec2:ap-northeast-1:123456789012:instance/i-1"),
                        SimulatedAws.START.minusSeconds(1),
                        SimulatedAws.START));
        assertThat(received.get(1).time()).isEqualTo(SimulatedAws.START);
        assertThat(received.get(1).detailType()).isEqualTo("Other");
        Call call = aws.simulator().ledger().calls("PutEvents").get(0);
        assertThat(call.service()).isEqualTo("events");
        assertThat(call.resource())
                .contains(received.get(0).id(), received.get(1).id());
    }

    @Test
    void anEntryThatIsIncompleteOrMalformedFailsAlone() {
        PutEventsResponse reply = put(
                e -> e.source(null),
                e -> e.detailType(null),
                e -> e.detail(null),
                e -> e.detail("{\"a\": }"),
                e -> e.detail("[1]"),
                e -> e.detail("{} {}"),
                e -> e.source("aws.ec2"),
                e -> e.source(""),
                e -> {});

        assertThat(reply.failedEntryCount()).isEqualTo(8);
        assertThat(reply.entries())
                .extracting(PutEventsResultEntry::errorCode, PutEventsResultEntry::errorMessage)
                .containsExactly(
                        tuple(
                                "InvalidArgument",
                                "Parameter Source is not valid. Reason: Source is a required argument."),
                        tuple(
                                "InvalidArgument",
                                "Parameter DetailType is not valid. Reason: DetailType is a required argument."),
                        tuple(
                                "InvalidArgument",
                                "Parameter Detail is not valid. Reason: Detail is a required argument."),
                        tuple("MalformedDetail", "Detail is malformed."),
                        tuple("MalformedDetail", "Detail is malformed."),
                        tuple("MalformedDetail", "Detail is malformed."),
                        tuple("NotAuthorizedForSourceException", "Not authorized for the source."),
                        tuple(
                                "InvalidArgument",
                                "Parameter Source is not valid. Reason: Source is a required argument."),
                        tuple(null, null));
        assertThat(aws.simulator().events().received()).hasSize(1);
    }

    @Test
    void aDetailIsProcessedDownToAThousandLevels() {
        String thousand = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);

        assertThat(put(e -> e.detail(thousand)).failedEntryCount()).isZero();
        assertThat(put(e -> e.detail("{\"a\":" + thousand + "}"))
                        .entries()
                        .get(0)
                        .errorCode())
                .isEqualTo("MalformedDetail");
    }

    @Test
    void aRequestOfTooManyBytesFailsAsAWhole() {
        String resource = "arn:aws:s3:::bucket";
        int others = 14 + "test".length() + "Test".length() + resource.length() + "{\"a\":\"\"}".length();
        int fitting = 262_143 - others;

        assertThat(put(e -> e.detail(text(fitting)).resources(resource).time(SimulatedAws.START))
                        .failedEntryCount())
                .isZero();
        assertThat(messageOf(() ->
                        put(e -> e.detail(text(fitting + 1)).resources(resource).time(SimulatedAws.START))))
                .isEqualTo("Total size of the entries in the request is over the limit.");
        assertThat(codeOf(() -> put(e -> e.detail(text(140_000)), e -> e.detail(text(140_000)))))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() -> put(e -> e.detail("{\"a\":\"" + "あ".repeat(90_000) + "\"}"))))
                .as("bytes, not characters")
                .isEqualTo("ValidationException");
        assertThat(aws.simulator().events().received()).hasSize(1);
    }

    private static String text(int length) {
        return "{\"a\":\"" + "x".repeat(length) + "\"}";
    }

    @Test
    void aRequestThatBreaksTheModelFailsAsAWhole() {
        assertThat(codeOf(() -> events.putEvents(r -> {}))).isEqualTo("ValidationException");
        assertThat(codeOf(() -> events.putEvents(r -> r.entries(List.of())))).isEqualTo("ValidationException");
        PutEventsRequestEntry entry = entry(e -> {});
        assertThat(messageOf(() -> events.putEvents(r -> r.entries(Collections.nCopies(11, entry)))))
                .endsWith(
                        "at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10");
        assertThat(messageOf(() -> put(e -> {}, e -> e.eventBusName("no bus"))))
                .contains("Value 'no bus' at 'entries.2.member.eventBusName' failed to satisfy constraint");
        assertThat(codeOf(() -> put(e -> e.eventBusName("x".repeat(1601))))).isEqualTo("ValidationException");
        assertThat(codeOf(() -> put(e -> e.eventBusName("")))).isEqualTo("ValidationException");
        assertThat(codeOf(() -> put(e -> e.resources("x".repeat(2049))))).isEqualTo("ValidationException");
        assertThat(aws.simulator().events().received()).isEmpty();
    }

    @Test
    void anEventForABusThatIsNotThereIsTakenAndLost() {
        aws.simulator().events().createBus("alerts");
        String arn = "arn:aws:events:ap-northeast-1:123456789012:event-bus/";

        PutEventsResponse reply = put(
                e -> e.eventBusName("alerts"),
                e -> e.eventBusName(arn + "alerts"),
                e -> e.eventBusName(arn + "default"),
                e -> e.eventBusName("alert"),
                e -> e.eventBusName(arn.replace("123456789012", "999999999999") + "alerts"),
                e -> e.detailType("x".repeat(129)));

        assertThat(reply.failedEntryCount()).isZero();
        assertThat(reply.entries())
                .extracting(PutEventsResultEntry::eventId)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(aws.simulator().events().received())
                .extracting(ReceivedEvent::bus)
                .containsExactly("alerts", "alerts", "default");
        assertThat(aws.simulator().events().lost())
                .extracting(ReceivedEvent::bus)
                .containsExactly("alert", "alerts", "default");
    }

    @Test
    void describesTheBusesThatThereAre() {
        aws.simulator().events().createBus("alerts");
        String arn = "arn:aws:events:ap-northeast-1:123456789012:event-bus/alerts";

        assertThat(events.describeEventBus(r -> {}).name()).isEqualTo("default");
        assertThat(events.describeEventBus(r -> r.name("alerts")).arn()).isEqualTo(arn);
        assertThat(events.describeEventBus(r -> r.name(arn)).name()).isEqualTo("alerts");
        assertThat(codeOf(() -> events.describeEventBus(r -> r.name("alert")))).isEqualTo("ResourceNotFoundException");
        aws.simulator().faults().add(Fault.on("DescribeEventBus").deny());
        assertThat(messageOf(() -> events.describeEventBus(r -> r.name("alerts"))))
                .contains("is not authorized to perform: events:DescribeEventBus on resource: " + arn);
    }

    @Test
    void aFaultLetsEntriesFailWithStatus200() {
        aws.simulator()
                .faults()
                .add(Fault.on("PutEvents")
                        .where("Entries.1.Source", "test")
                        .entryFails("ThrottlingException", "slower"));

        PutEventsResponse reply = put(e -> {}, e -> e.source(null));

        assertThat(reply.failedEntryCount()).isEqualTo(2);
        assertThat(reply.entries())
                .extracting(PutEventsResultEntry::errorCode, PutEventsResultEntry::eventId)
                .containsExactly(tuple("ThrottlingException", null), tuple("InvalidArgument", null));
        assertThat(put(e -> {}).failedEntryCount()).isZero();
        assertThat(aws.simulator().events().received()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on("PutEvents").entryFails(" ", ""));
    }

    @Test
    void throttlesDeniesAndLosesLikeTheOtherServices() {
        Faults faults = aws.simulator().faults();
        faults.add(Fault.on("PutEvents").throttle());
        faults.add(Fault.on("PutEvents").deny());
        faults.add(Fault.on("PutEvents").serverError(false));
        faults.add(Fault.on("PutEvents").loseReply());

        assertThat(errorOf(() -> put(e -> {})).isThrottlingException()).isTrue();
        assertThat(messageOf(() -> put(e -> {})))
                .contains("is not authorized to perform: events:PutEvents on resource:"
                        + " arn:aws:events:ap-northeast-1:123456789012:event-bus/default");
        assertThat(errorOf(() -> put(e -> {})).statusCode()).isEqualTo(500);
        assertThat(aws.simulator().events().received()).isEmpty();
        assertThatException().isThrownBy(() -> put(e -> {}));
        assertThat(aws.simulator().events().received()).as("the reply was lost").hasSize(1);
    }

    @Test
    void otherServicesOfTheSimulatorPutEventsToo() {
        List<EntryResult> results = aws.simulator()
                .events()
                .put(List.of(
                        new EventEntry(null, "states", "Test", "{}", List.of(), null),
                        new EventEntry(null, "states", null, "{}", List.of(), null)));

        assertThat(results).extracting(EntryResult::isTaken).containsExactly(true, false);
        assertThat(aws.simulator().events().received())
                .extracting(ReceivedEvent::id)
                .containsExactly(results.get(0).eventId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"source\": [\"test\"]} | true",
                "{\"source\": [\"other\", \"test\"]} | true",
                "{\"source\": [\"Test\"]} | false",
                "{\"source\": [\"test\"], \"detail-type\": [\"Other\"]} | false",
                "{\"detail\": {\"channel\": [\"high\"]}} | true",
                "{\"detail\": {\"channel\": [\"low\"]}} | false",
                "{\"detail\": {\"nothing\": [\"high\"]}} | false",
                "{\"detail\": {\"cause\": {\"code\": [3]}}} | true",
                "{\"detail\": {\"cause\": {\"code\": [3.0]}}} | true",
                "{\"detail\": {\"cause\": {\"code\": [\"3\"]}}} | false",
                "{\"detail\": {\"cause\": {\"fatal\": [true]}}} | true",
                "{\"detail\": {\"kind\": [null]}} | true",
                "{\"detail\": {\"nothing\": [null]}} | false",
                "{\"detail\": {\"list\": [\"b\"]}} | true",
                "{\"detail\": {\"list\": [\"c\"]}} | false",
                "{\"account\": [\"123456789012\"], \"region\": [\"ap-northeast-1\"]} | true",
                "{\"resources\": [{\"prefix\": \"arn:aws:ec2\"}]} | true",
                "{\"detail-type\": [{\"suffix\": \"st\"}]} | true",
                "{\"detail\": {\"channel\": [{\"prefix\": \"hi\"}]}} | true",
                "{\"detail\": {\"channel\": [{\"prefix\": \"igh\"}]}} | false",
                "{\"detail\": {\"channel\": [{\"equals-ignore-case\": \"HIGH\"}]}} | true",
                "{\"detail\": {\"channel\": [{\"anything-but\": \"high\"}]}} | false",
                "{\"detail\": {\"channel\": [{\"anything-but\": [\"low\", \"middle\"]}]}} | true",
                "{\"detail\": {\"channel\": [{\"anything-but\": {\"prefix\": \"h\"}}]}} | false",
                "{\"detail\": {\"nothing\": [{\"anything-but\": \"high\"}]}} | false",
                "{\"detail\": {\"channel\": [{\"exists\": true}]}} | true",
                "{\"detail\": {\"channel\": [{\"exists\": false}]}} | false",
                "{\"detail\": {\"nothing\": [{\"exists\": false}]}} | true",
                "{\"detail\": {\"list\": [{\"exists\": false}]}} | false",
                "{\"detail\": {\"cause\": [{\"exists\": true}]}} | false"
            })
    void findsTheEventsThatAPatternMatches(String pattern, boolean matches) {
        put(e -> e.detail("{\"channel\": \"high\", \"cause\": {\"code\": 3, \"fatal\": true}, \"kind\": null,"
                        + " \"list\": [\"a\", \"b\"]}")
                .resources("arn:aws:ec2:ap-northeast-1:123456789012:instance/i-1"));

        assertThat(aws.simulator().events().matching(pattern)).hasSize(matches ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}",
                "[]",
                "{",
                "{\"source\": \"test\"}",
                "{\"$or\": [{\"source\": [\"test\"]}]}",
                "{\"detail\": {\"channel\": [{\"numeric\": [\">\", 1]}]}}",
                "{\"detail\": {\"channel\": [\"high\", {\"prefix\": 1}]}}",
                "{\"detail\": {\"channel\": [{\"prefix\": \"h\", \"suffix\": \"h\"}]}}"
            })
    void saysWhichPatternsItDoesNotKnow(String pattern) {
        put(e -> e.detail("{\"channel\": \"high\"}"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> aws.simulator().events().matching(pattern));
    }

    @Test
    void showsEventsInTheControlPlane() {
        put(e -> e.detail("{\"a\":1}").resources("arn:aws:s3:::bucket"));

        assertThat(new RawHttp(aws.simulator().endpoint()).get("/_simulator/world"))
                .contains("\"detail\" : \"{\\\"a\\\":1}\"")
                .contains("\"detailType\" : \"Test\"")
                .contains("arn:aws:s3:::bucket");
    }

    @SafeVarargs
    private PutEventsResponse put(Consumer<PutEventsRequestEntry.Builder>... changes) {
        List<PutEventsRequestEntry> entries = new ArrayList<>();
        for (Consumer<PutEventsRequestEntry.Builder> change : changes) {
            entries.add(entry(change));
        }
        return events.putEvents(r -> r.entries(entries));
    }

    private static PutEventsRequestEntry entry(Consumer<PutEventsRequestEntry.Builder> change) {
        PutEventsRequestEntry.Builder entry = PutEventsRequestEntry.builder()
                .source("test")
                .detailType("Test")
                .detail("{}");
        change.accept(entry);
        return entry.build();
    }
}
