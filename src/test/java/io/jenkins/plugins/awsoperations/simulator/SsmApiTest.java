package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedCommands.SHELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.DuplicateInstanceIdException;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidCommandIdException;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvalidOutputFolderException;
import software.amazon.awssdk.services.ssm.model.InvalidParametersException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** SendCommand and what is read of it afterwards. */
class SsmApiTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void answersWhatWasSent() {
        String node = aws.node();

        Command command = aws.ssm()
                .sendCommand(r -> r.documentName(SHELL)
                        .instanceIds(node)
                        .comment("run 17")
                        .timeoutSeconds(600)
                        .parameters(Map.of("commands", List.of("true"), "executionTimeout", List.of("120"))))
                .command();

        assertThat(command.commandId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(command.status()).isEqualTo(CommandStatus.PENDING);
        assertThat(command.comment()).isEqualTo("run 17");
        assertThat(command.instanceIds()).containsExactly(node);
        assertThat(command.requestedDateTime()).isEqualTo(START);
        assertThat(command.expiresAfter()).isEqualTo(START.plusSeconds(720));
        assertThat(command.parameters()).containsEntry("commands", List.of("true"));
        Call call = aws.simulator().ledger().calls("SendCommand").get(0);
        assertThat(call.service()).isEqualTo("ssm");
        assertThat(call.resource()).isEqualTo(command.commandId());
        assertThat(call.principal()).isEqualTo("AKIASIMULATORTEST000");
        assertThat(call.parameters())
                .containsEntry("InstanceIds.1", node)
                .containsEntry("Parameters.commands.1", "true")
                .containsEntry("TimeoutSeconds", "600")
                .containsEntry("Comment", "run 17");
    }

    @Test
    void runsACommandFromSendingToItsOutput() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .script(command -> NodeOutcome.exit(7)
                        .stdout("out of " + command.commands())
                        .stderr("err"));
        aws.settings(s -> s.invocationDelay(Duration.ZERO));

        String id = aws.send(node, "one", "two");

        GetCommandInvocationResponse pending = aws.invocation(id, node);
        assertThat(pending.status()).isEqualTo(CommandInvocationStatus.PENDING);
        assertThat(pending.responseCode()).isEqualTo(-1);
        assertThat(pending.executionStartDateTime()).isEmpty();
        aws.passSeconds(1);
        GetCommandInvocationResponse running = aws.invocation(id, node);
        assertThat(running.status()).isEqualTo(CommandInvocationStatus.IN_PROGRESS);
        assertThat(running.statusDetails()).isEqualTo("InProgress");
        assertThat(running.responseCode()).isEqualTo(-1);
        assertThat(running.executionStartDateTime()).isEqualTo("2026-01-15T03:00:01.000Z");
        assertThat(running.executionEndDateTime()).isEmpty();
        assertThat(running.standardOutputContent()).isEmpty();
        aws.passSeconds(1);
        GetCommandInvocationResponse ended = aws.invocation(id, node);
        assertThat(ended.status()).isEqualTo(CommandInvocationStatus.FAILED);
        assertThat(ended.statusDetails()).isEqualTo("Failed");
        assertThat(ended.responseCode()).isEqualTo(7);
        assertThat(ended.standardOutputContent()).isEqualTo("out of [one, two]");
        assertThat(ended.standardErrorContent()).isEqualTo("err");
        assertThat(ended.standardOutputUrl()).isEmpty();
        assertThat(ended.executionEndDateTime()).isEqualTo("2026-01-15T03:00:02.000Z");
        assertThat(ended.executionElapsedTime()).isEqualTo("PT1S");
        assertThat(ended.pluginName()).isEqualTo("aws:runShellScript");
    }

    @Test
    void knowsAnInvocationOnlyAfterAWhile() {
        String node = aws.node();
        aws.settings(s -> s.invocationDelay(Duration.ofSeconds(60)));

        String id = aws.send(node, "true");

        aws.passSeconds(59.9);
        assertThatExceptionOfType(InvocationDoesNotExistException.class).isThrownBy(() -> aws.invocation(id, node));
        aws.passSeconds(0.1);
        assertThat(aws.details(id, node)).isEqualTo("Success");
        assertThatExceptionOfType(InvocationDoesNotExistException.class)
                .isThrownBy(() -> aws.invocation(id, "i-00000000000000000"));
    }

    @Test
    void cutsOutputWhereAwsDoes() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .script(command ->
                        NodeOutcome.exit(0).stdout("\u3042".repeat(30_000)).stderr("e".repeat(9_000)));

        String id = aws.send(node, "true");
        aws.passSeconds(5);

        assertThat(aws.invocation(id, node).standardOutputContent())
                .hasSize(24_000)
                .matches("\u3042+");
        assertThat(aws.invocation(id, node).standardErrorContent()).hasSize(8_000);
        CommandPlugin plugin = aws.ssm()
                .listCommandInvocations(r -> r.commandId(id).details(true))
                .commandInvocations()
                .get(0)
                .commandPlugins()
                .get(0);
        assertThat(plugin.output()).hasSize(2_500);
        assertThat(plugin.responseCode()).isZero();
        assertThat(plugin.name()).isEqualTo("aws:runShellScript");
    }

    @Test
    void listsCommandsNewestFirstAndNotAtOnce() {
        String node = aws.node();
        String first = aws.send(node, r -> r.comment("first"), "true");
        aws.passSeconds(10);
        String second = aws.send(node, "true");

        assertThat(list(r -> {})).containsExactly(first);
        aws.passSeconds(2);
        assertThat(list(r -> {})).containsExactly(second, first);
        assertThat(list(r -> r.commandId(first))).containsExactly(first);
        assertThat(list(r -> r.instanceId(node))).hasSize(2);
        assertThat(list(r -> r.instanceId(aws.node()))).isEmpty();
        assertThat(list(filter("InvokedAfter", "2026-01-15T03:00:05Z"))).containsExactly(second);
        assertThat(list(filter("InvokedBefore", "2026-01-15T03:00:05Z"))).containsExactly(first);
        assertThat(list(filter("DocumentName", SHELL))).hasSize(2);
        assertThat(list(filter("Status", "Success"))).containsExactly(second, first);
        assertThat(list(filter("ExecutionStage", "Executing"))).isEmpty();
        assertThat(list(filter("ExecutionStage", "Complete"))).hasSize(2);
        assertThat(aws.ssm().listCommands(r -> {}).commands())
                .last()
                .satisfies(command -> assertThat(command.comment()).isEqualTo("first"));
        assertThatExceptionOfType(InvalidCommandIdException.class)
                .isThrownBy(() -> list(r -> r.commandId("00000000-0000-0000-0000-000000000000")));
        assertThat(codeOf(() -> list(filter("InvokedAfter", "yesterday")))).isEqualTo("InvalidFilterValue");
    }

    @Test
    void listsPageByPage() {
        String node = aws.node();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(0, aws.send(node, "true"));
        }
        aws.passSeconds(5);

        assertThat(list(r -> r.maxResults(7))).containsExactlyElementsOf(sent);
        assertThat(aws.ssm().listCommands(r -> {}).commands()).hasSize(50);
        assertThat(aws.ssm()
                        .listCommandInvocationsPaginator(r -> r.instanceId(node))
                        .commandInvocations())
                .extracting(CommandInvocation::commandId)
                .containsExactlyElementsOf(sent);
        assertThat(codeOf(() -> list(r -> r.maxResults(51)))).isEqualTo("ValidationException");
        assertThat(codeOf(() -> list(r -> r.nextToken("none")))).isEqualTo("InvalidNextToken");
    }

    @Test
    void skipsNothingWhenWhatWasListedNoLongerPassesTheFilter() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .script(command -> NodeOutcome.exit(0)
                        .after(Duration.ofSeconds(command.comment().equals("short") ? 5 : 60)));
        String longer = aws.send(node, "true");
        String shorter = aws.send(node, r -> r.comment("short"), "true");
        aws.passSeconds(3);
        Consumer<ListCommandsRequest.Builder> executing = filter("ExecutionStage", "Executing");

        ListCommandsResponse first = aws.ssm().listCommands(executing.andThen(r -> r.maxResults(1)));
        aws.passSeconds(10);

        assertThat(first.commands()).extracting(Command::commandId).containsExactly(shorter);
        assertThat(aws.ssm()
                        .listCommands(executing.andThen(r -> r.nextToken(first.nextToken())))
                        .commands())
                .extracting(Command::commandId)
                .containsExactly(longer);
    }

    @Test
    void sendsToAllOfSeveralNodesAndToTargets() {
        String one = aws.node();
        String two = aws.node();
        aws.simulator().ec2().runInstance(Map.of("Name", "other"));
        aws.simulator().ssm().agent(two).script(command -> NodeOutcome.exit(1));
        String id = aws.ssm()
                .sendCommand(r -> r.documentName(SHELL)
                        .targets(Target.builder()
                                .key("tag:Name")
                                .values("worker")
                                .build())
                        .parameters(Map.of("commands", List.of("true"))))
                .command()
                .commandId();
        aws.passSeconds(5);

        assertThat(aws.ssm().listCommandInvocations(r -> r.commandId(id)).commandInvocations())
                .extracting(CommandInvocation::instanceId, CommandInvocation::statusDetails)
                .containsExactly(tuple(one, "Success"), tuple(two, "Failed"));
        Command command =
                aws.ssm().listCommands(r -> r.commandId(id)).commands().get(0);
        assertThat(command.status()).isEqualTo(CommandStatus.FAILED);
        assertThat(command.targetCount()).isEqualTo(2);
        assertThat(command.completedCount()).isEqualTo(2);
        assertThat(command.errorCount()).isEqualTo(1);
    }

    @Test
    void refusesWhatTheApiReferenceExcludes() {
        String node = aws.node();

        assertThat(messageOf(() -> aws.send(node, r -> r.comment("x".repeat(101)), "true")))
                .startsWith("1 validation error detected: Value 'xxx")
                .contains(
                        "at 'comment' failed to satisfy constraint: Member must have length less than or equal to 100");
        assertThat(codeOf(() -> aws.send(node, r -> r.timeoutSeconds(29), "true")))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() -> aws.send("i-1", "true"))).isEqualTo("ValidationException");
        assertThat(codeOf(() -> aws.send(node, r -> r.outputS3BucketName("ab"), "true")))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() -> aws.send(
                        node, r -> r.cloudWatchOutputConfig(c -> c.cloudWatchLogGroupName("no group")), "true")))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() -> aws.send(node, r -> r.instanceIds(List.of()), "true")))
                .isEqualTo("ValidationException");
        assertThatExceptionOfType(DuplicateInstanceIdException.class)
                .isThrownBy(() -> aws.send(node, r -> r.instanceIds(node, node), "true"));
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> aws.send(node, r -> r.documentName("AWS-RunNothing"), "true"));
        assertThatExceptionOfType(InvalidOutputFolderException.class)
                .isThrownBy(() -> aws.send(node, r -> r.outputS3BucketName("missing"), "true"));
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> aws.send(node, parameters(Map.of("command", List.of("true")))));
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> aws.send(node, parameters(Map.of())));
        for (String seconds : List.of("0", "172801", "1h", "")) {
            assertThatExceptionOfType(InvalidParametersException.class)
                    .isThrownBy(() -> aws.send(
                            node,
                            parameters(Map.of("commands", List.of("true"), "executionTimeout", List.of(seconds)))));
        }
        assertThat(aws.simulator().ssm().commands()).isEmpty();
    }

    private static Consumer<SendCommandRequest.Builder> parameters(Map<String, List<String>> parameters) {
        return r -> r.parameters(parameters);
    }

    @Test
    void refusesNodesThatAreGoneAndTakesStoppedOnes() {
        String terminated = aws.node();
        String absent = aws.node();
        String stopped = aws.node();
        aws.simulator().ec2().terminateInstance(terminated);
        aws.simulator().ssm().agent(absent).absent();
        aws.simulator().ec2().stopInstance(stopped);

        assertThat(messageOf(() -> aws.send(terminated, "true")))
                .startsWith("Instances [[" + terminated + "]] not in a valid state for account 123456789012");
        assertThatExceptionOfType(InvalidInstanceIdException.class).isThrownBy(() -> aws.send(absent, "true"));
        assertThatExceptionOfType(InvalidInstanceIdException.class)
                .isThrownBy(() -> aws.send("i-00000000000000000", "true"));
        String id = aws.send(stopped, r -> r.timeoutSeconds(60), "true");
        aws.passSeconds(59);
        assertThat(aws.details(id, stopped)).isEqualTo("Delayed");
        aws.passSeconds(1);
        assertThat(aws.details(id, stopped)).isEqualTo("DeliveryTimedOut");
        assertThat(aws.invocation(id, stopped).status()).isEqualTo(CommandInvocationStatus.TIMED_OUT);
        assertThat(aws.simulator().ssm().runs()).isEmpty();
    }

    @Test
    void acceptsTheWrongPlatformAndEndsSo() {
        String windows =
                aws.simulator().ec2().runInstance(InstanceSpec.running().platform("windows"));

        String id = aws.send(windows, "true");
        String right = aws.send(windows, r -> r.documentName("AWS-RunPowerShellScript"), "Get-Date");
        aws.passSeconds(5);

        assertThat(aws.details(id, windows)).isEqualTo("InvalidPlatform");
        assertThat(aws.invocation(id, windows).status()).isEqualTo(CommandInvocationStatus.FAILED);
        assertThat(aws.invocation(id, windows).responseCode()).isEqualTo(-1);
        assertThat(aws.details(right, windows)).isEqualTo("Success");
    }

    @Test
    void runsDocumentsOfTheAccountsOwnByNameAndArn() {
        String node = aws.node();
        aws.simulator().ssm().document("Nightly", "Linux");
        List<Map<String, List<String>>> seen = new ArrayList<>();
        aws.simulator().ssm().agent(node).script(command -> {
            seen.add(command.parameters());
            return NodeOutcome.exit(0);
        });

        SendCommandResponse sent = aws.ssm()
                .sendCommand(r -> r.documentName("arn:aws:ssm:ap-northeast-1:123456789012:document/Nightly")
                        .instanceIds(node)
                        .parameters(Map.of("Level", List.of("3"))));
        aws.passSeconds(5);

        assertThat(aws.details(sent.command().commandId(), node)).isEqualTo("Success");
        assertThat(seen).containsExactly(Map.of("Level", List.of("3")));
    }

    @Test
    void endsACommandAsAFaultSaysWithoutRunningIt() {
        String node = aws.node();
        for (String details : List.of("Undeliverable", "Terminated", "DeliveryTimedOut", "Access Denied")) {
            aws.simulator().faults().add(Fault.on("SendCommand").commandEnds(details));
            String id = aws.send(node, "true");
            aws.passSeconds(5);

            assertThat(aws.details(id, node)).isEqualTo(details);
            assertThat(aws.invocation(id, node).statusAsString())
                    .isEqualTo(details.equals("DeliveryTimedOut") ? "TimedOut" : "Failed");
            assertThat(aws.invocation(id, node).responseCode()).isEqualTo(-1);
        }
        assertThat(aws.simulator().ssm().runs()).isEmpty();
    }

    @Test
    void writesDetailsWithSpacesWhenAskedTo() {
        String node = aws.node();
        aws.simulator().ssm().agent(node).connectionLost();
        aws.settings(s -> s.spacedStatusDetails(true));

        String id = aws.send(node, r -> r.timeoutSeconds(30), "true");
        aws.passSeconds(30);

        assertThat(aws.details(id, node)).isEqualTo("Delivery Timed Out");
    }

    @Test
    void hasAlreadyRunWhatItsLostReplyWouldHaveConfirmed() {
        String node = aws.node();
        aws.simulator().faults().add(Fault.on("SendCommand").loseReply());

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> aws.send(node, r -> r.comment("run 17"), "true"));

        aws.passSeconds(5);
        assertThat(aws.simulator().ssm().runs())
                .singleElement()
                .satisfies(run -> assertThat(run.comment()).isEqualTo("run 17"));
        assertThat(list(filter("InvokedAfter", "2026-01-15T02:59:59Z"))).hasSize(1);
    }

    @Test
    void throttlesDeniesAndFailsAsSystemsManagerDoes() {
        String node = aws.node();
        Faults faults = aws.simulator().faults();
        faults.add(Fault.on("SendCommand").where("InstanceIds.1", node).throttle());
        faults.add(Fault.on("SendCommand").deny());
        faults.add(Fault.on("SendCommand").serverError(false));
        faults.add(Fault.on("SendCommand").error("InvalidInstanceId", "no ${InstanceIds.1}", 400));
        faults.add(Fault.on("SendCommand").loseRequest());

        AwsServiceException throttled = errorOf(() -> aws.send(node, "true"));
        assertThat(throttled.statusCode()).isEqualTo(400);
        assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
        assertThat(throttled.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
        assertThat(throttled.isThrottlingException()).isTrue();
        assertThat(throttled.requestId()).isNotBlank();
        AwsServiceException denied = errorOf(() -> aws.send(node, "true"));
        assertThat(denied.statusCode()).isEqualTo(400);
        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
        assertThat(denied.awsErrorDetails().errorMessage())
                .startsWith("User: arn:aws:iam::123456789012:user/simulator is not authorized to perform:"
                        + " ssm:SendCommand on resource: arn:aws:ec2:ap-northeast-1:123456789012:instance/" + node);
        AwsServiceException failed = errorOf(() -> aws.send(node, "true"));
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.awsErrorDetails().errorCode()).isEqualTo("InternalServerError");
        assertThatExceptionOfType(InvalidInstanceIdException.class)
                .isThrownBy(() -> aws.send(node, "true"))
                .withMessageContaining("no " + node);
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> aws.send(node, "true"));
        assertThat(aws.simulator().ssm().commands()).isEmpty();
        assertThat(aws.simulator().ledger().throttled()).hasSize(1);
    }

    @Test
    void limitsTheActionsThatHaveABucketAndNoOthers() {
        String node = aws.node();
        aws.settings(s -> s.buckets(RequestBuckets.aws().with("SendCommand", 2, 1)));

        for (int i = 0; i < 200; i++) {
            aws.ssm().listCommands();
        }
        aws.send(node, "true");
        aws.send(node, "true");
        assertThat(codeOf(() -> aws.send(node, "true"))).isEqualTo("ThrottlingException");
        aws.passSeconds(1);
        aws.send(node, "true");
    }

    @Test
    void answersActionsItDoesNotHaveAsAwsDoes() {
        assertThat(codeOf(() -> aws.ssm().listAssociations())).isEqualTo("UnknownOperationException");
        RawHttp http = new RawHttp(aws.simulator().endpoint());
        assertThat(post(http, "AmazonSSM.SendCommand", "{\"DocumentName\": 7}")).contains("SerializationException");
        assertThat(post(http, "AmazonSSM.SendCommand", "no json")).contains("SerializationException");
        assertThat(post(http, "AmazonSSM.SendCommand", "[]")).contains("SerializationException");
        assertThat(post(http, "AmazonSSM.ListCommands", "{\"MaxResults\": null}"))
                .startsWith("HTTP/1.1 200");
        assertThat(post(http, "Nothing.At.All", "{}")).contains("UnknownOperationException");
    }

    @Test
    void neverAnswersAWebPage() {
        RawHttp http = new RawHttp(aws.simulator().endpoint());
        String target = "X-Amz-Target: AmazonSSM.ListCommands\r\n";

        assertThat(http.send("POST", "/", "evil.example", target, "{}")).startsWith("HTTP/1.1 403");
        assertThat(http.send("POST", "/", "localhost", target + "Origin: https://evil.example\r\n", "{}"))
                .startsWith("HTTP/1.1 403");
        assertThat(http.send("GET", "/bucket/key", "localhost", "Sec-Fetch-Site: cross-site\r\n", ""))
                .startsWith("HTTP/1.1 403");
        assertThat(http.send("GET", "/?Action=DescribeRegions&Version=2016-11-15", "evil.example", "", ""))
                .startsWith("HTTP/1.1 403");
        assertThat(http.send("POST", "/", "localhost:4599", target, "{}")).startsWith("HTTP/1.1 200");
        assertThat(aws.simulator().ledger().calls()).hasSize(1);
    }

    private static String post(RawHttp http, String target, String body) {
        return http.send("POST", "/", "127.0.0.1", "X-Amz-Target: " + target + "\r\n", body);
    }

    private List<String> list(Consumer<ListCommandsRequest.Builder> change) {
        return aws.ssm().listCommandsPaginator(change).commands().stream()
                .map(Command::commandId)
                .toList();
    }

    private static Consumer<ListCommandsRequest.Builder> filter(String key, String value) {
        return r -> r.filters(CommandFilter.builder().key(key).value(value).build());
    }
}
