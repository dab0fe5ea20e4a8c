package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

class SsmApiTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void runsACommandFromSendingToItsOutput() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .script(command -> NodeOutcome.exit(7)
                        .stdout("out of " + command.commands())
                        .stderr("err"));

        String id = aws.send(node, "one", "two");

        aws.passSeconds(3);
        GetCommandInvocationResponse ended = aws.invocation(id, node);
        assertThat(ended.status()).isEqualTo(CommandInvocationStatus.FAILED);
        assertThat(ended.statusDetails()).isEqualTo("Failed");
        assertThat(ended.responseCode()).isEqualTo(7);
        assertThat(ended.standardOutputContent()).isEqualTo("out of [one, two]");
        assertThat(ended.standardErrorContent()).isEqualTo("err");
        assertThat(ended.executionStartDateTime()).isEqualTo("2026-01-15T03:00:01.000Z");
        assertThat(ended.executionEndDateTime()).isEqualTo("2026-01-15T03:00:02.000Z");
        assertThat(ended.executionElapsedTime()).isEqualTo("PT1S");
    }
}
