package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed in the instant in which EventBridge takes the event of a step that failed. */
class AlertKillRestartTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    private final AwsSimulator aws = AwsSimulator.builder().start();

    @AfterEach
    void tearDown() {
        aws.close();
    }

    @Test
    void theEventIsSentAgainWithTheSameIdAndTheStepFailsAsItWould() throws Throwable {
        String endpoint = aws.endpoint().toString();
        String worker = aws.ec2().runInstance(Map.of("Name", "worker-1", "role", "job_worker", "env", "production"));
        aws.ssm().agent(worker).script(command -> NodeOutcome.exit(3).stderr("no such table\n"));
        aws.faults().add(Fault.on("PutEvents").times(1).loseReply());
        aws.faults().add(Fault.on("PutEvents").always().throttle());
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            start(jenkins, endpoint);
        });
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> aws.events().received().size() == 1);
        controller.stopJenkinsForcibly();
        aws.faults().clear();

        controller.startJenkins();
        controller.runRemotely(AlertKillRestartTest::finish);

        assertThat(ReceivedEvents.details(aws)).hasSize(2);
        assertThat(ReceivedEvents.details(aws).get(1))
                .isEqualTo(ReceivedEvents.details(aws).get(0));
        assertThat(aws.ssm().runs()).hasSize(1);
        assertThat(aws.ledger().count("SendCommand")).isEqualTo(1);
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
        Pipelines.start(
                jenkins,
                "load",
                "runOnTaggedInstance " + SimulatedAccount.WORKERS + ", commands: 'load', alertChannel: 'high'");
    }

    private static void finish(JenkinsRule jenkins) throws Throwable {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("load", WorkflowJob.class).getLastBuild();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build))
                .containsPattern("ERROR: command \\S+ on \\S+ \\(worker-1\\) failed with exit code 3: no such table");
    }
}
