package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandView;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeCommand;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What is bound by {@code withCredentials} reaches the worker, and nothing that is kept or shown of the build. */
@WithSimulatedAccount
class RunOnTaggedInstanceSecretsJenkinsTest {

    private static final String SECRET = "k1tt3ns-and-puppies";

    private JenkinsRule jenkins;
    private SimulatedAccount account;
    private final List<NodeCommand> arrived = new ArrayList<>();

    @BeforeEach
    void setUp(JenkinsRule rule, SimulatedAccount connected) {
        jenkins = rule;
        account = connected;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(SECRET)));
    }

    private WorkflowRun run(Result expected, String more, NodeOutcome outcome) throws Exception {
        account.worker("worker-1", command -> {
            arrived.add(command);
            return outcome;
        });
        return Pipelines.run(jenkins, expected, "job", """
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                    runOnTaggedInstance(%s, commands: "login --token ${TOKEN}"%s)
                }
                """.formatted(WORKERS, more));
    }

    private void assertThatItArrivedAndIsHidden(WorkflowRun build) throws Exception {
        assertThat(arrived)
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.commands()).endsWith("login --token " + SECRET));
        assertThat(new BuildFiles(build).thatContain(SECRET)).isEmpty();
        assertThat(JenkinsRule.getLog(build)).doesNotContain(SECRET);
    }

    private static CommandView command(WorkflowRun build) {
        return build.getAction(CommandsAction.class).getCommands().get(0);
    }

    @Test
    void isHiddenInTheOutputAlsoWhenItComesInPieces() throws Exception {
        account.aws().logs().createGroup("/jobs");
        byte[] line = ("the token is " + SECRET + ", is it not?\n").getBytes(StandardCharsets.UTF_8);

        WorkflowRun build = run(
                Result.SUCCESS,
                ", logGroup: '/jobs'",
                NodeOutcome.exit(0)
                        .after(Duration.ofMinutes(2))
                        .stdoutAt(Duration.ofSeconds(10), new String(line, 0, 20, StandardCharsets.UTF_8))
                        .stdoutAt(
                                Duration.ofSeconds(60), new String(line, 20, line.length - 20, StandardCharsets.UTF_8))
                        .stderr("wrong: " + SECRET));

        jenkins.assertLogContains("the token is ****, is it not?", build);
        jenkins.assertLogContains("wrong: ****", build);
        assertThatItArrivedAndIsHidden(build);
        assertThat(command(build).getTitle()).isEqualTo("login --token ****");
    }

    @Test
    void isHiddenInTheFailureWhichQuotesTheLastWords() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "", NodeOutcome.exit(1).stderr("bad token " + SECRET + "\n"));

        jenkins.assertLogContains("failed with exit code 1: bad token ****", build);
        assertThatItArrivedAndIsHidden(build);
        assertThat(command(build).getReason()).contains("bad token ****");
    }

    /** The log shows 80 characters of a command and 300 of a worker's last words. */
    @Test
    void isHiddenBeforeALineIsCut() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(1).stderr("x".repeat(290) + SECRET + "y".repeat(300)));

        WorkflowRun build = Pipelines.run(jenkins, Result.FAILURE, "job", """
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                    runOnTaggedInstance(%s, commands: "login --long-option ${'x' * 50} ${TOKEN} and more, much more")
                }
                """.formatted(WORKERS));

        String begin = SECRET.substring(0, 4);
        jenkins.assertLogContains("xxx ****", build);
        jenkins.assertLogContains("failed with exit code 1: xxx", build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain(begin);
        assertThat(new BuildFiles(build).thatContain(begin)).isEmpty();
        assertThat(command(build).getReason()).contains("****");
    }

    @Test
    void isHiddenInTheReasonWhyABuildIsUnstable() throws Exception {
        WorkflowRun build = run(Result.UNSTABLE, ", unstableExitCodes: [7]", NodeOutcome.exit(7));

        jenkins.assertLogContains("UNSTABLE: exit code 7 of 'login --token ****'", build);
        assertThatItArrivedAndIsHidden(build);
        assertThat(command(build).getReason()).contains("login --token ****");
    }
}
