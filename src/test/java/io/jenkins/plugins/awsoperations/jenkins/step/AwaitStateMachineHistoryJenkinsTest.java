package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionStateView;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionView;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What the log and the build's page tell of an execution's states. */
@WithSimulatedAccount
class AwaitStateMachineHistoryJenkinsTest extends JenkinsWithAccount {

    private void machine(String definition, TaskOutcome outcome) {
        account.aws().states().createStateMachine("nightly", definition);
        account.aws().states().task(call -> outcome);
    }

    @Test
    void theLogTellsTheStates() throws Exception {
        account.aws().states().createStateMachine("nightly", StateMachines.RETRIED_AND_CAUGHT);
        account.aws().states().task(call -> TaskOutcome.fail("Flaky", "no connection"));

        WorkflowRun build = run(Result.SUCCESS, "awaitStateMachine stateMachine: 'nightly'");

        assertThat(log(build).lines().filter(line -> line.startsWith("[aws] ")).toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("[aws] account 123456789012, region ap-northeast-1, as "),
                        line -> assertThat(line).startsWith("[aws] nightly: execution job-"),
                        line -> assertThat(line).isEqualTo("[aws] nightly: Job 1 begins"),
                        line -> assertThat(line)
                                .isEqualTo("[aws] nightly: Job 1 failed after 1 s: Flaky: no connection"),
                        line -> assertThat(line).isEqualTo("[aws] nightly: Job 1 is tried again (try 2)"),
                        line -> assertThat(line).startsWith("[aws] nightly: Job 1 failed after "),
                        line -> assertThat(line).isEqualTo("[aws] nightly: Job 1 is tried again (try 3)"),
                        line -> assertThat(line).startsWith("[aws] nightly: Job 1 failed after "),
                        line -> assertThat(line).startsWith("[aws] nightly: Job 1 is caught after "),
                        line -> assertThat(line).isEqualTo("[aws] nightly: Job 2: done"),
                        line -> assertThat(line).startsWith("[aws] nightly: SUCCEEDED after "));
        assertThat(execution(build).getRows()).first().satisfies(row -> {
            assertThat(row.getState()).isEqualTo("failed and caught");
            assertThat(row.getIcon()).isEqualTo("symbol-status-yellow");
            assertThat(row.getAttempts()).isEqualTo(3);
            assertThat(row.getReason()).isEqualTo("Flaky: no connection");
        });
    }

    @Test
    void whatIsNotWantedOfTheHistoryIsNeitherAskedForNorShown() throws Exception {
        machine(StateMachines.TWO_TASKS, TaskOutcome.succeed("{}"));

        WorkflowRun build = run(Result.SUCCESS, "awaitStateMachine stateMachine: 'nightly', history: 'NONE'");

        assertThat(log(build)).contains("nightly: SUCCEEDED").doesNotContain("Job 1");
        assertThat(account.aws().ledger().count("GetExecutionHistory")).isZero();
        assertThat(execution(build).getRows()).isEmpty();
        assertThat(execution(build).getDuration()).isNotEmpty();
    }

    @Test
    void aLongHistoryIsCutInTheLogButNotOnThePage() throws Exception {
        machine(StateMachines.TWO_TASKS, TaskOutcome.succeed("{}"));

        WorkflowRun build = run(Result.SUCCESS, "awaitStateMachine stateMachine: 'nightly', historyMaxLines: 1");

        assertThat(log(build)).contains("Job 1 begins", "nightly: SUCCEEDED").doesNotContain("Job 2 begins");
        assertThat(execution(build).getRows())
                .extracting(ExecutionStateView::getName)
                .containsExactly("Job 1", "Job 2");
    }

    @Test
    void aChildExecutionIsToldAndLinked() throws Exception {
        String child = account.aws().states().createStateMachine("child", StateMachines.ONE_TASK);
        account.aws().states().createStateMachine("nightly", StateMachines.parentOf(child));

        WorkflowRun build = run(Result.SUCCESS, "awaitStateMachine stateMachine: 'nightly'");

        String childArn = account.aws().states().executions().get(1).arn();
        jenkins.assertLogContains("Child started the execution " + childArn, build);
        assertThat(execution(build).getRows()).singleElement().satisfies(row -> {
            assertThat(childArn).endsWith(":" + row.getChild());
            assertThat(row.getChildUrl())
                    .isEqualTo("https://ap-northeast-1.console.aws.amazon.com/states/home?region=ap-northeast-1"
                            + "#/executions/details/" + childArn);
        });
    }

    private static ExecutionView execution(WorkflowRun build) {
        return build.getAction(ExecutionsAction.class).getExecutions().get(0);
    }
}
