package io.jenkins.plugins.awsoperations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code await-state-machine} as a user calls it. */
class AwaitStateMachineCommandTest {

    /** Load, and then Report. */
    private static final String NIGHTLY = """
            {"StartAt": "Load", "States": {
              "Load": {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync", "Next": "Report"},
              "Report": {"Type": "Pass", "End": true}}}
            """;

    private static final String FOR_AN_HOUR =
            "{\"StartAt\": \"Wait\", \"States\": {\"Wait\": {\"Type\": \"Wait\", \"Seconds\": 3600, \"End\": true}}}";

    private final CommandLineRuns line = new CommandLineRuns();
    private final String nightly = line.aws.states().createStateMachine("nightly", NIGHTLY);

    @AfterEach
    void stop() {
        line.close();
    }

    private int run(String... options) {
        return line.run("await-state-machine", options);
    }

    private void loadFails(String error, String cause) {
        line.aws.states().task(call -> call.stateName().equals("Load") ? TaskOutcome.fail(error, cause) : null);
    }

    private List<ExecutionView> executions() {
        return line.aws.states().executions();
    }

    @Test
    void startsItOnceTellsItsStatesAndSucceeds() {
        assertThat(run("--state-machine", "nightly", "--job", "batch/load", "--build", "17", "--input", "{\"day\": 1}"))
                .isZero();

        assertThat(line.out())
                .contains(
                        "[aws] account 123456789012, region ap-northeast-1",
                        "[aws] nightly: execution batch-load-17-",
                        "[aws] nightly: Load begins",
                        "[aws] nightly: Load: done after ",
                        "[aws] nightly: Report: done",
                        "[aws] nightly: SUCCEEDED after ",
                        ", 2 states; https://");
        assertThat(executions()).hasSize(1);
        assertThat(executions().get(0).input()).isEqualTo("{\"day\": 1}");
        assertThat(line.aws.ledger().count("StartExecution")).isEqualTo(1);
    }

    @Test
    void whatFailedIsOneWithTheStateAndTheErrorsCause() {
        loadFails("ExecutionFailed", "no such table");

        assertThat(run("--state-machine", nightly)).isEqualTo(1);

        assertThat(line.err())
                .contains("REMOTE_FAILED: execution ", "failed in state 'Load': ExecutionFailed: no such table");
        assertThat(line.out()).contains("[aws] nightly: Load failed after ");
    }

    @Test
    void whatTimedOutIsOne() {
        line.aws
                .states()
                .createStateMachine(
                        "slow",
                        "{\"StartAt\": \"Wait\", \"TimeoutSeconds\": 5, \"States\": {\"Wait\": {\"Type\": \"Wait\", \"Seconds\":"
                                + " 3600, \"End\": true}}}");

        assertThat(run("--state-machine", "slow")).isEqualTo(1);
        assertThat(line.err()).contains("TIMED_OUT: ", "TimeoutSeconds");
    }

    @Test
    void whatSomebodyElseHasStoppedIsOneAndNotAnInterruptOfOurs() {
        String arn = line.aws.states().start(nightly, "by-hand", "{}");
        line.aws.states().stop(arn, "Console", "not today");

        assertThat(run("--execution-arn", arn)).isEqualTo(1);
        assertThat(line.err()).contains("CANCELLED: ", "stopped by somebody else", "Console: not today");
    }

    @Test
    void followsWhatWasStartedElsewhere() {
        String arn = line.aws.states().start(nightly, "by-hand", "{}");

        assertThat(run("--execution-arn", arn, "--history", "none")).isZero();

        assertThat(line.out())
                .contains("follows execution by-hand", "SUCCEEDED")
                .doesNotContain("Load");
        assertThat(line.aws.ledger().count("StartExecution")).isZero();
    }

    @Test
    void anErrorThatIsNoFailureIsZeroAndSaidToBeUnstable() {
        loadFails("NothingToDo", "no new orders");

        assertThat(run("--state-machine", "nightly", "--unstable-error", "Other", "--unstable-error", "NothingToDo"))
                .isZero();
        assertThat(line.err()).contains("UNSTABLE: ", "NothingToDo");
    }

    @Test
    void jsonIsOneObjectWithTheParsedOutputAndTheStates() throws IOException {
        line.aws.states().task(call -> TaskOutcome.succeed("{\"rows\": 4711}"));

        assertThat(run("--state-machine", "nightly", "--output", "json")).isZero();

        JsonNode json = line.json();
        assertThat(json.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(json.path("output").path("rows").asInt()).isEqualTo(4711);
        assertThat(json.path("executionError").isNull()).isTrue();
        assertThat(json.has("error")).isFalse();
        assertThat(json.path("statesEntered").asInt()).isEqualTo(2);
        assertThat(json.path("states").path(0).path("name").asText()).isEqualTo("Load");
        assertThat(json.path("states").path(0).path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(json.path("states").path(0).path("endedAt").asText()).endsWith("Z");
        assertThat(line.err()).contains("[aws] nightly: Load begins");
    }

    @Test
    void aFailureInJsonHasTheExecutionsOwnErrorBesides() throws IOException {
        loadFails("ExecutionFailed", "{\"table\": \"orders\"}");

        assertThat(run("--state-machine", "nightly", "--output", "json")).isEqualTo(1);

        JsonNode json = line.json();
        assertThat(json.path("error").path("kind").asText()).isEqualTo("REMOTE_FAILED");
        assertThat(json.path("executionError").asText()).isEqualTo("ExecutionFailed");
        assertThat(json.path("cause").path("table").asText()).isEqualTo("orders");
        assertThat(json.path("failedState").asText()).isEqualTo("Load");
    }

    @Test
    void anExpressMachineIsBadInputAndNothingIsStarted() {
        line.aws.states().createExpress("quick", NIGHTLY);

        assertThat(run("--state-machine", "quick")).isEqualTo(2);
        assertThat(line.err()).contains("stateMachine quick is EXPRESS");
        assertThat(executions()).isEmpty();
    }

    @Test
    void aNameThatNobodyHasIsOneAndTheNearestOneIsNamed() {
        assertThat(run("--state-machine", "nightl")).isEqualTo(1);
        assertThat(line.err()).contains("NOT_FOUND", "nightly");
    }

    @Test
    void aUsedUpQuotaIsSeventyFive() {
        line.aws
                .faults()
                .add(Fault.on("StartExecution")
                        .always()
                        .error("ExecutionLimitExceeded", "Too many open executions", 400));

        assertThat(run("--state-machine", "nightly")).isEqualTo(75);
        assertThat(line.err()).contains("BUSY: ", "ExecutionLimitExceeded");
    }

    @Test
    void theInputMayBeAFileAndIsSentAsItIsWritten(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("input.json"), "\uFEFF{ \"role\": \"job_worker\", \"名\": 1.50 }\r\n");

        assertThat(run("--state-machine", "nightly", "--input-file", file.toString()))
                .isZero();
        assertThat(executions().get(0).input()).isEqualTo("{ \"role\": \"job_worker\", \"名\": 1.50 }\r\n");
    }

    @Test
    void theLinkToItsParentIsAddedOnlyOnRequest() {
        assertThat(run("--state-machine", "nightly", "--input", "{\"a\":1}", "--link-parent", "cron@db-1"))
                .isZero();
        assertThat(executions().get(0).input()).isEqualTo("{\"a\":1,\"AWS_OPERATIONS_STARTED_BY\":\"cron@db-1\"}");
    }

    @Test
    void continuesAFailedExecutionFromWhereItFailed() {
        loadFails("ExecutionFailed", "no such table");
        String failed = line.aws.states().start(nightly, "yesterday", "{}");
        await().until(() -> line.aws.states().execution(failed).status().equals("FAILED"));
        line.aws.states().task(call -> null);

        assertThat(run("--state-machine", "nightly", "--redrive-of", failed)).isZero();

        assertThat(line.out()).contains("continues the execution before from where it failed: yesterday");
        assertThat(executions()).hasSize(1);
        assertThat(executions().get(0).redriveCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--output=json",
                "--state-machine=a --execution-arn=arn:aws:states:ap-northeast-1:123456789012:execution:a:b",
                "--state-machine=a/b",
                "--execution-arn=arn:aws:states:ap-northeast-1:123456789012:stateMachine:a",
                "--state-machine=a --input={",
                "--state-machine=a --input={ --link-parent=cron",
                "--state-machine=a --input={} --input-file=/dev/null",
                "--state-machine=a --input-file=/does/not/exist",
                "--state-machine=a --execution-name=b/c",
                "--state-machine=a --timeout-minutes=0",
                "--state-machine=a --history=some",
                "--state-machine=a --history-max-lines=0",
                "--state-machine=a --on-abort=maybe",
                "--state-machine=a --redrive-of=yesterday",
                "--state-machine=a --alert-channel="
            })
    void badInputIsTwoAndReachesNoAws(String options) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(line.err()).isNotBlank();
        assertThat(line.aws.ledger().calls()).isEmpty();
    }

    @Test
    void badJsonIsNamedByLineAndColumn() {
        assertThat(run("--state-machine", "nightly", "--input", "{\"day\": 1,\n  oops}"))
                .isEqualTo(2);
        assertThat(line.err()).contains("CONFIGURATION: input is not JSON at line 2, column ");
    }

    @Test
    void ctrlCStopsTheExecutionAndNobodyIsAlerted() throws Exception {
        String machine = line.aws.states().createStateMachine("for-an-hour", FOR_AN_HOUR);
        Process process = line.start(
                "await-state-machine",
                "--state-machine",
                machine,
                "--job",
                "nightly",
                "--build",
                "17",
                "--alert-channel",
                "high");
        try {
            String said = interruptedWhenItRuns(process);
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(said).contains("CANCELLED: stopped (interrupted)", "the execution has stopped");
            ExecutionView execution = executions().get(0);
            assertThat(execution.status()).isEqualTo("ABORTED");
            assertThat(execution.error()).isEqualTo("AwsOperations.Aborted");
            assertThat(execution.cause()).isEqualTo("nightly #17: interrupted");
            assertThat(line.aws.events().received()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void ctrlCLetsItGoOnWhenThatIsAskedFor() throws Exception {
        String machine = line.aws.states().createStateMachine("for-an-hour", FOR_AN_HOUR);
        Process process = line.start("await-state-machine", "--state-machine", machine, "--on-abort", "detach");
        try {
            String said = interruptedWhenItRuns(process);
            assertThat(process.waitFor()).isEqualTo(130);
            assertThat(said).contains("the execution goes on (onAbort: DETACH)");
            assertThat(executions().get(0).status()).isEqualTo("RUNNING");
        } finally {
            process.destroyForcibly();
        }
    }

    private String interruptedWhenItRuns(Process process) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> line.aws.ledger().count("GetExecutionHistory") > 0);
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
