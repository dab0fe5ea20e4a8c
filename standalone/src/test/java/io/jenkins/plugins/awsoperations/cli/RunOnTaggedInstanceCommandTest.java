package io.jenkins.plugins.awsoperations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run-on-tagged-instance} as a user calls it. */
class RunOnTaggedInstanceCommandTest {

    private final AwsSimulator aws = AwsSimulator.builder()
            .clock(SimulatorClock.scaled(1))
            .settings(SimulatorSettings.defaults()
                    .with(s -> s.consistencyDelay(Duration.ZERO).invocationDelay(Duration.ZERO)))
            .start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(stderr, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(realOut);
        System.setErr(realErr);
        aws.close();
    }

    private String worker(NodeOutcome outcome) {
        String id = aws.ec2().runInstance(Map.of("Name", "batch-1", "role", "job_worker"));
        aws.ssm().agent(id).pickupDelay(Duration.ZERO).script(c -> outcome);
        return id;
    }

    private int run(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "run-on-tagged-instance", "--endpoint-url", aws.endpoint().toString(), "--region", "ap-northeast-1"));
        args.addAll(List.of(more));
        return AwsOperations.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args.toArray(String[]::new));
    }

    @Test
    void theOutputIsOursAndTheLogGoesToStandardError() {
        String id = worker(NodeOutcome.exit(0)
                .after(Duration.ZERO)
                .stdout("SUCCESS, no line break")
                .stderr("careful\n"));

        assertThat(run("--tag", "role=job_worker", "--command", "load.sh")).isZero();

        assertThat(stdout.toString(StandardCharsets.UTF_8)).isEqualTo("SUCCESS, no line break");
        assertThat(stderr.toString(StandardCharsets.UTF_8)).isEqualTo("careful\n");
        assertThat(err.toString()).contains("[aws] " + id + " (batch-1): done");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theExitCodeOfTheCommandsIsOurs() {
        worker(NodeOutcome.exit(42).after(Duration.ZERO).stderr("no such table\n"));

        assertThat(run("--tag", "role=job_worker", "--command", "load.sh")).isEqualTo(42);
        assertThat(err.toString()).contains("REMOTE_FAILED", "exit code 42", "no such table");
    }

    @Test
    void noFreeWorkerIsSeventyFive() {
        String id = worker(NodeOutcome.exit(0));
        aws.ssm().agent(id).connectionLost();

        assertThat(run("--tag", "role=job_worker", "--command", "true", "--busy-retries", "0"))
                .isEqualTo(75);
        assertThat(err.toString()).contains("BUSY: WorkerBusy");
    }

    @Test
    void nobodyWithTheTagsIsOne() {
        assertThat(run("--tag", "role=nobody", "--command", "true")).isEqualTo(1);
        assertThat(err.toString()).contains("NOT_FOUND", "role=nobody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tag role=w",
                "--command true",
                "--tag role=w --command true --retries 3",
                "--tag role=w --command true --document-parameter x",
                "--tag role=w --command true --execution-timeout-seconds 0",
                "--tag role=w --script /does/not/exist",
                "--tag role=w --command true --on-abort maybe",
            })
    void badInputIsTwoAndReachesNoAws(String args) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(aws.ledger().calls()).isEmpty();
    }

    @Test
    void aScriptIsReadFromAFile(@TempDir Path directory) throws IOException {
        worker(NodeOutcome.exit(0).after(Duration.ZERO));
        Path script = Files.writeString(directory.resolve("load.sh"), "\uFEFF#!/bin/bash\r\necho '日本'\r\n");

        assertThat(run("--tag", "role=job_worker", "--script", script.toString(), "--env", "MODE=a=b"))
                .isZero();

        Map<String, String> sent = aws.ledger().calls("SendCommand").get(0).parameters();
        assertThat(sent.get("Parameters.commands.1")).isEqualTo("#!/bin/bash");
        assertThat(sent).containsValue("export MODE='a=b'").containsValue("echo '日本'\n");
    }

    @Test
    void jsonIsOneObjectOnStandardOutput() throws IOException {
        String id = worker(NodeOutcome.exit(3).after(Duration.ZERO).stdout("half\n"));

        assertThat(run("--tag", "role=job_worker", "--command", "load.sh", "--output", "json"))
                .isEqualTo(3);

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("instanceId").asText()).isEqualTo(id);
        assertThat(json.path("exitCode").asInt()).isEqualTo(3);
        assertThat(json.path("stdout").asText()).isEqualTo("half\n");
        assertThat(json.path("error").path("kind").asText()).isEqualTo("REMOTE_FAILED");
        assertThat(stdout.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
