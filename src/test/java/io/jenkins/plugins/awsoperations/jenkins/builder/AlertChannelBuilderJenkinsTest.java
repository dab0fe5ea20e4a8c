package io.jenkins.plugins.awsoperations.jenkins.builder;

import static io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents.onlyDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.SecretBuildWrapper;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The alert channel of build steps. */
@WithSimulatedAccount
class AlertChannelBuilderJenkinsTest extends JenkinsWithAccount {

    private static AlertingJobs jobs;

    private String worker;

    @BeforeAll
    static void jobs() {
        jobs = new AlertingJobs(jenkins);
    }

    @BeforeEach
    void setUp() {
        worker = account.worker("worker-1", command -> NodeOutcome.exit(3).stderr("no such table\n"));
    }

    @Test
    void tellsWhyTheBuildStepFailed() throws Exception {
        FreeStyleBuild build = jobs.build(Result.FAILURE, jobs.job(load()));

        assertThat(onlyDetail(account.aws()).get("cause").get("exitCode").intValue())
                .isEqualTo(3);
        assertThat(JenkinsRule.getLog(build)).contains("[aws] event ", "ERROR: command ", "with exit code 3");
    }

    @Test
    void anEventThatCannotBeSentIsAWarning() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());

        FreeStyleBuild build = jobs.build(Result.FAILURE, jobs.job(load()));

        assertThat(JenkinsRule.getLog(build))
                .contains("[aws] the alert to channel high could not be sent: stopped (no more than 110 seconds")
                .containsPattern("ERROR: command .* failed with exit code 3: no such table");
    }

    @Test
    void nothingIsToldWhenAPersonAborts() throws Exception {
        longRunning();
        FreeStyleBuild build = jobs.start(jobs.job(load()));
        await().until(() -> JenkinsRule.getLog(build).contains("): runs\n"));

        jobs.abort(build);

        jenkins.assertLogContains("the command is proven to have stopped", build);
        assertThat(account.aws().ledger().count("PutEvents")).isZero();
    }

    @Test
    void whoAbortsDuringTheAlertDoesNotWaitForIt() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        FreeStyleBuild build = jobs.start(jobs.job(load()));
        await().until(() -> JenkinsRule.getLog(build).contains("tries again"));

        jobs.abort(build);

        assertThat(JenkinsRule.getLog(build)).containsPattern("\\[aws] command .* failed with exit code 3");
    }

    @Test
    void whatTheLogHidesDoesNotLeaveWithTheEvent() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("no such")));
        FreeStyleProject job = jobs.job(load());
        job.getBuildWrappersList().add(new SecretBuildWrapper(List.of(new StringBinding("TOKEN", "token"))));

        jobs.build(Result.FAILURE, job);

        assertThat(onlyDetail(account.aws()).get("cause").get("message").textValue())
                .contains("failed with exit code 3: **** table");
        assertThat(onlyDetail(account.aws()).toString()).doesNotContain("no such");
    }

    private void longRunning() {
        account.aws().ssm().agent(worker).script(command -> NodeOutcome.exit(0).after(Duration.ofHours(3)));
    }

    private static RunOnTaggedInstanceBuilder load() {
        RunOnTaggedInstanceStep step = AlertingJobs.load();
        step.setAlertChannel("high");
        return new RunOnTaggedInstanceBuilder(step);
    }
}
