package io.jenkins.plugins.awsoperations.alert;

import static io.jenkins.plugins.awsoperations.alert.AlertWorld.START;
import static io.jenkins.plugins.awsoperations.alert.AlertWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendFailEventSimulatorTest {

    /** Word for word from the job network of Step Functions that the event stands for, with a channel filled in. */
    private static final String JOB_NETWORK_RULE = """
            {
              "source": [
                "net.quickguard.states"
              ],
              "detail-type": [
                "Job Network Execution Fail"
              ],
              "detail": {
                "channel": [
                  "high"
                ]
              }
            }
            """;

    private static final String BUS_ARN = "arn:aws:events:ap-northeast-1:123456789012:event-bus/alerts";

    private final AlertWorld world = new AlertWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theEventTellsWhatFailedWhereAndWhy() {
        VirtualTime.Run<FailEventState, FailEventResult> run = world.run(request()
                .cause("disk full")
                .executionUrl("https://jenkins.example.com/job/batch/17/")
                .kind(FailureKind.REMOTE_FAILED)
                .failedAt(START.minusMillis(90_500))
                .resources(List.of("i-0123456789abcdef0", "arn:aws:s3:::bucket")));

        ReceivedEvent event = world.received().get(0);
        assertThat(event.bus()).isEqualTo("default");
        assertThat(event.source()).isEqualTo("jenkins.aws-operations");
        assertThat(event.detailType()).isEqualTo("Job Failed");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-22T23:58:29Z"));
        assertThat(event.resources()).containsExactly("arn:aws:s3:::bucket");
        assertThat(event.detail())
                .isEqualTo("{\"version\":1,\"id\":\"token10001\","
                        + "\"executionURL\":\"https://jenkins.example.com/job/batch/17/\","
                        + "\"error\":\"ExecutionFailed\",\"cause\":{\"message\":\"disk full\"},\"channel\":\"high\","
                        + "\"job\":\"batch/nightly\",\"build\":\"1\",\"kind\":\"REMOTE_FAILED\","
                        + "\"account\":\"123456789012\",\"region\":\"ap-northeast-1\","
                        + "\"resources\":[\"i-0123456789abcdef0\",\"arn:aws:s3:::bucket\"]}");
        assertThat(run.log)
                .containsExactly(
                        world.connection().describe(),
                        "event " + event.id()
                                + " on channel high: Job Failed from jenkins.aws-operations to bus default");
    }

    @Test
    void theResultSaysWhichEventItIs() {
        FailEventResult result = world.succeed(request());

        assertThat(result.toMap())
                .containsExactly(
                        Map.entry("eventId", world.received().get(0).id()),
                        Map.entry("id", "token10001"),
                        Map.entry("channel", "high"),
                        Map.entry("eventBus", "default"),
                        Map.entry("source", "jenkins.aws-operations"),
                        Map.entry("detailType", "Job Failed"),
                        Map.entry("sentAt", "2026-11-23T00:00:00Z"),
                        Map.entry("attempts", 1),
                        Map.entry("causeCut", false));
    }

    @Test
    void whatIsNotKnownIsNullAndWhatFailedElsewhereIsToldAsSuch() {
        world.succeed(
                request().job("other/job").build("99").account("999999999999").region("eu-central-1"));

        JsonNode detail = world.detail();
        assertThat(detail.get("executionURL").isNull()).isTrue();
        assertThat(detail.get("kind").isNull()).isTrue();
        assertThat(detail.get("resources")).isEmpty();
        assertThat(detail.get("job").textValue()).isEqualTo("other/job");
        assertThat(detail.get("build").textValue()).isEqualTo("99");
        assertThat(detail.get("account").textValue()).isEqualTo("999999999999");
        assertThat(detail.get("region").textValue()).isEqualTo("eu-central-1");
        assertThat(world.received().get(0).time()).as("when it is sent").isEqualTo(START);
    }

    @Test
    void theRuleOfAJobNetworkMatchesUnchanged() {
        world.succeed(request().source("net.quickguard.states").detailType("Job Network Execution Fail"));
        world.succeed(
                request().channel("low").source("net.quickguard.states").detailType("Job Network Execution Fail"));
        world.succeed(request());

        assertThat(world.aws.events().matching(JOB_NETWORK_RULE))
                .containsExactly(world.received().get(0));
    }

    @Test
    void theEventGoesToTheBusThatIsNamed() {
        world.aws.events().createBus("alerts");

        assertThat(world.succeed(request().eventBus("alerts")).eventBus()).isEqualTo("alerts");
        world.succeed(request().eventBus(BUS_ARN));

        assertThat(world.received()).extracting(ReceivedEvent::bus).containsExactly("alerts", "alerts");
    }

    @Test
    void aBusThatDoesNotExistIsFoundOutBecauseAwsWouldLoseTheEvent() {
        OperationFailure failure = world.fail(request().eventBus("alrets"));

        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(failure.message())
                .isEqualTo(
                        "event bus alrets does not exist in account 123456789012, region ap-northeast-1, so the event"
                                + " was not sent");
        assertThat(failure.awsCode()).isEqualTo("ResourceNotFoundException");
        assertThat(world.fail(request().eventBus(BUS_ARN)).kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(world.aws.ledger().count("PutEvents")).isZero();
    }

    @Test
    void theEventIsSentWhenTheBusMayNotBeLookedAt() {
        world.aws.events().createBus("alerts");
        world.aws.faults().add(Fault.on("DescribeEventBus").deny());

        VirtualTime.Run<FailEventState, FailEventResult> run =
                world.run(request().eventBus("alerts"));

        assertThat(run.result().eventBus()).isEqualTo("alerts");
        assertThat(run.log).anyMatch(l -> l.startsWith("cannot see whether bus alerts exists (AccessDeniedException)"));
    }

    @Test
    void neitherTheDefaultBusNorThoseOfOthersAreLookedAt() {
        world.aws.faults().add(Fault.on("DescribeEventBus").always().error("InternalException", "down", 500));
        world.succeed(request());
        world.succeed(request().eventBus(BUS_ARN.replace("123456789012", "999999999999")));
        world.succeed(request().eventBus(BUS_ARN.replace("ap-northeast-1", "eu-central-1")));
        assertThat(world.aws.ledger().count("DescribeEventBus")).isZero();

        world.aws.events().createBus("alerts");
        world.succeed(request().eventBus("alerts"));
        assertThat(world.aws.ledger().count("DescribeEventBus"))
                .as("asked, and went on")
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource({"InternalFailure", "InternalException", "InternalServerError", "ThrottlingException"})
    void anEntryThatFailsForAWhileIsSentAgainWithTheSameId(String code) {
        world.aws.faults().add(Fault.on("PutEvents").times(5).entryFails(code, "not now"));

        VirtualTime.Run<FailEventState, FailEventResult> run = world.run(request());

        assertThat(run.result().attempts()).isEqualTo(6);
        assertThat(world.detail().get("id").textValue()).isEqualTo("token10001");
        assertThat(run.log).filteredOn(l -> l.contains(code)).hasSize(1);
        List<Call> calls = world.aws.ledger().calls("PutEvents");
        assertThat(Duration.between(calls.get(0).time(), calls.get(1).time()))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(Duration.between(calls.get(4).time(), calls.get(5).time()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(26));
    }

    @Test
    void anEntryThatGoesOnFailingIsGivenUpAfterSixTries() {
        world.aws.faults().add(Fault.on("PutEvents").always().entryFails("InternalFailure", "not now"));

        OperationFailure failure = world.fail(request());

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.awsCode()).isEqualTo("InternalFailure");
        assertThat(failure.message()).isEqualTo("events:PutEvents on bus default: AWS did not take the event");
        assertThat(world.aws.ledger().count("PutEvents")).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "AccessDeniedException, ACCESS_DENIED, Allow events:PutEvents",
        "NotAuthorizedForSourceException, ACCESS_DENIED, events:source",
        "NotAuthorizedForDetailTypeException, ACCESS_DENIED, events:detail-type",
        "InvalidAccountIdException, CONFIGURATION, account's number",
        "InvalidArgument, CONFIGURATION, parameter that AWS names",
        "MalformedDetail, CONFIGURATION, parameter that AWS names",
        "LimitExceededException, BUSY, Service Quotas",
        "RedactionFailure, REMOTE_FAILED, API reference of PutEvents"
    })
    void anEntryThatAwsRefusesFailsAtOnceWithAwssWordsAndWhatToDo(String code, FailureKind kind, String remedy) {
        world.aws.faults().add(Fault.on("PutEvents").always().entryFails(code, "AWS's words"));

        OperationFailure failure = world.fail(request());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.awsCode()).isEqualTo(code);
        assertThat(failure.awsMessage()).isEqualTo("AWS's words");
        assertThat(failure.requestId())
                .isEqualTo(world.aws.ledger().calls("PutEvents").get(0).requestId());
        assertThat(failure.remedy()).contains(remedy);
        assertThat(world.aws.ledger().count("PutEvents")).isEqualTo(1);
    }

    @Test
    void aDeniedCallNamesThePermissionAndIsNotRepeated() {
        world.aws.faults().add(Fault.on("PutEvents").always().deny());

        OperationFailure failure = world.fail(request());

        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.awsCode()).isEqualTo("AccessDeniedException");
        assertThat(failure.remedy()).startsWith("Allow events:PutEvents");
        assertThat(world.aws.ledger().count("PutEvents")).isEqualTo(1);
        assertThat(world.received()).isEmpty();
    }

    @Test
    void aThrottledCallIsSentAgainLater() {
        world.aws.faults().add(Fault.on("PutEvents").times(10).throttle());

        VirtualTime.Run<FailEventState, FailEventResult> run = world.run(request());

        assertThat(run.result().attempts()).isEqualTo(11);
        assertThat(run.log)
                .filteredOn(l -> l.contains("is throttled; tries again"))
                .hasSize(1);
        assertThat(world.received()).hasSize(1);
    }

    @Test
    void anAlertDoesNotWaitForItsTurnForEver() {
        world.aws.faults().add(Fault.on("PutEvents").always().throttle());

        OperationFailure failure = world.fail(request());

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.message()).startsWith("events:PutEvents on bus default is throttled, for 15 min");
        assertThat(Duration.between(START, world.clock.instant()))
                .isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));
    }

    @Test
    void aFaultOfAwsIsGivenUpAfterAWhile() {
        world.aws.faults().add(Fault.on("PutEvents").always().serverError(false));

        OperationFailure failure = world.fail(request());

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.message())
                .endsWith("; in AWS stays perhaps an event with the id token10001 on channel high");
        assertThat(Duration.between(START, world.clock.instant())).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void anEventWhoseReplyWasLostIsSentAgainWithTheSameId() {
        // The SDK itself sends three times.
        world.aws.faults().add(Fault.on("PutEvents").times(3).loseReply());

        VirtualTime.Run<FailEventState, FailEventResult> run = world.run(request());

        assertThat(run.result().attempts()).isEqualTo(2);
        assertThat(run.log).anyMatch(l -> l.endsWith("got no answer; tries again"));
        assertThat(world.received())
                .hasSize(4)
                .extracting(ReceivedEvent::detail)
                .containsOnly(world.received().get(0).detail());
        assertThat(run.result().eventId()).isEqualTo(world.received().get(3).id());
    }

    @Test
    void aCauseOf300KilobytesArrivesCut() {
        String cause = "x".repeat(300 * 1024);

        VirtualTime.Run<FailEventState, FailEventResult> run =
                world.run(request().cause(cause));

        assertThat(run.result().isCauseCut()).isTrue();
        assertThat(world.detail().path("cause").path("message").textValue())
                .startsWith("x".repeat(250_000))
                .endsWith("… (cut; 307200 characters in all)");
        assertThat(run.log).anyMatch(l -> l.endsWith("; its cause was too long and is cut"));
    }

    @Test
    void resourcesThatAreLeftOutAreTold() {
        VirtualTime.Run<FailEventState, FailEventResult> run =
                world.run(request().resources(Collections.nCopies(103, "i-1")));

        assertThat(run.log).anyMatch(l -> l.endsWith("; 3 resources were too many and are left out"));
        assertThat(world.detail().get("resources")).hasSize(100);
    }

    @Test
    void manyAlertsAtOnceStayBelowTheQuota() {
        for (int i = 0; i < 500; i++) {
            world.start(request());
        }

        world.time.run();

        assertThat(world.received()).hasSize(500);
        assertThat(world.received())
                .filteredOn(e -> e.receivedAt().equals(START))
                .as("the bucket of the smallest regions")
                .hasSizeLessThanOrEqualTo(400);
    }
}
