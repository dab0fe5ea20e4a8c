package io.jenkins.plugins.awsoperations.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupView;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkinsfiles that users copy, as they are. */
@WithJenkins
class ExamplesJenkinsTest {

    private static final Path EXAMPLES = Path.of("examples");

    @Test
    void theDailyAndTheWeeklyBackupSucceedInTheSameMinute(JenkinsRule jenkins) throws Exception {
        try (SimulatedAccount account = new SimulatedAccount().connect()) {
            account.instances(3);
            String script = Files.readString(EXAMPLES.resolve("daily-weekly-backup.Jenkinsfile"));
            WorkflowJob daily = Pipelines.job(jenkins, "backup-daily", script);
            WorkflowJob weekly = Pipelines.job(jenkins, "backup-weekly", script);

            WorkflowRun first = daily.scheduleBuild2(0).waitForStart();
            WorkflowRun second = weekly.scheduleBuild2(0).waitForStart();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));

            jenkins.assertLogContains("3 images made, 0 deleted", first);
            jenkins.assertLogContains("3 images made, 0 deleted", second);
            assertThat(plan(first)).isEqualTo("daily");
            assertThat(plan(second)).isEqualTo("weekly");
            assertThat(schedule(daily)).isEqualTo("TZ=Asia/Tokyo\n0 3 * * *");
            assertThat(schedule(weekly)).isEqualTo("TZ=Asia/Tokyo\n0 3 * * 0");
        }
    }

    @Test
    void theJobNetworkEndsWithTheJobThatFails(JenkinsRule jenkins) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "commands run for real, by setsid and sh");
        try (SimulatedAccount account = SimulatedAccount.real().connect()) {
            account.workers(2, null);
            WorkflowJob job = Pipelines.job(
                    jenkins, "job-network", Files.readString(EXAMPLES.resolve("job-network.Jenkinsfile")));

            WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));

            assertThat(JenkinsRule.getLog(build).lines()).contains("SUCCESS", "FAILURE");
            jenkins.assertLogNotContains("NEVER EXECUTED", build);
            jenkins.assertLogContains("failed with exit code 1", build);
            assertThat(account.runs()).extracting(NodeRun::exitCode).containsExactly(0, 1);
            assertThat(build.getAction(CommandsAction.class).getCounts()).isEqualTo("1 succeeded, 1 failed");
            JsonNode detail = ReceivedEvents.onlyDetail(account.aws());
            assertThat(detail.get("channel").textValue()).isEqualTo("high");
            assertThat(detail.get("error").textValue()).isEqualTo("ExecutionFailed");
            assertThat(detail.get("cause").get("stage").textValue()).isEqualTo("Job 2");
            assertThat(detail.get("cause").get("exitCode").intValue()).isEqualTo(1);
            assertThat(schedule(job)).isEqualTo("TZ=Asia/Tokyo\n0 4 * * *");
            assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitionNames())
                    .containsExactly("role", "environment");
        }
    }

    @Test
    void theJobNetworkWaitsForAServer(JenkinsRule jenkins) throws Exception {
        try (SimulatedAccount account = new SimulatedAccount().connect()) {
            String server = account.worker("worker-1", command -> NodeOutcome.exit(0));
            account.aws().ssm().agent(server).connectionLost();
            WorkflowRun build = Pipelines.start(
                    jenkins, "job-network", Files.readString(EXAMPLES.resolve("job-network.Jenkinsfile")));
            jenkins.waitForMessage("looks again in 1 min 40 s", build);

            account.aws().ssm().agent(server).online();

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(account.runs()).hasSize(3);
            assertThat(account.aws().events().received()).isEmpty();
        }
    }

    @Test
    void theStateMachineGoesOnInTheNextBuildFromWhereItFailed(JenkinsRule jenkins) throws Exception {
        try (SimulatedAccount account = new SimulatedAccount().connect()) {
            account.aws().states().createStateMachine("nightly", StateMachines.TWO_TASKS);
            account.aws()
                    .states()
                    .task(call -> call.stateName().equals("Job 2") && call.redriveCount() == 0
                            ? TaskOutcome.fail("DiskFull", "{\"path\": \"/var\"}")
                            : TaskOutcome.succeed("{\"rows\": 3}"));
            WorkflowJob job =
                    Pipelines.job(jenkins, "night", Files.readString(EXAMPLES.resolve("state-machine.Jenkinsfile")));

            jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            WorkflowRun second = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));

            jenkins.assertLogContains("SUCCEEDED after ", second);
            jenkins.assertLogContains(": [rows:3]", second);
            assertThat(account.aws().states().executions()).singleElement().satisfies(execution -> {
                assertThat(execution.redriveCount()).isEqualTo(1);
                assertThat(execution.input())
                        .isEqualTo("{\"source\":\"jenkins\",\"tables\":[\"orders\",\"stock\"],\"limit\":null}");
            });
            assertThat(account.aws().events().received())
                    .singleElement()
                    .satisfies(event -> assertThat(event.detail())
                            .contains("\"channel\":\"high\"", "\"error\":\"DiskFull\"", "/var"));
            assertThat(schedule(job)).isEqualTo("TZ=Asia/Tokyo\n30 4 * * *");
        }
    }

    private static String plan(WorkflowRun build) {
        return build.getAction(BackupsAction.class).getBackups().stream()
                .map(BackupView::getPlan)
                .findFirst()
                .orElseThrow();
    }

    private static String schedule(WorkflowJob job) {
        return job.getTriggersJobProperty().getTriggers().stream()
                .filter(TimerTrigger.class::isInstance)
                .map(trigger -> ((TimerTrigger) trigger).getSpec())
                .findFirst()
                .orElseThrow();
    }
}
