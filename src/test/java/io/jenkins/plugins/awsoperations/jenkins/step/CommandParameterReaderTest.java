package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the parameters of the step to the request of the engine. */
class CommandParameterReaderTest {

    @Test
    void whatIsNotSetIsWhatTheEngineTakesForIt() {
        RunOnTaggedInstanceStep step = new RunOnTaggedInstanceStep();
        step.setTags(Map.of("role", "worker"));
        step.setCommands("uptime");

        assertThat(new CommandParameterReader(step).request(null))
                .usingRecursiveComparison()
                .isEqualTo(CommandRequest.builder()
                        .tag("role", "worker")
                        .commands(List.of("uptime"))
                        .build());
    }

    @Test
    void everyParameterArrives() {
        RunOnTaggedInstanceStep step = CompleteStep.withEverything();

        assertThat(new CommandParameterReader(step).request("i-0fedcba9876543210"))
                .usingRecursiveComparison()
                .isEqualTo(CommandRequest.builder()
                        .tag("role", "worker")
                        .tag("env", "prod", "stage")
                        .instanceId("i-0123456789abcdef0")
                        .commands(List.of("cd work\n./import", "echo 'done'"))
                        .strategy(Strategy.STICKY)
                        .preferredInstanceId("i-0fedcba9876543210")
                        .maxPerInstance(0)
                        .busyRetries(5)
                        .busyIntervalSeconds(30)
                        .busyBackoff(1.5)
                        .workingDirectory("/opt/batch")
                        .environment("LANG", "C.UTF-8")
                        .environment("EMPTY", "")
                        .runAs("batch")
                        .failFast(false)
                        .executionTimeoutSeconds(172800)
                        .deliveryTimeoutSeconds(30)
                        .documentName(CommandRequest.SHELL_DOCUMENT)
                        .documentParameter("one", List.of("1"))
                        .documentParameter("several", List.of("a", "b"))
                        .retries(2)
                        .retryExitCodes(List.of(75, 76))
                        .retryDelaySeconds(0)
                        .returnStdout(true)
                        .unstableExitCodes(List.of(3))
                        .logGroup("/jobs/batch")
                        .s3Bucket("job-output")
                        .s3Prefix("batch/nightly")
                        .maxLogBytes(0)
                        .onAbort(CommandRequest.OnAbort.DETACH)
                        .build());
    }

    @Test
    void theTagsReadAsTheEngineWritesThem() {
        assertThat(new CommandParameterReader(CompleteStep.withEverything()).tags())
                .isEqualTo("env=prod|stage, role=worker");
        assertThat(new CommandParameterReader(new RunOnTaggedInstanceStep()).tags())
                .isEmpty();
    }

    @Test
    void whoHasNobodyToReturnSomethingToMayNotAskForIt() {
        RunOnTaggedInstanceStep step = new RunOnTaggedInstanceStep();
        step.setCommands("uptime");
        step.setReturnStatus(true);
        step.setReturnStdout(true);

        assertThatThrownBy(
                        () -> new CommandParameterReader(step).withoutReturn().request(null))
                .hasMessageContaining("returnStatus is for Pipelines only")
                .hasMessageContaining("returnStdout is for Pipelines only")
                .hasMessageContaining("tags or instanceId must be given");
    }
}
