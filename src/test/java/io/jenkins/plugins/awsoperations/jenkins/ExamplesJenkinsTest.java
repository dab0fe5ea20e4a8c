package io.jenkins.plugins.awsoperations.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupView;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
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
