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
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.graphanalysis.NodeStepTypePredicate;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** The step in a Pipeline, from its parameters to what it returns and what the build shows. */
@WithSimulatedAccount
class AwaitStateMachineStepJenkinsTest extends JenkinsWithAccount {

    private void machine(String definition, TaskOutcome outcome) {
        account.aws().states().createStateMachine("nightly", definition);
        account.aws().states().task(call -> outcome);
    }

    @Test
    void startsTheExecutionAndGivesItsOutputToGroovy() throws Exception {
        machine(
                StateMachines.ONE_TASK,
                TaskOutcome.succeed(
                                "{\"rows\": [3, 4.5, null, true], \"by\": {\"day\": \"Monday\"}, \"big\": 12345678901}")
                        .after(Duration.ofSeconds(90)));

        WorkflowRun build = run(Result.SUCCESS, """
                def r = awaitStateMachine stateMachine: 'nightly', input: [day: '2026-11-23']
                echo "${r.status} of ${r.stateMachine}: ${r.name}"
                echo "rows ${r.output.rows[0] + r.output.rows[1]} ${r.output.rows[2]} ${r.output.rows[3]} on ${r.output.by.day}"
                echo "big ${r.output.big + 1}, error ${r.error}, cause ${r.cause}, in ${r.failedState}"
                echo "from ${r.startedAt} to ${r.stoppedAt}, redriven ${r.redriveCount}, ${r.unstableReason}"
                sleep 0
                echo "${r.executionArn} ${r.consoleUrl} ${r.output.by}"
                """);

        String name = build.getParent().getName() + "-1-";
        assertThat(account.aws().states().executions()).singleElement().satisfies(execution -> {
            assertThat(execution.name()).startsWith(name);
            assertThat(execution.input()).isEqualTo("{\"day\":\"2026-11-23\"}");
            assertThat(log(build))
                    .contains("SUCCEEDED of nightly: " + execution.name())
                    .contains("rows 7.5 null true on Monday")
                    .contains("big 12345678902, error null, cause null, in null")
                    .containsPattern("from 20\\S+Z to 20\\S+Z, redriven 0, null")
                    .contains(execution.arn() + " https://ap-northeast-1.console.aws.amazon.com/states/home"
                            + "?region=ap-northeast-1#/executions/details/" + execution.arn() + " [day:Monday]");
        });
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getTitle()).isEqualTo("nightly");
            assertThat(view.getExecutionName()).startsWith(name);
            assertThat(view.getPlace()).isEqualTo("simulator (123456789012), ap-northeast-1");
            assertThat(view.getState()).isEqualTo("succeeded");
            assertThat(view.getIcon()).isEqualTo("symbol-status-blue");
            assertThat(view.getDuration()).isEqualTo("1 min 30 sec");
            assertThat(view.getConsoleUrl()).contains(name);
            assertThat(view.getFailure()).isNull();
            assertThat(view.getUnstableReason()).isNull();
            assertThat(view.getRows()).singleElement().satisfies(row -> {
                assertThat(row.getName()).isEqualTo("Job 1");
                assertThat(row.getType()).isEqualTo("Task");
                assertThat(row.getState()).isEqualTo("succeeded");
                assertThat(row.getDurationMillis()).isEqualTo(90_000);
                assertThat(row.getAttempts()).isEqualTo(1);
            });
        });
    }

    @Test
    void aNestedInputArrivesAsItIs() throws Exception {
        machine(StateMachines.ONE_TASK, TaskOutcome.succeed("{}"));

        run(Result.SUCCESS, """
                def day = 'Monday'
                awaitStateMachine stateMachine: 'nightly', history: 'NONE',
                    input: [z: "it is ${day}", a: [1, 2.50, null, [deep: ['x': true]]], "key-${day}": null, none: [], empty: [:]]
                awaitStateMachine stateMachine: 'nightly', history: 'NONE', input: '  [1,  "2"] '
                awaitStateMachine stateMachine: 'nightly', history: 'NONE'
                """);

        assertThat(account.aws().states().executions())
                .extracting(execution -> execution.input())
                .containsExactly(
                        "{\"z\":\"it is Monday\",\"a\":[1,2.50,null,{\"deep\":{\"x\":true}}],\"key-Monday\":null,"
                                + "\"none\":[],\"empty\":{}}",
                        "  [1,  \"2\"] ",
                        "{}");
    }

    @Test
    void declarativePipelinesMayGiveAMapOrAText() throws Exception {
        machine(StateMachines.ONE_TASK, TaskOutcome.succeed("{}"));

        run(Result.SUCCESS, """
                pipeline {
                    agent none
                    parameters { string(name: 'DAY', defaultValue: 'Monday') }
                    stages {
                        stage('map') {
                            steps { awaitStateMachine(stateMachine: 'nightly', input: [day: params.DAY, list: [1, [a: null]]], timeoutMinutes: 5) }
                        }
                        stage('text') { steps { awaitStateMachine(stateMachine: 'nightly', input: '{"day": 1}') } }
                    }
                }
                """);

        assertThat(account.aws().states().executions())
                .extracting(execution -> execution.input())
                .containsExactly("{\"day\":\"Monday\",\"list\":[1,{\"a\":null}]}", "{\"day\": 1}");
    }

    @Test
    void aFailureFailsTheStepAndThePipelineCanAskForIt() throws Exception {
        account.aws().states().createStateMachine("nightly", StateMachines.TWO_TASKS);
        account.aws()
                .states()
                .task(call -> call.stateName().equals("Job 1")
                        ? TaskOutcome.succeed("{}")
                        : TaskOutcome.fail("DiskFull", "{\"path\": \"/var\", \"free\": 0}"));

        WorkflowRun build = run(Result.FAILURE, """
                try {
                    awaitStateMachine stateMachine: 'nightly'
                } catch (e) {
                    echo "kind ${e.kind}: ${e.result.status} with ${e.result.error} in ${e.result.failedState}"
                    echo "on ${e.result.cause.path} with ${e.result.cause.free + 1}, output ${e.result.output}"
                    throw e
                }
                """);

        assertThat(log(build))
                .contains("kind REMOTE_FAILED: FAILED with DiskFull in Job 2")
                .contains("on /var with 1, output null")
                .containsPattern("ERROR: execution \\S+ of nightly failed in state 'Job 2': DiskFull: ")
                .doesNotContain("at io.jenkins.plugins");
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("failed");
            assertThat(view.getIcon()).isEqualTo("symbol-status-red");
            assertThat(view.getFailure()).contains("failed in state 'Job 2'", "DiskFull");
            assertThat(view.getReason()).isEqualTo("DiskFull: {\"path\": \"/var\", \"free\": 0}");
            assertThat(view.getRows()).extracting(ExecutionStateView::getState).containsExactly("succeeded", "failed");
        });
    }

    @Test
    void anErrorMayMakeStepAndBuildUnstable() throws Exception {
        machine(StateMachines.ONE_TASK, TaskOutcome.fail("NothingToDo", "no files"));

        WorkflowRun build = run(Result.UNSTABLE, """
                def r = awaitStateMachine stateMachine: 'nightly', unstableErrors: ['Late', 'NothingToDo']
                echo "goes on after ${r.status}: ${r.error}, ${r.cause}"
                """);

        assertThat(log(build))
                .contains("goes on after FAILED: NothingToDo, no files")
                .containsPattern(
                        "\\[aws\\] UNSTABLE: execution \\S+ of nightly ended with NothingToDo in state 'Job 1'");
        assertThat(new DepthFirstScanner()
                        .findFirstMatch(build.getExecution(), new NodeStepTypePredicate("awaitStateMachine")))
                .satisfies(
                        node -> assertThat(node.getAction(WarningAction.class).getResult())
                                .isEqualTo(Result.UNSTABLE));
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("failed");
            assertThat(view.getIcon()).isEqualTo("symbol-status-yellow");
            assertThat(view.getFailure()).isNull();
            assertThat(view.getUnstableReason()).contains("NothingToDo");
        });
    }

    @Test
    void anExpressStateMachineIsRefusedBeforeAnythingIsStarted() throws Exception {
        account.aws().states().createExpress("nightly", StateMachines.ONE_TASK);

        WorkflowRun build = run(Result.FAILURE, """
                try {
                    awaitStateMachine stateMachine: 'nightly'
                } catch (e) {
                    echo "kind ${e.kind}, result ${e.result}"
                    throw e
                }
                """);

        assertThat(log(build)).contains("kind CONFIGURATION, result null", "stateMachine nightly is EXPRESS: ");
        assertThat(account.aws().ledger().count("StartExecution")).isZero();
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getState()).isEqualTo("not begun");
            assertThat(view.getConsoleUrl()).isNull();
            assertThat(view.getRows()).isEmpty();
        });
    }

    @Test
    void aMissingStateMachineIsToldWithTheNearestNames() throws Exception {
        machine(StateMachines.ONE_TASK, TaskOutcome.succeed("{}"));

        WorkflowRun build = run(Result.FAILURE, """
                try {
                    awaitStateMachine stateMachine: 'nigthly'
                } catch (e) {
                    echo "kind ${e.kind}"
                    throw e
                }
                """);

        assertThat(log(build)).contains("kind NOT_FOUND").containsPattern("ERROR: .*nigthly.*nightly");
        assertThat(account.aws().states().executions()).isEmpty();
    }

    @Test
    void anExecutionThatRunsIsFollowedFromItsBegin() throws Exception {
        String machine = account.aws().states().createStateMachine("nightly", StateMachines.TWO_TASKS);
        account.aws().states().task(call -> TaskOutcome.succeed("{\"n\": 1}").after(Duration.ofMinutes(1)));
        String arn = account.aws().states().start(machine, "by-hand", "{}");

        WorkflowRun build = run(Result.SUCCESS, """
                def r = awaitStateMachine executionArn: '%s'
                echo "${r.name} gave ${r.output.n}"
                """.formatted(arn));

        assertThat(log(build)).contains("follows execution by-hand", "Job 1 begins", "by-hand gave 1");
        assertThat(account.aws().ledger().count("StartExecution")).isZero();
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getTitle()).isEqualTo("nightly");
            assertThat(view.getExecutionName()).isEqualTo("by-hand");
            assertThat(view.getRows()).hasSize(2);
        });
    }

    @Test
    void theInputHasALinkToTheBuildWhenThatIsAskedFor() throws Exception {
        machine(StateMachines.ONE_TASK, TaskOutcome.succeed("{}"));

        WorkflowRun build =
                run(Result.SUCCESS, "awaitStateMachine stateMachine: 'nightly', input: [a: 1], linkParent: true");

        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.input())
                        .isEqualTo("{\"a\":1,\"AWS_OPERATIONS_STARTED_BY\":\"" + jenkins.getURL() + build.getUrl()
                                + "\"}"));
    }

    @Test
    void aNameThatIsTakenIsAConflictAndNothingIsStarted() throws Exception {
        account.aws().settings(account.aws().settings().with(s -> s.executionConsistencyDelay(Duration.ZERO)));
        String machine = account.aws().states().createStateMachine("nightly", StateMachines.ONE_TASK);
        account.aws().states().start(machine, "monday", "{}");

        WorkflowRun build = run(Result.FAILURE, """
                try {
                    awaitStateMachine stateMachine: 'nightly', executionName: 'monday'
                } catch (e) {
                    echo "kind ${e.kind}"
                    throw e
                }
                """);

        assertThat(log(build)).contains("kind CONFLICT", "executionName 'monday' is taken");
        assertThat(account.aws().ledger().count("StartExecution")).isZero();
        assertThat(account.aws().states().executions()).hasSize(1);
    }

    @Test
    void ofBranchesThatChooseTheSameNameInTheSameMomentOneGetsIt() throws Exception {
        machine(StateMachines.ONE_TASK, TaskOutcome.succeed("{}").after(Duration.ofSeconds(60)));

        WorkflowRun build = run(Result.SUCCESS, """
                def branches = [:]
                for (int i = 0; i < 4; i++) {
                    branches["b${i}"] = {
                        try {
                            awaitStateMachine stateMachine: 'nightly', executionName: 'monday'
                            echo 'got it'
                        } catch (e) {
                            echo "kind ${e.kind}"
                        }
                    }
                }
                parallel branches
                """);

        assertThat(log(build).lines().filter(line -> line.endsWith("got it"))).hasSize(1);
        assertThat(log(build).lines().filter(line -> line.endsWith("kind CONFLICT")))
                .hasSize(3);
        assertThat(account.aws().states().executions()).hasSize(1);
    }

    @Test
    void manyBranchesAndBuildsEachHaveTheirOwnExecution() throws Exception {
        machine(StateMachines.ONE_TASK, TaskOutcome.succeed("{}").after(Duration.ofSeconds(20)));
        String script = """
                def branches = [:]
                for (int i = 0; i < 8; i++) {
                    def n = i
                    branches["b${n}"] = {
                        awaitStateMachine stateMachine: 'nightly', input: [n: n]
                    }
                }
                parallel branches
                """;

        List<WorkflowRun> builds = List.of(start(script), start(script));

        for (WorkflowRun build : builds) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(build.getAction(ExecutionsAction.class).getExecutions()).hasSize(8);
        }
        assertThat(account.aws().states().executions())
                .hasSize(16)
                .allSatisfy(execution -> assertThat(execution.status()).isEqualTo("SUCCEEDED"));
    }

    private static ExecutionView execution(WorkflowRun build) {
        return build.getAction(ExecutionsAction.class).getExecutions().get(0);
    }
}
