package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionStateView;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionView;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A build that is stopped, or whose time is over: AWS keeps who and why, and the log says what became of the execution. */
@WithSimulatedAccount
class AwaitStateMachineAbortJenkinsTest extends JenkinsWithAccount {

    @BeforeEach
    void setUp() {
        account.aws().states().createStateMachine("nightly", StateMachines.ONE_TASK);
        account.aws().states().task(call -> TaskOutcome.succeed("{}").after(Duration.ofHours(5)));
    }

    @Test
    void theExecutionIsStoppedAndAwsKeepsWhoAndWhy() throws Exception {
        WorkflowRun build = startAndWaitFor("Job 1 begins", "");

        build.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("alice"));

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        String job = build.getParent().getName();
        assertThat(account.aws().states().executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo("ABORTED");
            assertThat(execution.error()).isEqualTo("AwsOperations.Aborted");
            assertThat(execution.cause()).isEqualTo(job + " #1: Aborted by alice");
        });
        assertThat(JenkinsRule.getLog(build))
                .containsPattern(
                        "stopped \\(Aborted by alice\\); execution \\S+ of nightly: the execution has stopped");
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("aborted");
            assertThat(view.getIcon()).isEqualTo("symbol-status-aborted");
            assertThat(view.getFailure()).contains("Aborted by alice", "the execution has stopped");
            assertThat(view.getRows()).extracting(ExecutionStateView::getState).containsExactly("aborted");
        });
    }

    @Test
    void anExecutionThatIsToGoOnGoesOn() throws Exception {
        WorkflowRun build = startAndWaitFor("Job 1 begins", ", onAbort: 'DETACH'");

        abort(build);

        jenkins.assertLogContains("the execution goes on (onAbort: DETACH)", build);
        assertThat(account.aws().ledger().count("StopExecution")).isZero();
        assertThat(status()).isEqualTo("RUNNING");
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("end not seen");
            assertThat(view.getIcon()).isEqualTo("symbol-status-aborted");
            assertThat(view.getConsoleUrl()).isNotNull();
            assertThat(view.getFailure()).contains("executionArn: arn:aws:states:");
        });
    }

    @Test
    void whatIsNotStartedYetIsNotStartedAnyMore() throws Exception {
        account.aws().faults().add(Fault.on("DescribeStateMachine").always().throttle());
        WorkflowRun build = startAndWaitFor("tries again", "");

        abort(build);
        account.aws().faults().clear();

        jenkins.assertLogContains("nothing was started", build);
        assertThat(account.aws().states().executions()).isEmpty();
        assertThat(execution(build).getState()).isEqualTo("not begun");
        assertThat(execution(build).getIcon()).isEqualTo("symbol-status-aborted");
    }

    @Test
    void aTimeoutAroundTheStepStopsTheExecution() throws Exception {
        WorkflowRun build = Pipelines.run(
                jenkins,
                Result.ABORTED,
                newJob(),
                "timeout(time: 5, unit: 'SECONDS') { awaitStateMachine stateMachine: 'nightly' }");

        jenkins.assertLogContains("stopped (Timeout has been exceeded", build);
        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.cause()).contains("Timeout has been exceeded"));
        assertThat(status()).isEqualTo("ABORTED");
    }

    @Test
    void theEndOfItsTimeFailsTheStepAndStopsTheExecution() throws Exception {
        WorkflowRun build = run("timeoutMinutes: 2");

        assertThat(JenkinsRule.getLog(build))
                .contains("kind TIMED_OUT, status ABORTED")
                .containsPattern("ERROR: timed out \\(timeoutMinutes: 2 are over\\); execution \\S+ of nightly: the"
                        + " execution has stopped");
        assertThat(account.aws().states().executions()).singleElement().satisfies(execution -> {
            assertThat(execution.error()).isEqualTo("AwsOperations.Timeout");
            assertThat(execution.cause()).endsWith(" #1: timeoutMinutes: 2 are over");
        });
        assertThat(execution(build).getIcon()).isEqualTo("symbol-status-red");
    }

    @Test
    void theEndOfItsTimeMayLeaveTheExecutionAlone() throws Exception {
        WorkflowRun build = run("timeoutMinutes: 2, onAbort: 'DETACH'");

        assertThat(JenkinsRule.getLog(build)).contains("kind TIMED_OUT", "the execution goes on (onAbort: DETACH)");
        assertThat(status()).isEqualTo("RUNNING");
    }

    @Test
    void whoeverStopsItInAwsFailsTheStep() throws Exception {
        WorkflowRun build = startAndWaitFor("Job 1 begins", "");

        account.aws().states().stop(account.aws().states().executions().get(0).arn(), "Maintenance", "stopped by bob");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build))
                .containsPattern(
                        "ERROR: execution \\S+ of nightly was stopped by somebody else.*Maintenance: stopped by bob");
        assertThat(execution(build).getState()).isEqualTo("aborted");
    }

    @Test
    void aSecondAbortDoesNotWaitForAwsAndSaysWhatMayRun() throws Exception {
        WorkflowRun build = startAndWaitFor("Job 1 begins", "");
        account.aws().faults().add(Fault.on("StopExecution").always().throttle());

        build.getExecutor().interrupt();
        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build))
                .containsPattern("in AWS stays: execution arn:aws:states:\\S+, which may still run");
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("end not seen");
            assertThat(view.getConsoleUrl()).isNotNull();
        });
    }

    private WorkflowRun run(String more) throws Exception {
        return Pipelines.run(jenkins, Result.FAILURE, newJob(), """
                try {
                    awaitStateMachine stateMachine: 'nightly', %s
                } catch (e) {
                    echo "kind ${e.kind}, status ${e.result.status}"
                    throw e
                }
                """.formatted(more));
    }

    private WorkflowRun startAndWaitFor(String message, String more) throws Exception {
        WorkflowRun build = Pipelines.start(jenkins, newJob(), "awaitStateMachine stateMachine: 'nightly'" + more);
        await().until(() -> JenkinsRule.getLog(build).contains(message));
        return build;
    }

    private static void abort(WorkflowRun build) throws Exception {
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("stopped (aborted)", build);
    }

    private String status() {
        return account.aws().states().executions().get(0).status();
    }

    private static ExecutionView execution(WorkflowRun build) {
        return build.getAction(ExecutionsAction.class).getExecutions().get(0);
    }
}
