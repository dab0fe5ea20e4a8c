package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandView;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeCommand;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.graphanalysis.NodeStepTypePredicate;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.Test;

/** The step in a Pipeline, from its parameters to what it returns and what the build shows. */
@WithSimulatedAccount
class RunOnTaggedInstanceStepJenkinsTest extends JenkinsWithAccount {

    private final Queue<NodeCommand> arrived = new ConcurrentLinkedQueue<>();

    private String worker(NodeOutcome outcome) {
        return account.worker("worker-1", command -> {
            arrived.add(command);
            return outcome;
        });
    }

    @Test
    void runsTheCommandsAndGivesTheResultToGroovy() throws Exception {
        String id = worker(NodeOutcome.exit(0)
                .after(Duration.ofSeconds(90))
                .stdout("imported 3 rows\n")
                .stderr("1 warning\n"));

        WorkflowRun build = run(Result.SUCCESS, """
                def r = runOnTaggedInstance %s, commands: ['import --all', 'report']
                echo "on ${r.instanceId} (${r.instanceName}): ${r.status} ${r.exitCode} after ${r.attempts}, cut: ${r.truncated}"
                echo "wrote ${r.stdout.trim()} and ${r.stderr.trim()}; ${r.commandId} from ${r.startedAt} to ${r.endedAt}"
                echo r.consoleUrl
                """.formatted(WORKERS));

        NodeRun ran = onlyRun();
        assertThat(log(build))
                .contains("on " + id + " (worker-1): Success 0 after 1, cut: false\n")
                .contains("wrote imported 3 rows and 1 warning; " + ran.commandId() + " from 20")
                .contains("https://ap-northeast-1.console.aws.amazon.com/systems-manager/run-command/" + ran.commandId()
                        + "/" + id + "?region=ap-northeast-1\n")
                .contains(
                        "[aws] account 123456789012, region ap-northeast-1, as arn:aws:iam::123456789012:user/simulator")
                .contains("\nimported 3 rows\n")
                .contains("\n1 warning\n");
        assertThat(arrived)
                .singleElement()
                .satisfies(command -> assertThat(command.commands()).containsSubsequence("import --all", "report"));
        assertThat(commands(build)).singleElement().satisfies(view -> {
            assertThat(view.getTitle()).isEqualTo("import --all");
            assertThat(view.getTags()).isEqualTo("env=production, role=job_worker");
            assertThat(view.getPlace()).isEqualTo("simulator (123456789012), ap-northeast-1");
            assertThat(view.getWorker()).isEqualTo("worker-1");
            assertThat(view.getWorkerId()).isEqualTo(id);
            assertThat(view.getState()).isEqualTo("succeeded");
            assertThat(view.getIcon()).isEqualTo("symbol-status-blue");
            assertThat(view.getExitCode()).isZero();
            assertThat(view.getDurationMillis()).isBetween(89_000L, 91_000L);
            assertThat(view.getConsoleUrl()).contains(ran.commandId());
            assertThat(view.getReason()).isNull();
        });
    }

    @Test
    void oneTextOfSeveralLinesIsOneCommandAndItsLinesAreKept() throws Exception {
        worker(NodeOutcome.exit(0));

        run(Result.SUCCESS, """
                def day = 'Monday'
                runOnTaggedInstance %s, commands: "echo ${day}\\r\\n\\tcat <<EOF\\n  indented\\nEOF"
                """.formatted(WORKERS));

        assertThat(arrived)
                .singleElement()
                .satisfies(command ->
                        assertThat(command.commands()).endsWith("echo Monday\n\tcat <<EOF\n  indented\nEOF"));
    }

    @Test
    void declarativePipelinesMayGiveATextOrAList() throws Exception {
        worker(NodeOutcome.exit(0));

        run(Result.SUCCESS, """
                pipeline {
                    agent none
                    parameters { string(name: 'ROLE', defaultValue: 'job_worker') }
                    stages {
                        stage('text') { steps { runOnTaggedInstance(tags: [role: params.ROLE], commands: 'uptime', busyBackoff: 1.5) } }
                        stage('list') {
                            steps { runOnTaggedInstance(tags: [role: params.ROLE], commands: ['date', "echo ${params.ROLE}"], busyBackoff: 2) }
                        }
                    }
                }
                """);

        assertThat(arrived)
                .extracting(command -> String.join(" / ", command.commands()))
                .satisfiesExactly(
                        text -> assertThat(text).endsWith("uptime"),
                        list -> assertThat(list).endsWith("date / echo job_worker"));
    }

    @Test
    void anExitCodeFailsTheStepAndThePipelineCanAskForIt() throws Exception {
        String id = worker(NodeOutcome.exit(3).stdout("half way\n").stderr("disk is full\n"));

        WorkflowRun build = run(Result.FAILURE, """
                try {
                    runOnTaggedInstance %s, commands: 'import'
                } catch (e) {
                    echo "kind ${e.kind}, exit code ${e.exitCode} of ${e.result.instanceId}, wrote ${e.result.stdout.trim()}"
                    throw e
                }
                """.formatted(WORKERS));

        assertThat(log(build))
                .contains("kind REMOTE_FAILED, exit code 3 of " + id + ", wrote half way")
                .contains("\ndisk is full\n")
                .containsPattern(
                        "ERROR: command \\S+ on " + id + " \\(worker-1\\) failed with exit code 3: disk is full\\.")
                .doesNotContain("at io.jenkins.plugins");
        assertThat(commands(build)).singleElement().satisfies(view -> {
            assertThat(view.getState()).isEqualTo("failed");
            assertThat(view.getExitCode()).isEqualTo(3);
            assertThat(view.getIcon()).isEqualTo("symbol-status-red");
            assertThat(view.getReason()).contains("exit code 3", "disk is full");
        });
    }

    @Test
    void whatCommandsWriteIsNowhereButInTheLog() throws Exception {
        worker(NodeOutcome.exit(3).stdout("row 17 has 4711\n").stderr("\n"));

        WorkflowRun build = run(
                Result.FAILURE,
                "catchError { runOnTaggedInstance " + WORKERS + ", commands: 'import' }\necho 'went on'");

        jenkins.assertLogContains("row 17 has 4711", build);
        assertThat(new BuildFiles(build).thatContain("4711")).containsExactly("log");
    }

    @Test
    void returnStatusGivesTheExitCodeAsANumber() throws Exception {
        worker(NodeOutcome.exit(3));

        WorkflowRun build = run(Result.SUCCESS, """
                int code = runOnTaggedInstance(%s, commands: 'check', returnStatus: true)
                echo "one more is ${code + 1}"
                """.formatted(WORKERS));

        jenkins.assertLogContains("one more is 4", build);
        assertThat(commands(build)).singleElement().satisfies(view -> {
            assertThat(view.getState()).isEqualTo("ended");
            assertThat(view.getExitCode()).isEqualTo(3);
            assertThat(view.getIcon()).isEqualTo("symbol-status-blue");
        });
    }

    @Test
    void returnStdoutGivesAllOfItAsItIsAndKeepsItOutOfTheLog() throws Exception {
        worker(NodeOutcome.exit(0).stdout("  first\nsecond\n\n").stderr("a warning\n"));

        WorkflowRun build = run(Result.SUCCESS, """
                String text = runOnTaggedInstance(%s, commands: 'list', returnStdout: true)
                echo "as it is: ${text == '  first\\nsecond\\n\\n'}"
                """.formatted(WORKERS));

        assertThat(log(build)).contains("as it is: true", "\na warning\n").doesNotContain("first");
    }

    @Test
    void anExitCodeMayMakeStepAndBuildUnstable() throws Exception {
        String id = worker(NodeOutcome.exit(75));

        WorkflowRun build = run(Result.UNSTABLE, """
                def r = runOnTaggedInstance %s, commands: 'import', unstableExitCodes: [75, 76]
                echo "goes on after ${r.exitCode}"
                """.formatted(WORKERS));

        assertThat(log(build)).contains("goes on after 75", "[aws] UNSTABLE: exit code 75 of 'import' on " + id);
        assertThat(new DepthFirstScanner()
                        .findFirstMatch(build.getExecution(), new NodeStepTypePredicate("runOnTaggedInstance")))
                .satisfies(
                        node -> assertThat(node.getAction(WarningAction.class).getResult())
                                .isEqualTo(Result.UNSTABLE));
        assertThat(commands(build)).singleElement().satisfies(view -> {
            assertThat(view.getState()).isEqualTo("ended");
            assertThat(view.getIcon()).isEqualTo("symbol-status-yellow");
            assertThat(view.getReason()).contains("exit code 75");
        });
    }

    @Test
    void theWorkerOfOneStepCanBeNamedInTheNext() throws Exception {
        account.workers(8, command -> NodeOutcome.exit(0));

        WorkflowRun build = run(Result.SUCCESS, """
                def first = runOnTaggedInstance %s, commands: 'unpack'
                for (int i = 0; i < 3; i++) {
                    def next = runOnTaggedInstance instanceId: first.instanceId, commands: 'import'
                    echo "same: ${next.instanceId == first.instanceId}"
                }
                """.formatted(WORKERS));

        assertThat(log(build).split("same: true", -1)).hasSize(4);
        assertThat(account.runs())
                .extracting(NodeRun::instanceId)
                .hasSize(4)
                .containsOnly(account.runs().get(0).instanceId());
    }

    @Test
    void aTypoInTheTagsFailsAtOnceAndNothingIsSent() throws Exception {
        worker(NodeOutcome.exit(0));

        WorkflowRun build = run(Result.FAILURE, """
                try {
                    runOnTaggedInstance tags: [Role: 'job_worker'], commands: 'import'
                } catch (e) {
                    echo "kind ${e.kind}, exit code ${e.exitCode}, result ${e.result}"
                    throw e
                }
                """);

        assertThat(log(build))
                .contains("kind NOT_FOUND, exit code null, result null")
                .contains("carries tags Role=job_worker; there is 'role=job_worker'")
                .doesNotContain("looks again");
        assertThat(account.aws().ledger().count("SendCommand")).isZero();
        assertThat(commands(build)).singleElement().satisfies(view -> {
            assertThat(view.getState()).isEqualTo("no worker");
            assertThat(view.getWorker()).isEmpty();
            assertThat(view.getWorkerId()).isNull();
            assertThat(view.getConsoleUrl()).isNull();
            assertThat(view.getReason()).contains("carries tags Role=job_worker");
        });
    }

    @Test
    void noFreeWorkerIsWaitedForAndThenAFailureThatMayPass() throws Exception {
        String id = worker(NodeOutcome.exit(0));
        account.aws().ssm().agent(id).connectionLost();

        WorkflowRun build = run(Result.FAILURE, """
                retry(count: 2, conditions: [awsTransient()]) {
                    echo 'an attempt'
                    runOnTaggedInstance %s, commands: 'import', busyIntervalSeconds: 10, busyBackoff: 1.5
                }
                """.formatted(WORKERS));

        String log = log(build);
        assertThat(log.split("an attempt\n", -1)).hasSize(3);
        assertThat(log).contains("looks again in 10 s", "looks again in 15 s", "ERROR: WorkerBusy: ");
        assertThat(account.runs()).isEmpty();
        assertThat(commands(build))
                .hasSize(2)
                .allSatisfy(view -> assertThat(view.getState()).isEqualTo("no worker free"));
        assertThat(new DepthFirstScanner()
                        .findFirstMatch(build.getExecution(), new NodeStepTypePredicate("runOnTaggedInstance"))
                        .getAction(PauseAction.class))
                .satisfies(pause -> {
                    assertThat(pause.getCause()).isEqualTo("A free worker");
                    assertThat(pause.isPaused()).isFalse();
                });
    }

    @Test
    void aWorkerThatComesBackIsTaken() throws Exception {
        String id = worker(NodeOutcome.exit(0));
        account.aws().ssm().agent(id).connectionLost();
        WorkflowRun build =
                Pipelines.start(jenkins, newJob(), "runOnTaggedInstance " + WORKERS + ", commands: 'import'");
        jenkins.waitForMessage("looks again in 1 min 40 s", build);

        account.aws().ssm().agent(id).online();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(onlyRun().instanceId()).isEqualTo(id);
    }

    @Test
    void concurrentBuildsAndBranchesNeverExceedMaxPerInstance() throws Exception {
        account.workers(2, command -> NodeOutcome.exit(0).after(Duration.ofSeconds(40)));
        String branch = ": { runOnTaggedInstance " + WORKERS
                + ", commands: 'import', busyRetries: 100, busyIntervalSeconds: 15, busyBackoff: 1 }";
        String script = "parallel a" + branch + ", b" + branch;

        List<WorkflowRun> builds =
                List.of(start(script), start(script), start(script), start("parallel a" + branch + ", b" + branch));

        for (WorkflowRun build : builds) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        }
        assertThat(account.runs()).hasSize(8);
        assertThat(account.runs())
                .allSatisfy(run -> assertThat(account.runs())
                        .filteredOn(other -> overlap(run, other))
                        .hasSize(1));
    }

    private static boolean overlap(NodeRun one, NodeRun other) {
        return one.instanceId().equals(other.instanceId())
                && one.startedAt().isBefore(other.endedAt())
                && other.startedAt().isBefore(one.endedAt());
    }

    private NodeRun onlyRun() {
        assertThat(account.runs()).hasSize(1);
        return account.runs().get(0);
    }

    private static List<CommandView> commands(WorkflowRun build) {
        return build.getAction(CommandsAction.class).getCommands();
    }
}
