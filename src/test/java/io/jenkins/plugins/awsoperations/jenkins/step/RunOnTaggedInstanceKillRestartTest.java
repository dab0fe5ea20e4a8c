package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed: what the worker runs is found again, and not run a second time. */
class RunOnTaggedInstanceKillRestartTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    private final AwsSimulator aws = AwsSimulator.builder().start();

    @AfterEach
    void tearDown() {
        aws.close();
    }

    /** AWS has the command, and nothing has been written of its id yet. */
    @Test
    void inTheInstantInWhichAwsTakesTheCommand() throws Throwable {
        killAndGoOn(() -> sent() == 1);
    }

    @Test
    void whileItRuns() throws Throwable {
        killAndGoOn(() -> aws.ssm().runs().size() == 1);
    }

    private void killAndGoOn(BooleanSupplier moment) throws Throwable {
        String endpoint = aws.endpoint().toString();
        String worker = aws.ec2().runInstance(Map.of("Name", "worker-1", "role", "job_worker", "env", "production"));
        aws.ssm()
                .agent(worker)
                .script(command ->
                        NodeOutcome.exit(0).after(Duration.ofSeconds(20)).stdout("loaded\n"));
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            start(jenkins, endpoint);
        });
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(moment::getAsBoolean);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        controller.runRemotely(RunOnTaggedInstanceKillRestartTest::finish);

        assertThat(aws.ssm().runs())
                .singleElement()
                .satisfies(run -> assertThat(run.exitCode()).isZero());
        assertThat(sent()).isEqualTo(1);
    }

    private long sent() {
        return aws.ledger().calls("SendCommand").stream()
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
        Pipelines.start(jenkins, "load", "runOnTaggedInstance " + SimulatedAccount.WORKERS + ", commands: 'load'");
    }

    private static void finish(JenkinsRule jenkins) throws Throwable {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("load", WorkflowJob.class).getLastBuild();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).lines().filter("loaded"::equals)).hasSize(1);
    }
}
