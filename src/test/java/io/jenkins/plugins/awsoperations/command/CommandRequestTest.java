package io.jenkins.plugins.awsoperations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.Problem;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandRequestTest {

    private static CommandRequestBuilder valid() {
        return CommandRequest.builder().tag("role", "job_worker").commands(List.of("echo SUCCESS"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("tags", b -> CommandRequest.builder().commands(List.of("true"))),
                wrong("tags", b -> b.tag("", "x")),
                wrong("tags", b -> b.tag("key", "x".repeat(257))),
                wrong("instanceId", b -> b.instanceId("i-123")),
                wrong("preferredInstanceId", b -> b.preferredInstanceId("web")),
                wrong("commands", b -> CommandRequest.builder().tag("a", "b")),
                wrong("commands", b -> CommandRequest.builder().tag("a", "b").commands(List.of(" ", "\n"))),
                wrong("commands", b -> b.commands(List.of("a\0b"))),
                wrong("commands", b -> b.commands(List.of("x".repeat(60_001)))),
                wrong("commands", b -> b.environment("A", "y".repeat(60_001))),
                wrong("commands", b -> b.documentName("Own-Document")),
                wrong("maxPerInstance", b -> b.maxPerInstance(-1)),
                wrong("busyRetries", b -> b.busyRetries(101)),
                wrong("busyIntervalSeconds", b -> b.busyIntervalSeconds(0)),
                wrong("busyBackoff", b -> b.busyBackoff(0.5)),
                wrong("busyBackoff", b -> b.busyBackoff(Double.NaN)),
                wrong("workingDirectory", b -> b.workingDirectory("relative/path")),
                wrong("workingDirectory", b -> b.workingDirectory("/a\0b")),
                wrong("environment", b -> b.environment("1A", "x")),
                wrong("environment", b -> b.environment("A-B", "x")),
                wrong("environment", b -> b.environment("A", "x\0")),
                wrong("runAs", b -> b.runAs("root; rm -rf /")),
                wrong("executionTimeoutSeconds", b -> b.executionTimeoutSeconds(172_801)),
                wrong("deliveryTimeoutSeconds", b -> b.deliveryTimeoutSeconds(29)),
                wrong("documentName", b -> b.documentName("a b")),
                wrong("documentParameters", b -> b.documentParameter("commands", List.of("x"))),
                wrong("retries", b -> b.retryExitCodes(List.of(3))),
                wrong("retryExitCodes", b -> b.retries(1)),
                wrong("retryExitCodes", b -> b.retries(1).retryExitCodes(List.of(0))),
                wrong("retryDelaySeconds", b -> b.retryDelaySeconds(-1)),
                wrong("unstableExitCodes", b -> b.unstableExitCodes(List.of(0))),
                wrong("returnStatus", b -> b.returnStatus(true).returnStdout(true)),
                wrong("unstableExitCodes", b -> b.returnStatus(true).unstableExitCodes(List.of(1))),
                wrong("logGroup", b -> b.logGroup("with blank")),
                wrong("s3Bucket", b -> b.s3Bucket("UPPER")),
                wrong("s3Prefix", b -> b.s3Prefix("logs")),
                wrong("s3Prefix", b -> b.s3Bucket("bucket").s3Prefix("x".repeat(501))),
                wrong("maxLogBytes", b -> b.maxLogBytes(-1)));
    }

    private static Arguments wrong(String field, UnaryOperator<CommandRequestBuilder> change) {
        return Arguments.of(field, change);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongParameterIsNamed(String field, UnaryOperator<CommandRequestBuilder> change) {
        assertThat(change.apply(valid()).problems()).extracting(Problem::field).containsExactly(field);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(CommandRequest.builder().retries(-1).problems())
                .extracting(Problem::field)
                .contains("tags", "commands", "retries");
    }

    @Test
    void aDocumentOfOnesOwnNeedsNoCommands() {
        CommandRequestBuilder own = CommandRequest.builder()
                .tag("role", "w")
                .documentName("Own-Document")
                .documentParameter("Target", List.of("a", "b"));

        assertThat(own.problems()).isEmpty();
    }

    @Test
    void aFreeWorkerIsAwaitedAHundredAndThenTwoHundredSeconds() {
        CommandRequest request = valid().build();

        assertThat(request.busyRetries()).isEqualTo(2);
        assertThat(request.busyDelay(0)).isEqualTo(Duration.ofSeconds(100));
        assertThat(request.busyDelay(1)).isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void anotherUserIsNotForPowerShellWhichWouldRunTheCommandsAsRoot() {
        assertThat(valid().documentName(CommandRequest.POWERSHELL_DOCUMENT)
                        .runAs("deploy")
                        .problems())
                .extracting(Problem::field)
                .containsExactly("runAs");
    }
}
