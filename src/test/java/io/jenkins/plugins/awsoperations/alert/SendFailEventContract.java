package io.jenkins.plugins.awsoperations.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** What EventBridge must do for an alert: run against the project's simulator and against an independent emulator. */
abstract class SendFailEventContract {

    private static final String PATTERN = """
            {"source": ["net.quickguard.states"], "detail-type": ["Job Network Execution Fail"],
             "detail": {"channel": ["high"]}}""";

    private final SimulatorClock clock = SimulatorClock.manual(Instant.parse("2026-11-23T00:00:00Z"));
    private final AwsConnections connections = new AwsConnections(clock);

    /** Starts it, or returns the one that runs. */
    abstract URI endpoint(SimulatorClock clock);

    /** Adds an event bus. */
    abstract void createBus(AwsConnection aws, String name);

    /** Begins to count the events on the default bus that match the pattern. */
    abstract void watch(AwsConnection aws, String pattern);

    /** How many events have matched the pattern since then. */
    abstract long seen(AwsConnection aws);

    private AwsConnection aws;

    @BeforeEach
    void connect() {
        aws = connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(endpoint(clock))
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build());
    }

    @AfterEach
    void disconnect() {
        connections.close();
    }

    private VirtualTime.Run<FailEventState, FailEventResult> send(FailEventRequestBuilder request) {
        VirtualTime time = new VirtualTime(clock, clock::advanceTo);
        SendFailEvent operation = new SendFailEvent(aws);
        VirtualTime.Run<FailEventState, FailEventResult> run =
                time.start(operation, operation.begin(request.build(), RunIdentity.create("job", "1")));
        time.run();
        return run;
    }

    private static FailEventRequestBuilder ofJobNetwork(String channel) {
        return FailEventRequest.builder()
                .channel(channel)
                .cause("{\"AutomationExecutionURL\": \"https://example.com\"}")
                .source("net.quickguard.states")
                .detailType("Job Network Execution Fail");
    }

    @Test
    void theRuleOfAJobNetworkMatchesTheEventsOfItsChannel() {
        watch(aws, PATTERN);

        assertThat(send(ofJobNetwork("high")).result().eventId()).isNotEmpty();
        send(ofJobNetwork("low")).result();
        send(ofJobNetwork("high").source("other")).result();

        assertThat(seen(aws)).isEqualTo(1);
    }

    @Test
    void anEventWhoseCauseWasCutIsStillMatched() {
        watch(aws, PATTERN);

        assertThat(send(ofJobNetwork("high").cause("\"".repeat(300 * 1024)))
                        .result()
                        .isCauseCut())
                .isTrue();

        assertThat(seen(aws)).isEqualTo(1);
    }

    @Test
    void aBusIsTakenWhenItExistsAndFoundMissingWhenItDoesNot() {
        createBus(aws, "alerts");

        assertThat(send(ofJobNetwork("high").eventBus("alerts")).result().eventBus())
                .isEqualTo("alerts");
        assertThat(send(ofJobNetwork("high").eventBus("alrets")).failure().kind())
                .isEqualTo(FailureKind.NOT_FOUND);
    }

    @Test
    void anEntryThatIsIncompleteFailsAloneInAwssWords() {
        PutEventsResponse reply = aws.eventBridge()
                .putEvents(r -> r.entries(
                        entry(e -> e.source(null)),
                        entry(e -> e.detailType(null)),
                        entry(e -> e.detail(null)),
                        entry(e -> e.detail("{\"a\": }")),
                        entry(e -> e)));

        assertThat(reply.failedEntryCount()).isEqualTo(4);
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
                        tuple(null, null));
    }

    @Test
    void aRequestOfMoreThanTenEntriesFailsAsAWhole() {
        EventBridgeException tooMany = catchThrowableOfType(
                EventBridgeException.class,
                () -> aws.eventBridge().putEvents(r -> r.entries(Collections.nCopies(11, entry(e -> e)))));

        assertThat(tooMany.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        assertThat(tooMany.awsErrorDetails().errorMessage())
                .endsWith("failed to satisfy constraint: Member must have length less than or equal to 10");
    }

    private static PutEventsRequestEntry entry(UnaryOperator<PutEventsRequestEntry.Builder> change) {
        return change.apply(PutEventsRequestEntry.builder()
                        .source("test")
                        .detailType("Test")
                        .detail("{}"))
                .build();
    }
}
