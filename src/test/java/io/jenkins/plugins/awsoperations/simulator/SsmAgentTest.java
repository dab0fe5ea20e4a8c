package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

class SsmAgentTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.real();

    @Test
    void runsAScriptAndReportsItsOutputAndExitCode() {
        String node = aws.node();

        GetCommandInvocationResponse ended = run(node, "echo out; echo err >&2", "exit 3");

        assertThat(ended.status()).isEqualTo(CommandInvocationStatus.FAILED);
        assertThat(ended.responseCode()).isEqualTo(3);
        assertThat(ended.standardOutputContent()).isEqualTo("out\n");
        assertThat(ended.standardErrorContent()).isEqualTo("err\n");
    }

    private GetCommandInvocationResponse run(String node, String... commands) {
        aws.settings(s -> s.invocationDelay(Duration.ZERO));
        aws.simulator().ssm().agent(node).pickupDelay(Duration.ZERO);
        return ended(aws.send(node, commands), node);
    }

    private GetCommandInvocationResponse ended(String commandId, String node) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> aws.invocation(commandId, node), invocation -> invocation.responseCode() >= 0);
    }
}
