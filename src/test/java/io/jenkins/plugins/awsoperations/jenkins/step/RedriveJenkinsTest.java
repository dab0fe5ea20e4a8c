package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The parameter {@code redrive}: what the build before has left failed goes on from where it failed. */
@WithSimulatedAccount
class RedriveJenkinsTest extends JenkinsWithAccount {

    private static final String REDRIVE = "awaitStateMachine stateMachine: 'nightly', redrive: true";

    private final Queue<String> ran = new ConcurrentLinkedQueue<>();
    private WorkflowJob job;

    @BeforeEach
    void setUp() throws Exception {
        account.aws().states().createStateMachine("nightly", StateMachines.TWO_TASKS);
        job = Pipelines.job(jenkins, newJob(), "");
    }

    private WorkflowRun build(Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    /** From now on the second job of every execution fails. */
    private void failing() {
        account.aws().states().task(call -> {
            ran.add(call.stateName());
            return call.stateName().equals("Job 2") ? TaskOutcome.fail("DiskFull", "/var") : TaskOutcome.succeed("{}");
        });
    }

    private void mended() {
        account.aws().states().task(call -> {
            ran.add(call.stateName());
            return TaskOutcome.succeed("{\"done\": true}");
        });
    }

    private List<ExecutionView> executions() {
        return account.aws().states().executions();
    }

    @Test
    void whatSucceededIsNotDoneAgain() throws Exception {
        failing();
        build(Result.FAILURE, REDRIVE);
        mended();

        WorkflowRun second =
                build(Result.SUCCESS, "def r = " + REDRIVE + "\necho \"${r.redriveCount} ${r.output.done}\"");

        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2");
        assertThat(executions()).singleElement().satisfies(execution -> {
            assertThat(execution.status()).isEqualTo("SUCCEEDED");
            assertThat(execution.redriveCount()).isEqualTo(1);
        });
        assertThat(JenkinsRule.getLog(second))
                .contains("1 true", "continues the execution before from where it failed: ")
                .doesNotContain("Job 1 begins");
        assertThat(second.getAction(ExecutionsAction.class).getExecutions())
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.getState()).isEqualTo("succeeded");
                    assertThat(view.getRedriveCount()).isEqualTo(1);
                });
    }

    @Test
    void whoseErrorOnlyMadeTheBuildUnstableGoesOnToo() throws Exception {
        failing();
        build(Result.UNSTABLE, REDRIVE + ", unstableErrors: ['DiskFull']");
        mended();

        build(Result.SUCCESS, REDRIVE);

        assertThat(executions()).hasSize(1);
    }

    @Test
    void theFirstBuildStartsAndSaysWhy() throws Exception {
        mended();

        WorkflowRun first = build(Result.SUCCESS, REDRIVE);

        jenkins.assertLogContains("starts anew: ", first);
        assertThat(executions()).hasSize(1);
    }

    @Test
    void nothingGoesOnAfterASuccess() throws Exception {
        failing();
        build(Result.FAILURE, REDRIVE);
        mended();
        build(Result.SUCCESS, REDRIVE);

        WorkflowRun third = build(Result.SUCCESS, REDRIVE);

        jenkins.assertLogContains("starts anew: ", third);
        assertThat(executions()).hasSize(2);
        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2", "Job 1", "Job 2");
    }

    /** What failed at first has been done by the second try. */
    @Test
    void onlyTheLastExecutionOfABuildCounts() throws Exception {
        Set<String> seen = new HashSet<>();
        account.aws()
                .states()
                .task(call -> seen.add(call.executionArn()) && seen.size() == 1
                        ? TaskOutcome.fail("DiskFull", "/var")
                        : TaskOutcome.succeed("{}"));
        build(Result.FAILURE, """
                retry(2) { awaitStateMachine stateMachine: 'nightly' }
                error 'something else'
                """);
        assertThat(executions()).extracting(ExecutionView::status).containsExactly("FAILED", "SUCCEEDED");

        build(Result.SUCCESS, REDRIVE);

        assertThat(executions()).hasSize(3);
    }

    @Test
    void everyInputHasItsOwnExecution() throws Exception {
        String network = """
                for (day in ['Monday', 'Tuesday']) {
                    catchError { awaitStateMachine stateMachine: 'nightly', input: [day: day], redrive: true }
                }
                """;
        failing();
        build(Result.FAILURE, network);
        mended();

        build(Result.SUCCESS, network);

        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 1", "Job 2", "Job 2", "Job 2");
        assertThat(executions())
                .extracting(ExecutionView::input, ExecutionView::redriveCount)
                .containsExactly(tuple("{\"day\":\"Monday\"}", 1), tuple("{\"day\":\"Tuesday\"}", 1));
    }

    @Test
    void anotherStateMachineOrInputStartsAnew() throws Exception {
        account.aws().states().createStateMachine("weekly", StateMachines.TWO_TASKS);
        failing();
        build(Result.FAILURE, REDRIVE);
        mended();

        build(Result.SUCCESS, "awaitStateMachine stateMachine: 'weekly', redrive: true");
        job.getLastBuild().delete();
        build(Result.SUCCESS, REDRIVE + ", input: [a: 1]");

        assertThat(executions())
                .hasSize(3)
                .allSatisfy(execution -> assertThat(execution.redriveCount()).isZero());
    }

    @Test
    void aLinkToTheBuildMakesNoOtherInput() throws Exception {
        failing();
        build(Result.FAILURE, REDRIVE + ", input: [a: 1], linkParent: true");
        mended();

        build(Result.SUCCESS, REDRIVE + ", input: [a: 1], linkParent: true");

        assertThat(executions()).hasSize(1);
    }

    @Test
    void aBuildThatCouldNotBeginIsPassedOver() throws Exception {
        failing();
        build(Result.FAILURE, REDRIVE);
        mended();
        account.aws().faults().add(Fault.on("RedriveExecution").always().deny());
        WorkflowRun second = build(Result.FAILURE, REDRIVE);
        jenkins.assertLogContains("Allow states:RedriveExecution", second);
        account.aws().faults().clear();

        build(Result.SUCCESS, REDRIVE);

        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2");
    }

    @Test
    void aBuildThatDidSomethingElseIsNotPassedOver() throws Exception {
        failing();
        build(Result.FAILURE, REDRIVE);
        mended();
        build(Result.SUCCESS, "echo 'nothing to do'");

        build(Result.SUCCESS, REDRIVE);

        assertThat(executions()).hasSize(2);
    }

    @Test
    void aBuildStepGoesOnToo() throws Exception {
        AwaitStateMachineStep step = new AwaitStateMachineStep();
        step.setStateMachine("nightly");
        step.setRedrive(true);
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new AwaitStateMachineBuilder(step));
        failing();
        jenkins.assertBuildStatus(Result.FAILURE, project.scheduleBuild2(0));
        mended();

        jenkins.assertBuildStatus(Result.SUCCESS, project.scheduleBuild2(0));

        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2");
    }
}
