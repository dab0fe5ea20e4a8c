package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in a Pipeline, from its parameters to what the build shows. */
@WithJenkins
class Ec2BackupStepJenkinsTest {

    private JenkinsRule jenkins;
    private SimulatedAccount account;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        account = new SimulatedAccount().connect();
    }

    @AfterEach
    void tearDown() {
        account.close();
    }

    @Test
    void makesAnImageAndGivesTheResultToGroovy() throws Exception {
        String id = account.instance("web-1");

        var build = jenkins.buildAndAssertSuccess(pipeline("daily", """
                def result = ec2Backup tags: [Backup: 'yes'], generations: 3
                echo "${result.created} made by ${result.plan}: ${result.instances[0].instanceId} is ${result.instances[0].state}"
                """));

        jenkins.assertLogContains("1 made by daily: " + id + " is AVAILABLE", build);
        jenkins.assertLogContains(
                "[aws] account 123456789012, region ap-northeast-1, as arn:aws:iam::123456789012:user/simulator",
                build);
        assertThat(account.imagesMade()).isEqualTo(1);
        assertThat(build.getAction(BackupsAction.class).getBackups())
                .singleElement()
                .satisfies(backup -> {
                    assertThat(backup.getPlan()).isEqualTo("daily");
                    assertThat(backup.getAccount()).isEqualTo("simulator (123456789012)");
                    assertThat(backup.getRows()).singleElement().satisfies(row -> {
                        assertThat(row.getInstanceId()).isEqualTo(id);
                        assertThat(row.getImageUrl())
                                .isEqualTo(
                                        "https://ap-northeast-1.console.aws.amazon.com/ec2/home?region=ap-northeast-1"
                                                + "#ImageDetails:imageId=" + row.getImageId());
                    });
                });
    }

    @Test
    void bothBranchesOfAParallelSucceedOnOneInstance() throws Exception {
        account.instance("web-1");

        var build = jenkins.buildAndAssertSuccess(pipeline("both", """
                parallel daily: { ec2Backup tags: [Backup: 'yes'], plan: 'daily', reboot: true },
                        weekly: { ec2Backup tags: [Backup: 'yes'], plan: 'weekly', reboot: true }
                """));

        jenkins.assertLogContains("waits for both #1, which is backing up this instance", build);
        assertThat(account.imagesMade()).isEqualTo(2);
    }

    private WorkflowJob pipeline(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
