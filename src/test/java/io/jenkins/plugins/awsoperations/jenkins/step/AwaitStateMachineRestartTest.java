package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted in order, in each state of an execution: the build goes on, and nothing is started twice. */
class AwaitStateMachineRestartTest {

    private static final String LOAD = "def r = awaitStateMachine stateMachine: 'load', input: [a: [1, null]]";

    /** What the step gave to the Pipeline after the restart. */
    private static final String ECHO = "\necho \"${r.status} with ${r.output.rows} rows\"";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** In real time, which goes on while the controller is down. */
    private final SimulatedAccount account = new SimulatedAccount(1);

    @BeforeEach
    void setUp() {
        account.aws().states().createStateMachine("load", StateMachines.TWO_TASKS);
        account.aws().states().task(call -> TaskOutcome.succeed("{\"rows\": 3}").after(Duration.ofSeconds(1)));
    }

    @AfterEach
    void tearDown() {
        account.close();
    }

    @Test
    void whileAwsDoesNotStartIt() throws Throwable {
        account.aws().faults().add(Fault.on("StartExecution").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("tries again", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> jenkins.assertLogContains("SUCCEEDED with 3 rows", finish(jenkins)));
        assertThatItWasStartedOnce();
    }

    @Test
    void whileItIsNotKnownWhetherAwsHasIt() throws Throwable {
        account.aws().faults().add(Fault.on("StartExecution").times(1).loseReply());
        account.aws().faults().add(Fault.on("StartExecution").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("tries again", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> {
            WorkflowRun build = finish(jenkins);
            jenkins.assertLogContains("AWS has the execution", build);
            jenkins.assertLogContains("SUCCEEDED with 3 rows", build);
        });
        assertThatItWasStartedOnce();
    }

    @Test
    void whileItRunsNoLineIsToldTwice() throws Throwable {
        account.aws()
                .states()
                .task(call -> TaskOutcome.succeed("{\"rows\": 3}")
                        .after(Duration.ofSeconds(call.stateName().equals("Job 1") ? 1 : 15)));
        sessions.then(jenkins -> {
            account.connect();
            waitForLog("Job 2 begins", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = finish(jenkins);
            assertThat(JenkinsRule.getLog(build).lines().filter(line -> line.contains("Job ")))
                    .satisfiesExactly(
                            line -> assertThat(line).endsWith("Job 1 begins"),
                            line -> assertThat(line).contains("Job 1: done after "),
                            line -> assertThat(line).endsWith("Job 2 begins"),
                            line -> assertThat(line).contains("Job 2: done after "));
            jenkins.assertLogContains("SUCCEEDED with 3 rows", build);
            assertThat(build.getAction(ExecutionsAction.class).getExecutions())
                    .singleElement()
                    .satisfies(view -> assertThat(view.getRows()).hasSize(2));
        });
        assertThatItWasStartedOnce();
    }

    @Test
    void whatEndedWhileTheControllerWasDownIsFoundAsItIs() throws Throwable {
        account.aws().states().task(call -> TaskOutcome.succeed("{}").after(Duration.ofHours(1)));
        sessions.then(jenkins -> {
            account.connect();
            waitForLog("Job 1 begins", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        account.aws().states().stop(execution(), "Maintenance", "by bob");
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build(jenkins)));
            jenkins.assertLogContains("was stopped by somebody else", build);
        });
        assertThatItWasStartedOnce();
    }

    @Test
    void aBuildThatWentOnCanBeAborted() throws Throwable {
        account.aws().states().task(call -> TaskOutcome.succeed("{}").after(Duration.ofHours(1)));
        sessions.then(jenkins -> {
            account.connect();
            waitForLog("Job 1 begins", Pipelines.start(jenkins, "load", LOAD));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            await().until(() -> build.getExecutor() != null);
            build.getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("the execution has stopped", build);
        });
        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.status()).isEqualTo("ABORTED"));
    }

    @Test
    void aFailureThatWasReadBackHasWhatIsKeptOfItsResult() throws Throwable {
        account.aws().states().task(call -> TaskOutcome.fail("DiskFull", "{\"path\": \"/var\"}"));
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun build = Pipelines.start(jenkins, "load", """
                    def failure
                    try { awaitStateMachine stateMachine: 'load' } catch (e) { failure = e }
                    echo "cause ${failure.result.cause.path}"
                    sleep 5
                    echo "now ${failure.kind}, ${failure.result.error} in ${failure.result.failedState}, ${failure.result.cause}"
                    """);
            waitForLog("cause /var", build);
        });
        sessions.then(
                jenkins -> jenkins.assertLogContains("now REMOTE_FAILED, DiskFull in Job 1, null", finish(jenkins)));
    }

    private String execution() {
        return account.aws().states().executions().get(0).arn();
    }

    private void assertThatItWasStartedOnce() {
        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.input()).isEqualTo("{\"a\":[1,null]}"));
    }

    private static void waitForLog(String text, WorkflowRun build) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> JenkinsRule.getLog(build).contains(text));
    }

    private static WorkflowRun finish(JenkinsRule jenkins) throws Exception {
        return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins)));
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("load", WorkflowJob.class).getLastBuild();
    }
}
