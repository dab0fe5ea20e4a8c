package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandView;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A build that is stopped, in each state of its command: the log and the build's page say what is proven of the command. */
@WithSimulatedAccount
class RunOnTaggedInstanceAbortJenkinsTest extends JenkinsWithAccount {

    private String worker;

    @BeforeEach
    void setUp() {
        worker = account.worker(
                "worker-1",
                command -> NodeOutcome.exit(0).after(Duration.ofHours(5)).stdoutAt(Duration.ofSeconds(1), "begun\n"));
    }

    @Test
    void whileItWaitsForAWorkerNothingIsSentAnyMore() throws Exception {
        account.aws().ssm().agent(worker).connectionLost();
        WorkflowRun build = startAndWaitFor("looks again in 1 min 40 s", "");

        abort(build);
        account.aws().ssm().agent(worker).online();

        jenkins.assertLogContains("stopped (aborted): no command was sent", build);
        assertThat(account.aws().ledger().count("SendCommand")).isZero();
        assertThat(command(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("stopped");
            assertThat(view.getIcon()).isEqualTo("symbol-status-aborted");
            assertThat(view.getWorker()).isEmpty();
            assertThat(view.getReason()).contains("no command was sent");
        });
    }

    @Test
    void whileItRunsTheCommandIsCancelledAndProvenToHaveStopped() throws Exception {
        WorkflowRun build = startAndWaitFor("): runs\n", "");

        abort(build);

        assertThat(JenkinsRule.getLog(build))
                .contains("cancels command ", "the command is proven to have stopped", "\nbegun\n");
        assertThat(account.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(137));
        assertThat(command(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("cancelled");
            assertThat(view.getIcon()).isEqualTo("symbol-status-aborted");
            assertThat(view.getReason()).contains("stopped (aborted)", "is proven to have stopped");
        });
    }

    @Test
    void anAbortIsHeardAtOnceAlsoWhenTheNextPollIsFarAway() throws Exception {
        account.aws().ssm().agent(worker).connectionLost();
        WorkflowRun build = Pipelines.start(
                jenkins, newJob(), "runOnTaggedInstance " + WORKERS + ", commands: 'load', busyIntervalSeconds: 86400");
        jenkins.waitForMessage("looks again in 24 h", build);
        long asked = System.nanoTime();

        abort(build);

        // The next poll would have been after 48 minutes.
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aWorkerThatDoesNotAnswerIsSaidNotToBeProven() throws Exception {
        WorkflowRun build = startAndWaitFor("): runs\n", "");
        account.aws().ssm().agent(worker).connectionLost();

        abort(build);

        jenkins.assertLogContains("the command is NOT proven to have stopped", build);
        assertThat(command(build).getReason()).contains("NOT proven to have stopped", "AWS console");
        assertThat(account.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.endedAt()).isNull());
    }

    @Test
    void aCommandThatIsToGoOnGoesOn() throws Exception {
        WorkflowRun build = startAndWaitFor("): runs\n", ", onAbort: 'DETACH'");

        abort(build);

        jenkins.assertLogContains("the command goes on (onAbort: DETACH)", build);
        assertThat(account.aws().ledger().count("CancelCommand")).isZero();
        assertThat(account.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.endedAt()).isNull());
        assertThat(command(build).getReason()).contains("goes on", "run-command/");
    }

    @Test
    void aTimeoutAroundTheStepCancelsTheCommand() throws Exception {
        WorkflowRun build = Pipelines.run(
                jenkins,
                Result.ABORTED,
                newJob(),
                "timeout(time: 5, unit: 'SECONDS') { runOnTaggedInstance " + WORKERS + ", commands: 'load' }");

        jenkins.assertLogContains("stopped (Timeout has been exceeded", build);
        jenkins.assertLogContains("is proven to have stopped", build);
    }

    @Test
    void aSecondAbortDoesNotWaitForAwsAndSaysWhatMayRun() throws Exception {
        WorkflowRun build = startAndWaitFor("): runs\n", "");
        account.aws().faults().add(Fault.on("CancelCommand").always().throttle());

        build.getExecutor().interrupt();
        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build))
                .containsPattern("in AWS stays: command \\S+ on " + worker + " \\(worker-1\\), which may still run");
        assertThat(command(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("stopped");
            assertThat(view.getWorker()).isEqualTo(worker + " (worker-1)");
        });
    }

    @Test
    void theSlotOfACancelledCommandIsFreeAgain() throws Exception {
        abort(startAndWaitFor("): runs\n", ""));
        account.aws().ssm().agent(worker).script(command -> NodeOutcome.exit(0));

        WorkflowRun next = Pipelines.run(
                jenkins, Result.SUCCESS, newJob(), "runOnTaggedInstance " + WORKERS + ", commands: 'load'");

        jenkins.assertLogNotContains("WorkerBusy", next);
    }

    private WorkflowRun startAndWaitFor(String message, String more) throws Exception {
        WorkflowRun build =
                Pipelines.start(jenkins, newJob(), "runOnTaggedInstance " + WORKERS + ", commands: 'load'" + more);
        await().until(() -> JenkinsRule.getLog(build).contains(message));
        return build;
    }

    private static void abort(WorkflowRun build) throws Exception {
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("stopped (aborted)", build);
    }

    private static CommandView command(WorkflowRun build) {
        return build.getAction(CommandsAction.class).getCommands().get(0);
    }
}
