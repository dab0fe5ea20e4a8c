package io.jenkins.plugins.awsoperations.jenkins.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandView;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The build step of freestyle jobs. */
@WithSimulatedAccount
class RunOnTaggedInstanceBuilderJenkinsTest extends JenkinsWithAccount {

    @Test
    void runsTheCommandsAndShowsThem() throws Exception {
        String id = account.worker(
                "worker-1", command -> NodeOutcome.exit(0).stdout(String.join(";", command.commands()) + "\n"));

        FreeStyleBuild build = build(Result.SUCCESS, step -> step.setEnvironment(Map.of("DAY", "Monday")));

        assertThat(JenkinsRule.getLog(build)).contains("export DAY='Monday';import --all\n");
        assertThat(command(build)).satisfies(view -> {
            assertThat(view.getTitle()).isEqualTo("import --all");
            assertThat(view.getWorkerId()).isEqualTo(id);
            assertThat(view.getState()).isEqualTo("succeeded");
        });
    }

    @Test
    void anExitCodeFailsTheBuildAndIsShown() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(3).stderr("no such table\n"));

        FreeStyleBuild build = build(Result.FAILURE, step -> {});

        assertThat(JenkinsRule.getLog(build))
                .containsPattern("ERROR: command \\S+ on \\S+ \\(worker-1\\) failed with exit code 3: no such table")
                .doesNotContain("at io.jenkins.plugins");
        assertThat(command(build).getExitCode()).isEqualTo(3);
    }

    @Test
    void anExitCodeMayMakeTheBuildUnstable() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(3));

        FreeStyleBuild build = build(Result.UNSTABLE, step -> step.setUnstableExitCodes(List.of(3)));

        jenkins.assertLogContains("[aws] UNSTABLE: exit code 3 of 'import --all'", build);
    }

    @Test
    void askingForAValueThatNobodyGetsIsRefusedBeforeAnyCall() throws Exception {
        FreeStyleBuild build = build(Result.FAILURE, step -> {
            step.setReturnStdout(true);
            step.setMaxPerInstance(-1);
        });

        assertThat(JenkinsRule.getLog(build))
                .contains(
                        "ERROR: returnStdout is for Pipelines only: what a build step returns, nobody gets",
                        "maxPerInstance must be 0 to 1000, not -1");
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void anAbortCancelsTheCommandAndSaysWhatIsProven() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(0).after(Duration.ofHours(3)));
        FreeStyleBuild build = job(step -> {}).scheduleBuild2(0).waitForStart();
        await().until(() -> JenkinsRule.getLog(build).contains("): runs\n"));

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("the command is proven to have stopped", build);
        assertThat(account.runs()).extracting(NodeRun::exitCode).containsExactly(137);
        assertThat(command(build).getReason()).contains("proven to have stopped");
    }

    @Test
    void aPipelineAndAFreestyleJobShareTheSlotsOfAWorker() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(0).after(Duration.ofMinutes(2)));
        WorkflowRun first = Pipelines.start(
                jenkins, "pipeline", "runOnTaggedInstance " + SimulatedAccount.WORKERS + ", commands: 'long'");
        await().until(() -> JenkinsRule.getLog(first).contains("): runs\n"));

        FreeStyleBuild second = build(Result.SUCCESS, step -> {
            step.setBusyIntervalSeconds(30);
            step.setBusyBackoff(1);
            step.setBusyRetries(20);
        });

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        jenkins.assertLogContains("has 1 of 1 commands", second);
        List<NodeRun> runs = account.runs();
        assertThat(runs).hasSize(2);
        assertThat(runs.get(1).startedAt()).isAfterOrEqualTo(runs.get(0).endedAt());
    }

    private static FreeStyleProject job(Consumer<RunOnTaggedInstanceStep> parameters) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        RunOnTaggedInstanceStep step = new RunOnTaggedInstanceStep();
        step.setTags(Map.of("role", "job_worker"));
        step.setCommands("import --all");
        parameters.accept(step);
        job.getBuildersList().add(new RunOnTaggedInstanceBuilder(step));
        return job;
    }

    private static FreeStyleBuild build(Result expected, Consumer<RunOnTaggedInstanceStep> parameters)
            throws Exception {
        return jenkins.assertBuildStatus(
                expected,
                jenkins.waitForCompletion(job(parameters).scheduleBuild2(0).waitForStart()));
    }

    private static CommandView command(FreeStyleBuild build) {
        return build.getAction(CommandsAction.class).getCommands().get(0);
    }
}
