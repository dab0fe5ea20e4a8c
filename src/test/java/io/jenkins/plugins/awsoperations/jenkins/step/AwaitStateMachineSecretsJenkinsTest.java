package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionView;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What is bound by {@code withCredentials} reaches the state machine, and nothing that is kept or shown of the build. */
@WithSimulatedAccount
class AwaitStateMachineSecretsJenkinsTest {

    private static final String SECRET = "k1tt3ns-and-puppies";

    private JenkinsRule jenkins;
    private SimulatedAccount account;

    @BeforeEach
    void setUp(JenkinsRule rule, SimulatedAccount connected) {
        jenkins = rule;
        account = connected;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(SECRET)));
        account.aws().states().createStateMachine("nightly", StateMachines.RETRIED_AND_CAUGHT);
        account.aws().states().createStateMachine("strict", StateMachines.ONE_TASK);
    }

    private WorkflowRun run(Result expected, String machine, String more, TaskOutcome outcome) throws Exception {
        account.aws().states().task(call -> outcome);
        return Pipelines.run(jenkins, expected, "job", """
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                    awaitStateMachine(stateMachine: '%s', input: [token: TOKEN]%s)
                }
                """.formatted(machine, more));
    }

    private void assertThatItArrivedAndIsHidden(WorkflowRun build) throws Exception {
        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.input()).isEqualTo("{\"token\":\"" + SECRET + "\"}"));
        // Nor the beginning of it, of a text that was cut there.
        String begin = SECRET.substring(0, 4);
        assertThat(new BuildFiles(build).thatContain(begin)).isEmpty();
        assertThat(JenkinsRule.getLog(build)).doesNotContain(begin);
    }

    private static ExecutionView execution(WorkflowRun build) {
        return build.getAction(ExecutionsAction.class).getExecutions().get(0);
    }

    @Test
    void isHiddenInWhatIsToldOfStatesThatAreCaught() throws Exception {
        WorkflowRun build = run(
                Result.SUCCESS, "nightly", "", TaskOutcome.fail("Bad " + SECRET, "no\n entry for " + SECRET + " here"));

        jenkins.assertLogContains("Job 1 failed after 1 s: Bad ****: no entry for **** here", build);
        assertThatItArrivedAndIsHidden(build);
        assertThat(execution(build).getRows()).first().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("Bad ****: no entry for **** here");
        });
    }

    @Test
    void isHiddenInTheFailureAndTheCause() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "strict", "", TaskOutcome.fail(SECRET, "line 1\nline 2 " + SECRET));

        jenkins.assertLogContains("failed in state 'Job 1': ****: line 1 line 2 ****", build);
        assertThatItArrivedAndIsHidden(build);
        assertThat(execution(build).getFailure()).contains("****: line 1 line 2 ****");
        assertThat(execution(build).getReason()).isEqualTo("****: line 1\nline 2 ****");
    }

    @ParameterizedTest
    @ValueSource(ints = {190, 1990})
    void isHiddenBeforeACauseIsCut(int before) throws Exception {
        WorkflowRun build = run(
                Result.FAILURE, "strict", "", TaskOutcome.fail("Late", "x".repeat(before) + SECRET + "y".repeat(3000)));

        assertThatItArrivedAndIsHidden(build);
        assertThat(execution(build).getReason()).contains("x****").endsWith("…");
        assertThat(execution(build).getRows())
                .first()
                .satisfies(row -> assertThat(row.getReason()).endsWith("…").hasSize("Late: ".length() + 201));
    }

    /** A line of the log is cut at 300, the failure at 1,000; a beginning that is told may end anywhere in a secret. */
    @ParameterizedTest
    @ValueSource(ints = {285, 290, 296, 985, 990, 996})
    void isHiddenBeforeALineOrAFailureIsCut(int before) throws Exception {
        account.aws().states().task(call -> TaskOutcome.fail("Late", "x".repeat(before) + SECRET + "y".repeat(3000)));

        WorkflowRun build = Pipelines.run(jenkins, Result.FAILURE, "job", """
                def failure
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                    try { awaitStateMachine(stateMachine: 'strict', input: [token: TOKEN]) } catch (e) { failure = e }
                }
                echo "caught ${failure.message}"
                throw failure
                """);

        assertThatItArrivedAndIsHidden(build);
        assertThat(JenkinsRule.getLog(build).lines().filter(line -> line.contains("Late: xxx")))
                .hasSizeGreaterThan(2)
                .anyMatch(line -> line.startsWith("caught execution"))
                .anyMatch(line -> line.contains("Job 1 failed after"));
        assertThat(execution(build).getFailure()).contains("x*");
        assertThat(execution(build).getReason()).contains("x****y");
        assertThat(execution(build).getRows())
                .first()
                .satisfies(row -> assertThat(row.getReason()).doesNotContain(SECRET.substring(0, 4)));
    }

    @Test
    void isHiddenInTheReasonWhyABuildIsUnstable() throws Exception {
        WorkflowRun build = run(
                Result.UNSTABLE,
                "strict",
                ", unstableErrors: [\"No ${TOKEN}\"]",
                TaskOutcome.fail("No " + SECRET, "x"));

        assertThat(JenkinsRule.getLog(build))
                .containsPattern("UNSTABLE: execution \\S+ of strict ended with No \\*{4}");
        assertThatItArrivedAndIsHidden(build);
        assertThat(execution(build).getUnstableReason()).contains("No ****");
    }

    @Test
    void outputsAndTheEndsOfCausesAreNowhereOnTheDisk() throws Exception {
        account.aws()
                .states()
                .task(call -> call.executionArn().contains(":strict:")
                        ? TaskOutcome.fail("Late", "x".repeat(3000) + "4711")
                        : TaskOutcome.succeed("{\"row\": 4711}"));

        WorkflowRun build = Pipelines.run(jenkins, Result.FAILURE, "job", """
                awaitStateMachine stateMachine: 'nightly'
                catchError { awaitStateMachine stateMachine: 'strict' }
                echo 'went on'
                """);

        jenkins.assertLogContains("went on", build);
        assertThat(new BuildFiles(build).thatContain("4711")).isEmpty();
        assertThat(new BuildFiles(build).thatContain("xxxxx")).contains("build.xml");
    }
}
