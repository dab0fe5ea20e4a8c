package io.jenkins.plugins.awsoperations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code send-fail-event} as a user calls it. */
class SendFailEventCommandTest {

    private final AwsSimulator aws = AwsSimulator.builder().start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        aws.close();
    }

    private int run(String... more) {
        List<String> args = new ArrayList<>(
                List.of("send-fail-event", "--endpoint-url", aws.endpoint().toString(), "--region", "ap-northeast-1"));
        args.addAll(List.of(more));
        return AwsOperations.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args.toArray(String[]::new));
    }

    private JsonNode detail() {
        assertThat(aws.events().received()).hasSize(1);
        return json(aws.events().received().get(0).detail());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void theEventIsSentAndTold() {
        assertThat(run("--channel", "high")).isZero();

        ReceivedEvent event = aws.events().received().get(0);
        assertThat(event.source()).isEqualTo("jenkins.aws-operations");
        assertThat(event.detailType()).isEqualTo("Job Failed");
        assertThat(out.toString())
                .contains(
                        "[aws] account 123456789012, region ap-northeast-1",
                        "[aws] event " + event.id()
                                + " on channel high: Job Failed from jenkins.aws-operations to bus default");
        assertThat(err.toString()).isEmpty();
        assertThat(detail().path("error").asText()).isEqualTo("Failed");
        assertThat(detail().path("job").asText()).isEqualTo("command-line");
    }

    @Test
    void eachOptionIsInTheEvent() {
        aws.events().createBus("alerts");

        assertThat(run(
                        "--channel=high",
                        "--error=ExecutionFailed",
                        "--cause={\"exitCode\": 3}",
                        "--event-bus=alerts",
                        "--source=net.quickguard.states",
                        "--detail-type=Job Network Execution Fail",
                        "--execution-url=https://example.com/1",
                        "--resource=i-1",
                        "--resource=arn:aws:s3:::bucket",
                        "--job=nightly",
                        "--build=17"))
                .isZero();

        ReceivedEvent event = aws.events().received().get(0);
        assertThat(event.bus()).isEqualTo("alerts");
        assertThat(event.source()).isEqualTo("net.quickguard.states");
        assertThat(event.detailType()).isEqualTo("Job Network Execution Fail");
        assertThat(event.resources()).containsExactly("arn:aws:s3:::bucket");
        JsonNode detail = detail();
        assertThat(detail.path("channel").asText()).isEqualTo("high");
        assertThat(detail.path("error").asText()).isEqualTo("ExecutionFailed");
        assertThat(detail.path("cause").path("exitCode").asInt()).isEqualTo(3);
        assertThat(detail.path("executionURL").asText()).isEqualTo("https://example.com/1");
        assertThat(detail.path("resources")).hasSize(2);
        assertThat(detail.path("job").asText()).isEqualTo("nightly");
        assertThat(detail.path("build").asText()).isEqualTo("17");
    }

    @Test
    void aCauseIsReadFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("cause.txt"), "ディスク full\n");

        assertThat(run("--channel", "high", "--cause-file", file.toString())).isZero();

        assertThat(detail().path("cause").path("message").asText()).isEqualTo("ディスク full\n");
    }

    @Test
    void aFileThatIsNoTextIsBadInput(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("cause.bin"), "ü".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run("--channel", "high", "--cause-file", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("CONFIGURATION", "cannot be read as UTF-8 text");
        assertThat(aws.ledger().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--error e",
                "--channel= ",
                "--channel high --source aws.ec2",
                "--channel high --event-bus a/b",
                "--channel high --cause a --cause-file b",
                "--channel high --cause-file /does/not/exist",
                "--channel high --external-id x",
            })
    void badInputIsTwoAndReachesNoAws(String args) {
        assertThat(run(args.split(" (?=--|[a-z/])"))).isEqualTo(2);
        assertThat(aws.ledger().calls()).isEmpty();
    }

    @Test
    void whatAwsRefusesIsOneAndSaysWhatToDo() {
        aws.faults().add(Fault.on("PutEvents").always().deny());

        assertThat(run("--channel", "high")).isEqualTo(1);
        assertThat(err.toString()).contains("ACCESS_DENIED: events:PutEvents on bus default", "Allow events:PutEvents");
    }

    @Test
    void aQuotaThatIsUsedUpIsSeventyFive() {
        aws.faults().add(Fault.on("PutEvents").always().entryFails("LimitExceededException", "too many"));

        assertThat(run("--channel", "high")).isEqualTo(75);
    }

    @Test
    void jsonIsOneObjectOnStandardOutput() {
        assertThat(run("--channel", "high", "--output", "json")).isZero();

        JsonNode json = json(out.toString());
        assertThat(json.path("eventId").asText())
                .isEqualTo(aws.events().received().get(0).id());
        assertThat(json.path("id").asText()).isEqualTo(detail().path("id").asText());
        assertThat(json.path("attempts").asInt()).isEqualTo(1);
        assertThat(err.toString()).contains("[aws] event");
    }

    @Test
    void jsonTellsAFailureToo() {
        assertThat(run("--channel", "high", "--event-bus", "alrets", "--output", "json"))
                .isEqualTo(1);

        assertThat(json(out.toString()).path("error").path("kind").asText()).isEqualTo("NOT_FOUND");
    }
}
