package io.jenkins.plugins.awsoperations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code --alert-channel} of every command that has it. */
class AlertChannelTest {

    private static final String NIGHTLY = """
            {"StartAt": "Load", "States": {
              "Load": {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync", "End": true}}}
            """;

    private final CommandLineRuns line = new CommandLineRuns();

    @AfterEach
    void stop() {
        line.close();
    }

    private JsonNode detail() throws IOException {
        List<ReceivedEvent> received = line.aws.events().received();
        assertThat(received).hasSize(1);
        assertThat(received.get(0).source()).isEqualTo("jenkins.aws-operations");
        assertThat(received.get(0).detailType()).isEqualTo("Job Failed");
        return new ObjectMapper().readTree(received.get(0).detail());
    }

    private int failingStateMachine(String... more) {
        line.aws.states().createStateMachine("nightly", NIGHTLY);
        line.aws.states().task(call -> TaskOutcome.fail("NoTable", "{\"table\": \"orders\"}"));
        return line.run("await-state-machine", options(more, "--state-machine", "nightly"));
    }

    private static String[] options(String[] more, String... first) {
        String[] all = new String[first.length + more.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    @Test
    void aStateMachinesEventHasItsOwnErrorCauseAndPage() throws IOException {
        assertThat(failingStateMachine("--job", "batch/nightly", "--build", "17", "--alert-channel", "high"))
                .isEqualTo(1);

        JsonNode detail = detail();
        String arn = line.aws.states().executions().get(0).arn();
        assertThat(detail.path("channel").asText()).isEqualTo("high");
        assertThat(detail.path("error").asText()).isEqualTo("NoTable");
        assertThat(detail.path("cause").toString()).isEqualTo("{\"table\":\"orders\"}");
        assertThat(detail.path("executionURL").asText())
                .startsWith("https://ap-northeast-1.console.aws.amazon.com/states/")
                .endsWith(arn);
        assertThat(detail.path("kind").asText()).isEqualTo("REMOTE_FAILED");
        assertThat(detail.path("job").asText()).isEqualTo("batch/nightly");
        assertThat(detail.path("build").asText()).isEqualTo("17");
        assertThat(detail.path("account").asText()).isEqualTo("123456789012");
        assertThat(detail.path("region").asText()).isEqualTo("ap-northeast-1");
        assertThat(detail.path("resources").path(0).asText()).isEqualTo(arn);
        assertThat(line.out()).contains("[aws] event ", " on channel high: Job Failed");
        assertThat(line.out().split("\\[aws] account 123456789012")).hasSize(2);
    }

    @Test
    void aCommandsEventSaysWhichCommandFailedOnWhichWorker() throws IOException {
        String id = line.aws.ec2().runInstance(Map.of("role", "job_worker"));
        line.aws
                .ssm()
                .agent(id)
                .script(c -> NodeOutcome.exit(3).after(Duration.ZERO).stdout("secret output\n"));

        assertThat(line.run(
                        "run-on-tagged-instance",
                        "--tag",
                        "role=job_worker",
                        "--command",
                        "load.sh",
                        "--alert-channel",
                        "low"))
                .isEqualTo(3);

        JsonNode detail = detail();
        assertThat(detail.path("channel").asText()).isEqualTo("low");
        assertThat(detail.path("error").asText()).isEqualTo("ExecutionFailed");
        assertThat(detail.path("cause").path("instanceId").asText()).isEqualTo(id);
        assertThat(detail.path("cause").path("exitCode").asInt()).isEqualTo(3);
        assertThat(detail.path("cause").path("commandId").asText()).isNotBlank();
        assertThat(detail.path("executionURL").asText()).contains("/systems-manager/run-command/");
        assertThat(detail.path("resources").path(0).asText()).isEqualTo(id);
        assertThat(detail.toString()).doesNotContain("secret output");
    }

    @Test
    void aBackupsEventNamesTheInstancesThatFailed() throws IOException {
        String web = line.aws.ec2().runInstance(Map.of("Backup", "yes", "Name", "web"));
        line.aws.ec2().runInstance(Map.of("Backup", "yes", "Name", "db"));
        line.aws
                .faults()
                .add(Fault.on("CreateImage").times(1).where("InstanceId", web).deny());

        assertThat(line.run("ec2-backup", "--tag", "Backup=yes", "--plan", "daily", "--alert-channel", "high"))
                .isEqualTo(1);

        JsonNode cause = detail().path("cause");
        assertThat(cause.path("plan").asText()).isEqualTo("daily");
        assertThat(cause.path("created").asInt()).isEqualTo(1);
        assertThat(cause.path("failed")).hasSize(1);
        assertThat(cause.path("failed").path(0).path("instanceId").asText()).isEqualTo(web);
        assertThat(cause.path("failed").path(0).path("error").asText()).contains("UnauthorizedOperation");
        assertThat(detail().path("resources").path(0).asText()).isEqualTo(web);
    }

    @Test
    void whatFailsBeforeAnythingIsStartedIsToldToo() throws IOException {
        assertThat(line.run("await-state-machine", "--state-machine", "nobody", "--alert-channel", "high"))
                .isEqualTo(1);
        assertThat(detail().path("error").asText()).isEqualTo("StateMachineDoesNotExist");
        assertThat(detail().path("executionURL").isNull()).isTrue();
    }

    @Test
    void anAlertThatCannotBeSentIsAWarningAndTheFailureStays() throws IOException {
        line.aws.faults().add(Fault.on("PutEvents").always().deny());

        assertThat(failingStateMachine("--alert-channel", "high", "--output", "json"))
                .isEqualTo(1);

        assertThat(line.err())
                .contains(
                        "REMOTE_FAILED: ",
                        "[aws] WARNING: the alert to channel high could not be sent: ",
                        "events:PutEvents");
        assertThat(line.json().path("error").path("kind").asText()).isEqualTo("REMOTE_FAILED");
    }

    @Test
    void successAndUnstableAlertNobody() {
        assertThat(failingStateMachine("--alert-channel", "high", "--unstable-error", "NoTable"))
                .isZero();
        assertThat(line.aws.events().received()).isEmpty();
    }

    @Test
    void badInputAlertsNobody() {
        assertThat(line.run(
                        "run-on-tagged-instance",
                        "--tag",
                        "a=b",
                        "--command",
                        "x",
                        "--retries",
                        "3",
                        "--alert-channel",
                        "high"))
                .isEqualTo(2);
        assertThat(line.aws.ledger().calls()).isEmpty();
    }

    @Test
    void aChannelThatNoEventCanHaveIsRefusedBeforeAnythingIsDone() {
        assertThat(failingStateMachine("--alert-channel", "x".repeat(129))).isEqualTo(2);
        assertThat(line.err()).contains("CONFIGURATION: --alert-channel has 129 characters");
        assertThat(line.aws.ledger().calls()).isEmpty();
    }
}
