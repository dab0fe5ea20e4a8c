package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted in order, in each state of a command: the build goes on, and the worker runs it once. */
class RunOnTaggedInstanceRestartTest {

    private static final String GROUP = "/jobs/batch";
    private static final String LOAD = "def r = runOnTaggedInstance " + WORKERS
            + ", commands: 'load', busyRetries: 20, busyIntervalSeconds: 5, busyBackoff: 1";

    /** What the step gave to the Pipeline after the restart. */
    private static final String ECHO = "\necho \"${r.status} on ${r.instanceId}, ${r.stdout.count('line')} lines\"";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** In real time, which goes on while the controller is down. */
    private final SimulatedAccount account = new SimulatedAccount(1);

    @AfterEach
    void tearDown() {
        account.close();
    }

    @Test
    void whileItWaitsForAWorker() throws Throwable {
        String worker = account.worker("worker-1", command -> NodeOutcome.exit(0));
        account.aws().ssm().agent(worker).connectionLost();
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("looks again in 5 s", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        account.aws().ssm().agent(worker).online();
        sessions.then(jenkins -> jenkins.assertLogContains("Success on " + worker, finish(jenkins)));
        assertThatItRanOnce();
    }

    @Test
    void whileAwsDoesNotTakeTheCommand() throws Throwable {
        account.worker("worker-1", command -> NodeOutcome.exit(0));
        account.aws().faults().add(Fault.on("SendCommand").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("tries again", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> finish(jenkins));
        assertThatItRanOnce();
    }

    @Test
    void whileItIsNotKnownWhetherAwsHasTheCommand() throws Throwable {
        account.worker("worker-1", command -> NodeOutcome.exit(0).after(Duration.ofSeconds(2)));
        account.aws().faults().add(Fault.on("SendCommand").times(1).loseReply());
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage(
                    "finds out whether AWS has the command", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        sessions.then(
                jenkins -> jenkins.assertLogContains("AWS has the command, it is not sent again", finish(jenkins)));
        assertThatItRanOnce();
        assertThat(account.aws().ledger().count("SendCommand")).isEqualTo(1);
    }

    @Test
    void whileItRuns() throws Throwable {
        String worker = account.worker(
                "worker-1",
                command -> NodeOutcome.exit(0).after(Duration.ofSeconds(15)).stdout("line 1\nline 2\n"));
        sessions.then(jenkins -> {
            account.connect();
            waitForLog("): runs\n", Pipelines.start(jenkins, "load", LOAD + ECHO));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = finish(jenkins);
            jenkins.assertLogContains("Success on " + worker + ", 2 lines", build);
            assertThat(linesOfOutput(build)).containsExactly("line 1", "line 2");
            assertThat(build.getAction(CommandsAction.class).getCommands()).hasSize(1);
        });
        assertThatItRanOnce();
    }

    @Test
    void whileItsOutputComesNothingIsLostAndNothingComesTwice() throws Throwable {
        account.aws().logs().createGroup(GROUP);
        NodeOutcome outcome = NodeOutcome.exit(0).after(Duration.ofSeconds(40));
        List<String> lines =
                IntStream.range(0, 80).mapToObj("line %03d"::formatted).toList();
        for (int n = 0; n < lines.size(); n++) {
            outcome = outcome.stdoutAt(Duration.ofMillis(n * 500L), lines.get(n) + "\n");
        }
        NodeOutcome writes = outcome;
        account.worker("worker-1", command -> writes);
        sessions.then(jenkins -> {
            account.connect();
            waitForLog("line 003\n", Pipelines.start(jenkins, "load", LOAD + ", logGroup: '" + GROUP + "'"));
        });
        sessions.then(jenkins -> waitForLog("line 020\n", build(jenkins)));
        sessions.then(jenkins -> assertThat(linesOfOutput(finish(jenkins))).containsExactlyElementsOf(lines));
        assertThatItRanOnce();
    }

    @Test
    void aBuildThatWentOnCanBeAborted() throws Throwable {
        account.worker("worker-1", command -> NodeOutcome.exit(0).after(Duration.ofHours(1)));
        sessions.then(jenkins -> {
            account.connect();
            waitForLog("): runs\n", Pipelines.start(jenkins, "load", LOAD));
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            await().until(() -> build.getExecutor() != null);
            build.getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("the command is proven to have stopped", build);
        });
        assertThat(account.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(137));
    }

    @Test
    void theSlotOfACommandThatRunsIsTakenAgain() throws Throwable {
        account.worker("worker-1", command -> NodeOutcome.exit(0).after(Duration.ofSeconds(20)));
        sessions.then(jenkins -> {
            account.connect();
            waitForLog("): runs\n", Pipelines.start(jenkins, "load", LOAD));
        });
        sessions.then(jenkins -> {
            WorkflowRun second = Pipelines.start(jenkins, "second", LOAD);
            jenkins.waitForMessage("has 1 of 1 commands", second);
            finish(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
        });
        assertThat(account.runs()).hasSize(2);
        assertThat(account.runs().get(1).startedAt())
                .isAfterOrEqualTo(account.runs().get(0).endedAt());
    }

    private void assertThatItRanOnce() {
        assertThat(account.runs()).hasSize(1);
    }

    private static List<String> linesOfOutput(WorkflowRun build) throws Exception {
        return JenkinsRule.getLog(build)
                .lines()
                .filter(line -> line.matches("line \\d+"))
                .toList();
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
