package io.jenkins.plugins.awsoperations.jenkins.builder;

import static io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents.onlyDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.builder.SendFailEventNotifier.Threshold;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import io.jenkins.plugins.awsoperations.jenkins.step.SendFailEventStep;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The post-build action of freestyle jobs: it tells of failed builds, and leaves their results as they are. */
@WithSimulatedAccount
class SendFailEventNotifierJenkinsTest extends JenkinsWithAccount {

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
        jobs.build(Result.FAILURE, jobs.job(new RunOnTaggedInstanceBuilder(AlertingJobs.load()), notifier("high")));

        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("ExecutionFailed");
        assertThat(detail.get("cause").get("exitCode").intValue()).isEqualTo(3);
        assertThat(detail.get("resources").get(0).textValue()).isEqualTo(worker);
        assertThat(detail.get("executionURL").textValue()).contains("run-command/");
    }

    @Test
    void tellsTheResultWhenAnotherStepFailed() throws Exception {
        FreeStyleBuild build = jobs.build(Result.FAILURE, jobs.job(new Shell("exit 1"), notifier("high")));

        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("FAILURE");
        assertThat(detail.get("cause").get("message").textValue()).isEqualTo(build + " ends as FAILURE");
    }

    @Test
    void anEventThatCannotBeSentIsAWarning() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().deny());

        FreeStyleBuild build = jobs.build(
                Result.FAILURE, jobs.job(new RunOnTaggedInstanceBuilder(AlertingJobs.load()), notifier("high")));

        assertThat(JenkinsRule.getLog(build))
                .containsPattern("\\[aws] the alert to channel high could not be sent: .*AccessDeniedException");
    }

    @Test
    void aWrongParameterIsAWarning() throws Exception {
        FreeStyleBuild build = jobs.build(
                Result.FAILURE,
                jobs.job(new RunOnTaggedInstanceBuilder(AlertingJobs.load()), notifier("x".repeat(129))));

        assertThat(JenkinsRule.getLog(build)).containsPattern("could not be sent: channel has 129 characters");
    }

    @Test
    void anUnstableBuildIsToldWhenThatIsAskedFor() throws Exception {
        SendFailEventNotifier notifier = notifier("high");
        RunOnTaggedInstanceStep step = AlertingJobs.load();
        step.setUnstableExitCodes(List.of(3));

        jobs.build(Result.UNSTABLE, jobs.job(new RunOnTaggedInstanceBuilder(step), notifier));
        assertThat(account.aws().events().received()).isEmpty();

        notifier.setThreshold(Threshold.UNSTABLE);
        jobs.build(Result.UNSTABLE, jobs.job(new RunOnTaggedInstanceBuilder(step), notifier));
        assertThat(onlyDetail(account.aws()).get("error").textValue()).isEqualTo("UNSTABLE");
    }

    @Test
    void nothingIsToldOfSuccess() throws Exception {
        jobs.build(Result.SUCCESS, jobs.job(new Shell("exit 0"), notifier("high")));

        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void nothingIsToldWhenAPersonAborts() throws Exception {
        longRunning();
        FreeStyleBuild build =
                jobs.start(jobs.job(new RunOnTaggedInstanceBuilder(AlertingJobs.load()), notifier("high")));
        await().until(() -> JenkinsRule.getLog(build).contains("): runs\n"));

        jobs.abort(build);

        assertThat(account.aws().ledger().count("PutEvents")).isZero();
    }

    private void longRunning() {
        account.aws().ssm().agent(worker).script(command -> NodeOutcome.exit(0).after(Duration.ofHours(3)));
    }

    private static SendFailEventNotifier notifier(String channel) {
        return new SendFailEventNotifier(new SendFailEventStep(channel));
    }
}
