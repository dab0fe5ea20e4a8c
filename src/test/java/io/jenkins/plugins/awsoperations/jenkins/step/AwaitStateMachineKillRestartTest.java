package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The controller is killed: the execution that AWS has is found again, and no second one is started. */
class AwaitStateMachineKillRestartTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    private final AwsSimulator aws = AwsSimulator.builder().start();

    @AfterEach
    void tearDown() {
        aws.close();
    }

    /** AWS has the execution, and nothing has been written of its ARN yet. */
    @Test
    void inTheInstantInWhichAwsStartsIt() throws Throwable {
        killAndGoOn(Duration.ofSeconds(20), () -> executions() == 1);
    }

    /** It ends while the controller is down, and AWS refuses its name from then on. */
    @Test
    void inTheInstantInWhichAwsStartsWhatEndsSoon() throws Throwable {
        killAndGoOn(Duration.ofSeconds(1), () -> executions() == 1);
    }

    @Test
    void whileItRuns() throws Throwable {
        killAndGoOn(Duration.ofSeconds(20), () -> aws.ledger().count("GetExecutionHistory") == 2);
    }

    private void killAndGoOn(Duration job, BooleanSupplier moment) throws Throwable {
        String endpoint = aws.endpoint().toString();
        aws.states().createStateMachine("load", StateMachines.ONE_TASK);
        aws.states().task(call -> TaskOutcome.succeed("{\"rows\": 3}").after(job));
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            start(jenkins, endpoint);
        });
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(moment::getAsBoolean);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        controller.runRemotely(AwaitStateMachineKillRestartTest::finish);

        assertThat(aws.states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.status()).isEqualTo("SUCCEEDED"));
    }

    private int executions() {
        return aws.states().executions().size();
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
                "def r = awaitStateMachine stateMachine: 'load', input: [a: 1]\necho \"${r.output.rows} rows\"");
    }

    private static void finish(JenkinsRule jenkins) throws Throwable {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("load", WorkflowJob.class).getLastBuild();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("3 rows", build);
    }
}
