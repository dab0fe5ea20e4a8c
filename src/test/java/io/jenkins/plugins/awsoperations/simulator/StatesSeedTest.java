package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Three machines that somebody runs jobs with: a network of jobs, one job, and an event for its failure. */
class StatesSeedTest {

    private static final String TAGS = "{\"role\":\"job_worker\",\"env\":\"production\"}";

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    private String network;

    @BeforeEach
    void createTheMachines() throws IOException {
        aws.machine("RunJob", read("RunJob"));
        aws.machine("SendFailEvent", read("SendFailEvent"));
        network = aws.machine("JobNetwork-example", read("JobNetwork-example"));
    }

    @Test
    void endsAtTheFirstJobThatFailsAndSendsAnEvent() {
        aws.world()
                .task(call -> call.parametersJson().contains("echo 'FAILURE'")
                        ? TaskOutcome.fail("ExecutionFailed", "{\"AutomationExecutionURL\":\"https://x\"}")
                        : TaskOutcome.succeed("{\"CommandResult\":{}}").after(Duration.ofSeconds(20)));
        String arn = aws.start(network, "nightly", TAGS);

        aws.passSeconds(120);

        ExecutionView ended = aws.world().execution(arn);
        assertThat(ended.status()).isEqualTo("FAILED");
        assertThat(ended.error()).isNull();
        assertThat(started("RunJob")).extracting(ExecutionView::status).containsExactly("SUCCEEDED", "FAILED");
        assertThat(started("SendFailEvent")).extracting(ExecutionView::status).containsExactly("SUCCEEDED");
        List<ReceivedEvent> events = aws.simulator().events().received();
        assertThat(events).hasSize(1);
        assertThat(events.get(0).source()).isEqualTo("net.quickguard.states");
        assertThat(events.get(0).detailType()).isEqualTo("Job Network Execution Fail");
        assertThat(events.get(0).detail())
                .isEqualTo("{\"executionURL\":\"https://ap-northeast-1.console.aws.amazon.com/states/home"
                        + "?region=ap-northeast-1#/executions/details/" + arn + "\",\"error\":\"ExecutionFailed\","
                        + "\"cause\":{\"AutomationExecutionURL\":\"https://x\"},\"channel\":\"high\"}");
        assertThat(aws.history(arn))
                .filteredOn(event -> event.typeAsString().equals("TaskStateEntered"))
                .extracting(event -> event.stateEnteredEventDetails().name())
                .containsExactly("Job 1", "Job 2", "Send fail event");
    }

    @Test
    void succeedsWhenEveryJobDoes() {
        aws.world().task(call -> TaskOutcome.succeed("{\"CommandResult\":{}}"));
        String arn = aws.start(network, "nightly", TAGS);

        aws.passSeconds(60);

        assertThat(aws.status(arn)).isEqualTo("SUCCEEDED");
        assertThat(started("RunJob")).hasSize(3);
        assertThat(aws.simulator().events().received()).isEmpty();
        assertThat(aws.chain(arn)).startsWith("""
                        1 0 ExecutionStarted
                        2 0 TaskStateEntered
                        3 2 TaskScheduled
                        4 3 TaskStarted
                        5 4 TaskSubmitted
                        6 5 TaskSucceeded
                        7 6 TaskStateExited
                        8 7 TaskStateEntered
                        """);
    }

    @Test
    void givesTheAutomationItsParametersAsListsAndItsOwnToken() {
        aws.world().task(call -> TaskOutcome.waitForToken());
        String arn = aws.start(network, "nightly", TAGS);
        aws.passSeconds(1);

        String job = started("RunJob").get(0).arn();
        String own = aws.world().taskToken(job, "Run job").orElseThrow();
        String outer = aws.world().taskToken(arn, "Job 1").orElseThrow();
        assertThat(own).isNotEqualTo(outer);
        assertThat(started("RunJob").get(0).input()).contains(outer).contains(arn);
        HistoryEvent scheduled = aws.history(job).get(2);
        assertThat(scheduled.taskScheduledEventDetails().resourceType()).isEqualTo("aws-sdk:ssm");
        assertThat(scheduled.taskScheduledEventDetails().resource())
                .isEqualTo("startAutomationExecution.waitForTaskToken");
        assertThat(scheduled.taskScheduledEventDetails().parameters())
                .isEqualTo("{\"DocumentName\":\"RunShellScriptOnOneInstance\",\"Parameters\":{\"TaskToken\":[\"" + own
                        + "\"],\"Tags\":[" + TAGS + "],\"Commands\":[\"echo 'SUCCESS'\",\"true\"],"
                        + "\"WorkingDirectory\":[\"/tmp\"],\"ExecutionTimeout\":[\"300\"]}}");
    }

    @Test
    void triesABusyWorkerTwiceMoreWithGrowingIntervals() {
        aws.world().task(call -> TaskOutcome.fail("WorkerBusy", "{}"));
        aws.start(network, "nightly", TAGS);

        aws.passSeconds(1 + 1 + 99);
        String job = started("RunJob").get(0).arn();
        assertThat(scheduled(job)).isEqualTo(1);
        aws.passSeconds(2 + 199);
        assertThat(scheduled(job)).isEqualTo(2);
        aws.passSeconds(10);
        assertThat(scheduled(job)).isEqualTo(3);
        assertThat(started("RunJob").get(0).status()).isEqualTo("FAILED");
        assertThat(aws.simulator().events().received()).hasSize(1);
    }

    private long scheduled(String executionArn) {
        return aws.history(executionArn).stream()
                .filter(event -> event.typeAsString().equals("TaskScheduled"))
                .filter(event ->
                        event.taskScheduledEventDetails().resourceType().equals("aws-sdk:ssm"))
                .count();
    }

    private List<ExecutionView> started(String machine) {
        return aws.world().executions().stream()
                .filter(execution -> execution.machineArn().endsWith(":" + machine))
                .toList();
    }

    private static String read(String name) throws IOException {
        try (InputStream resource = StatesSeedTest.class.getResourceAsStream("job-network/" + name + ".asl.json")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
