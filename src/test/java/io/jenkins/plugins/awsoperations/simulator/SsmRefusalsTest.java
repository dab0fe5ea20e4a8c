package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.DuplicateInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvalidOutputFolderException;
import software.amazon.awssdk.services.ssm.model.InvalidParametersException;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What Systems Manager refuses, and what goes wrong on request. */
class SsmRefusalsTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

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
