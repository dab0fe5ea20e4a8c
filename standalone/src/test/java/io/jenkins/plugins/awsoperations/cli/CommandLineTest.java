package io.jenkins.plugins.awsoperations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The program as a user calls it. */
class CommandLineTest {

    private final AwsSimulator aws = AwsSimulator.builder()
            .clock(SimulatorClock.scaled(1))
            .settings(SimulatorSettings.defaults()
                    .with(s -> s.imageDuration(Duration.ofSeconds(1)).consistencyDelay(Duration.ZERO)))
            .start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        aws.close();
    }

    private int run(String... args) {
        return AwsOperations.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private int backUp(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "ec2-backup", "--endpoint-url", aws.endpoint().toString(), "--tag", "Backup=yes", "--plan", "daily"));
        args.addAll(List.of(more));
        if (!args.contains("--region")) {
            args.addAll(List.of("--region", "ap-northeast-1"));
        }
        return run(args.toArray(String[]::new));
    }

    @Test
    void backsUpAndTellsEachStep() {
        aws.ec2().runInstance(Map.of("Name", "web", "Backup", "yes"));
        assertThat(backUp()).isZero();
        assertThat(out.toString())
                .contains(
                        "[aws] account 123456789012, region ap-northeast-1",
                        "accepted",
                        "is available after",
                        "1 created");
        assertThat(aws.ec2().images()).hasSize(1);
    }

    @Test
    void printsOneJsonObjectAndNothingElseOnStandardOutput() throws IOException {
        String id = aws.ec2().runInstance(Map.of("Backup", "yes"));
        assertThat(backUp("--output", "json", "--status-check", "none", "--generations", "0"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("created").asInt()).isEqualTo(1);
        assertThat(json.path("instances").path(0).path("instanceId").asText()).isEqualTo(id);
        assertThat(json.path("instances").path(0).path("state").asText()).isEqualTo("PENDING");
        assertThat(err.toString()).contains("[aws] ");
    }

    @Test
    void copiesAndTagsUnlessToldNotTo() {
        aws.ec2().runInstance(Map.of("Backup", "yes", "Team", "ops"));
        assertThat(backUp("--generations", "0")).isZero();
        assertThat(aws.ec2().images().get(0).tags()).containsEntry("Team", "ops");
        assertThat(aws.ec2().snapshots().get(0).tags()).containsEntry("Team", "ops");

        assertThat(backUp("--generations", "0", "--no-copy-tags", "--no-tag-snapshots"))
                .isZero();
        assertThat(aws.ec2().images())
                .filteredOn(i -> !i.tags().containsKey("Team"))
                .hasSize(1);
        assertThat(aws.ec2().snapshots()).filteredOn(s -> s.tags().isEmpty()).hasSize(1);
    }

    @Test
    void ctrlCTellsWhatStaysInAwsAndEndsWith130() throws Exception {
        aws.ec2().runInstance(Map.of("Backup", "yes"));
        aws.faults().add(Fault.on("CreateImage").always().slow(Duration.ofHours(1)));
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AwsOperations.class.getName(),
                "ec2-backup",
                "--endpoint-url",
                aws.endpoint().toString(),
                "--region",
                "ap-northeast-1",
                "--tag",
                "Backup=yes",
                "--plan",
                "daily");
        Process process = command.redirectErrorStream(true).start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> aws.ledger().count("CreateImage") > 0);
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(said).contains("stopped (interrupted); in AWS stays: the image ami-", "is still being made");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aFailureIsOneWithTheReasonInTextAndJson() throws IOException {
        aws.ec2().runInstance(Map.of("Backup", "yes"));
        aws.faults().add(Fault.on("CreateImage").deny());
        assertThat(backUp("--output", "json")).isEqualTo(1);
        JsonNode error = new ObjectMapper().readTree(out.toString()).path("error");
        assertThat(error.path("kind").asText()).isEqualTo("ACCESS_DENIED");
        assertThat(error.path("remedy").asText()).contains("ec2:CreateImage");
        assertThat(err.toString()).contains("ACCESS_DENIED: ", "UnauthorizedOperation");
    }

    @Test
    void noInstanceIsAFailure() {
        assertThat(backUp()).isEqualTo(1);
        assertThat(err.toString()).contains("NOT_FOUND: no running or stopped instance matches tags Backup=yes");
        assertThat(backUp("--if-no-instances", "unstable")).isZero();
        assertThat(err.toString()).contains("UNSTABLE: ");
    }

    static Stream<Arguments> badInput() {
        return Stream.of(
                Arguments.of(List.of("--generations", "1001"), "generations must be 0 to 1000, not 1001"),
                Arguments.of(List.of("--generations", "many"), "'many' is not an int"),
                Arguments.of(List.of("--on-conflict", "maybe"), "expected one of [WAIT, SKIP, FAIL]"),
                Arguments.of(List.of("--tag", "novalue"), "--tag 'novalue' is not KEY=VALUE"),
                Arguments.of(List.of("--region", "Tokyo"), "--region 'Tokyo' is not an AWS region id"),
                Arguments.of(List.of("--role-arn", "backup"), "--role-arn 'backup' is not the ARN of a role"),
                Arguments.of(List.of("--external-id", "x"), "--external-id needs --role-arn"),
                Arguments.of(List.of("--image-name", "fixed"), "imageName must contain ${instanceId}"),
                Arguments.of(List.of("--nonsense"), "Unknown option: '--nonsense'"));
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void badInputIsTwoAndReachesNoAws(List<String> more, String message) {
        assertThat(backUp(more.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(aws.ledger().calls()).isEmpty();
    }

    @Test
    void aDryRunShowsTheTableAndWritesNothing() {
        aws.ec2().runInstance(Map.of("Backup", "yes"));
        assertThat(backUp("--dry-run")).isZero();
        assertThat(out.toString()).contains("dry run, nothing is written", "would make", "would keep");
        assertThat(aws.ec2().images()).isEmpty();
    }

    @Test
    void everyCommandHasHelpAndTheProgramAVersion() {
        for (String command : List.of(
                "demo",
                "ec2-backup",
                "run-on-tagged-instance",
                "await-state-machine",
                "send-fail-event",
                "simulate",
                "bench",
                "generate-completion")) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).containsPattern("aws-operations \\d");
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void saysWhoCanRunCommandsOnceTheSimulatorDoes() {
        assertThat(run("simulate", "--help")).isZero();
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("--run-commands", "Whoever can reach the port can then run commands as you");
    }

    @Test
    void completesInAShell() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("ec2-backup", "--share-window-minutes");
    }

    @Test
    void theDemoGoesAsItShould() {
        assertThat(run("demo", "--speed", "400")).isZero();
        assertThat(out.toString())
                .contains(
                        "waited ",
                        "images now: 21 daily, 12 weekly",
                        "makes the image again",
                        "would delete",
                        "[aws] > SUCCESS",
                        "[aws] > FAILURE",
                        "exit code 1",
                        "EventBridge received: Job Failed from jenkins.aws-operations",
                        "JobNetwork-example: Job 2 is caught",
                        "EventBridge received: Job Network Execution Fail from net.quickguard.states",
                        "All as it should be")
                .doesNotContain("!!", "NEVER EXECUTED");
    }

    @Test
    void theBenchPrintsItsFigures() throws IOException {
        assertThat(run("bench", "backup", "--instances", "120", "--speed", "30"))
                .isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("imagesCreated").asInt()).isEqualTo(120);
        assertThat(report.path("imagesDeleted").asInt()).isEqualTo(120);
        assertThat(report.path("callsPerAction").path("CreateImage").asInt()).isEqualTo(120);
        assertThat(report.path("peakThreads").asInt()).isPositive();
        assertThat(report.path("ratio").asDouble()).isPositive();
    }

    @Test
    void theBenchOfCommandsPrintsItsFigures() throws IOException {
        assertThat(run("bench", "commands", "--commands", "60", "--command-seconds", "30", "--speed", "30"))
                .isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("ranOnce").asInt()).isEqualTo(60);
        assertThat(report.path("callsPerAction").path("SendCommand").asInt()).isEqualTo(60);
        assertThat(report.path("longestNoticeSeconds").asDouble()).isPositive();
    }

    @Test
    void theBenchOfStateMachinesPrintsItsFigures() throws IOException {
        int exitCode = run(
                "bench",
                "await",
                "--executions",
                "60",
                "--shortest-seconds",
                "30",
                "--span-seconds",
                "30",
                "--speed",
                "20");
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("startedOnce").asInt()).isEqualTo(60);
        assertThat(report.path("failed").asInt()).isZero();
        assertThat(report.path("calls").path("StartExecution").path("calls").asInt())
                .isEqualTo(60);
        assertThat(report.path("detectionDelaySeconds").path("max").asDouble()).isPositive();
        assertThat(report.path("heapMbWhileAllWait").asDouble()).isPositive();
        // Heap and threads are those of all tests in this process.
        List<String> broken = new ArrayList<>();
        report.path("brokenLimits").forEach(limit -> broken.add(limit.asText()));
        assertThat(broken).allMatch(limit -> limit.contains("live heap") || limit.contains("threads"));
        assertThat(exitCode).isEqualTo(broken.isEmpty() ? 0 : 1);
    }
}
