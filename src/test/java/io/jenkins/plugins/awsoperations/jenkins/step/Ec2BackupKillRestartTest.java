package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed at the worst moment: AWS has accepted the image, and nothing has been written of it yet. */
class Ec2BackupKillRestartTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    private final AwsSimulator aws = AwsSimulator.builder()
            .settings(SimulatorSettings.builder()
                    .imageDuration(Duration.ofSeconds(20))
                    .build())
            .start();

    @AfterEach
    void tearDown() {
        aws.close();
    }

    @Test
    void theImageIsFoundAgainAndNotMadeTwice() throws Throwable {
        String endpoint = aws.endpoint().toString();
        aws.ec2().runInstance(Map.of("Name", "web-1", "Backup", "yes"));
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            start(jenkins, endpoint);
        });
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> imagesMade() == 1);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        controller.runRemotely(Ec2BackupKillRestartTest::finish);

        assertThat(imagesMade()).isEqualTo(1);
        assertThat(aws.ledger().calls("CreateImage")).hasSize(1);
    }

    private long imagesMade() {
        return aws.ledger().calls("CreateImage").stream()
                .filter(call -> call.outcome().equals(Call.OK))
                .count();
    }

    private static void start(JenkinsRule jenkins, String endpoint) throws Throwable {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIATEST", "secret", ""));
        SystemCredentialsProvider.getInstance().save();
        AwsAccountConfiguration account = new AwsAccountConfiguration("simulator");
        account.setRegion("ap-northeast-1");
        account.setCredentialsId("aws");
        account.setEndpoint(endpoint);
        account.setDefaultAccount(true);
        AwsOperationsConfiguration.get().setAccounts(List.of(account));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "backup");
        job.setDefinition(new CpsFlowDefinition("ec2Backup tags: [Backup: 'yes']", true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void finish(JenkinsRule jenkins) throws Throwable {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("backup", WorkflowJob.class).getLastBuild();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(LockableResourcesManager.get().getResources()).noneMatch(LockableResource::isLocked);
    }
}
