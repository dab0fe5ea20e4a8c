package io.jenkins.plugins.awsoperations.jenkins.execution;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted between a step's failure and its end: the event is sent, and the step fails as it would have failed. */
class AlertRestartTest {

    private static final String LOAD = "runOnTaggedInstance " + WORKERS + ", commands: 'load', alertChannel: 'high'";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** In real time, which goes on while the controller is down. */
    private final SimulatedAccount account = new SimulatedAccount(1);

    @BeforeEach
    void setUp() {
        account.worker("worker-1", command -> NodeOutcome.exit(3).stderr("no such table\n"));
    }

    @AfterEach
    void tearDown() {
        account.close();
    }

    @Test
    void anEventThatWasNotTakenIsSentAfterwards() throws Throwable {
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            waitFor("tries again", start(jenkins, LOAD));
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> {
            WorkflowRun build = finish(jenkins, Result.FAILURE);
            assertThat(JenkinsRule.getLog(build))
                    .containsPattern(
                            "ERROR: command \\S+ on \\S+ \\(worker-1\\) failed with exit code 3: no such table");
        });
        assertThat(ReceivedEvents.onlyDetail(account.aws())
                        .get("cause")
                        .get("exitCode")
                        .intValue())
                .isEqualTo(3);
        assertThat(account.runs()).hasSize(1);
    }

    @Test
    void anEventOfWhichNothingIsKnownIsSentAgainWithTheSameId() throws Throwable {
        account.aws().faults().add(Fault.on("PutEvents").times(1).loseReply());
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            start(jenkins, LOAD);
            await().until(() -> account.aws().ledger().count("PutEvents") > 1);
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> finish(jenkins, Result.FAILURE));
        assertThat(ReceivedEvents.details(account.aws()))
                .hasSize(2)
                .extracting(detail -> detail.get("id").textValue())
                .containsOnly(
                        ReceivedEvents.details(account.aws()).get(0).get("id").textValue());
        assertThat(account.runs()).hasSize(1);
    }

    @Test
    void aPipelineThatCatchesTheFailureFindsInItWhatWasDone() throws Throwable {
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            waitFor(
                    "tries again",
                    start(
                            jenkins,
                            "try { " + LOAD
                                    + " } catch (e) { echo \"${e.kind} ${e.exitCode} ${e.result.status} ${e.message}\" }"));
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> {
            WorkflowRun build = finish(jenkins, Result.SUCCESS);
            assertThat(JenkinsRule.getLog(build)).contains("REMOTE_FAILED 3 Failed command ");
        });
    }

    @Test
    void aTimeoutIsStillATimeout() throws Throwable {
        String slow = account.worker("worker-2", command -> NodeOutcome.exit(0).after(Duration.ofHours(1)));
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            waitFor(
                    "PutEvents",
                    start(jenkins, "timeout(time: 3, unit: 'SECONDS') { " + LOAD + ", instanceId: '" + slow + "' }"));
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> finish(jenkins, Result.ABORTED));
        assertThat(ReceivedEvents.onlyDetail(account.aws()).get("error").textValue())
                .isEqualTo("Cancelled");
    }

    @Test
    void aPersonMayAbortItAfterTheRestart() throws Throwable {
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            waitFor("tries again", start(jenkins, LOAD));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            await().until(() -> build.getExecutor() != null);
            build.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("alice"));
            finish(jenkins, Result.ABORTED);
            jenkins.assertLogContains("could not be sent: stopped (Aborted by alice): no event was sent", build);
            jenkins.assertLogContains("failed before it was stopped: command ", build);
        });
        assertThat(account.aws().events().received()).isEmpty();
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        return Pipelines.start(jenkins, "load", script);
    }

    private static void waitFor(String text, WorkflowRun build) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> JenkinsRule.getLog(build).contains(text));
    }

    private static WorkflowRun finish(JenkinsRule jenkins, Result expected) throws Exception {
        return jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(build(jenkins)));
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("load", WorkflowJob.class).getLastBuild();
    }
}
