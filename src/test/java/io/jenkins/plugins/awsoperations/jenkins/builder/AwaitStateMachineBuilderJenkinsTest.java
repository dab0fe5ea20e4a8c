package io.jenkins.plugins.awsoperations.jenkins.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.step.AwaitStateMachineStep;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionView;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.credentialsbinding.impl.SecretBuildWrapper;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The build step of freestyle jobs. */
@WithSimulatedAccount
class AwaitStateMachineBuilderJenkinsTest extends JenkinsWithAccount {

    @BeforeEach
    void setUp() {
        account.aws().states().createStateMachine("nightly", StateMachines.ONE_TASK);
    }

    @Test
    void runsTheStateMachineAndShowsIt() throws Exception {
        account.aws().states().task(call -> TaskOutcome.succeed("{\"secret\": \"s3cr3t\"}"));

        FreeStyleBuild build = build(Result.SUCCESS, step -> step.setLinkParent(true));

        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.input())
                        .isEqualTo("{\"day\":\"Monday\",\"AWS_OPERATIONS_STARTED_BY\":\"" + jenkins.getURL()
                                + build.getUrl() + "\"}"));
        assertThat(JenkinsRule.getLog(build))
                .contains("nightly: Job 1 begins", "nightly: SUCCEEDED after ")
                .doesNotContain("s3cr3t");
        assertThat(execution(build)).satisfies(view -> {
            assertThat(view.getTitle()).isEqualTo("nightly");
            assertThat(view.getState()).isEqualTo("succeeded");
            assertThat(view.getRows()).hasSize(1);
        });
    }

    @Test
    void aFailureFailsTheBuildAndIsShown() throws Exception {
        account.aws().states().task(call -> TaskOutcome.fail("DiskFull", "no space on /var"));

        FreeStyleBuild build = build(Result.FAILURE, step -> {});

        assertThat(JenkinsRule.getLog(build))
                .containsPattern("ERROR: execution \\S+ of nightly failed in state 'Job 1': DiskFull: no space on /var")
                .doesNotContain("at io.jenkins.plugins");
        assertThat(execution(build).getFailure()).contains("DiskFull");
    }

    @Test
    void secretsOfTheBuildAreHiddenInWhatIsKept() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("k1tt3ns")));
        account.aws().states().task(call -> TaskOutcome.fail("Bad", "no entry for k1tt3ns here"));
        FreeStyleProject job = job(step -> step.setUnstableErrors(List.of("Bad")));
        job.getBuildersList().add(nightly(step -> {}));
        job.getBuildWrappersList().add(new SecretBuildWrapper(List.of(new StringBinding("TOKEN", "token"))));

        FreeStyleBuild build = jenkins.assertBuildStatus(
                Result.FAILURE, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));

        assertThat(JenkinsRule.getLog(build))
                .contains("ERROR: execution ", "in state 'Job 1': Bad: no entry for **** here")
                .doesNotContain("k1tt3ns");
        assertThat(build.getAction(ExecutionsAction.class).getExecutions())
                .hasSize(2)
                .allSatisfy(view -> assertThat(view.getReason()).isEqualTo("Bad: no entry for **** here"));
        assertThat(execution(build).getFailure()).contains("****");
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml")))
                .doesNotContain("k1tt3ns");
    }

    @ParameterizedTest
    @ValueSource(ints = {296, 996})
    void secretsOfTheBuildAreHiddenBeforeACauseIsCut(int before) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("k1tt3ns")));
        account.aws().states().task(call -> TaskOutcome.fail("Bad", "x".repeat(before) + "k1tt3ns" + "y".repeat(3000)));
        FreeStyleProject job = job(step -> {});
        job.getBuildWrappersList().add(new SecretBuildWrapper(List.of(new StringBinding("TOKEN", "token"))));

        FreeStyleBuild build = jenkins.assertBuildStatus(
                Result.FAILURE, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));

        assertThat(JenkinsRule.getLog(build)).contains("Job 1 failed after").doesNotContain("k1t");
        assertThat(execution(build).getFailure()).contains("Bad: xxx");
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml")))
                .contains("Bad: xxx")
                .doesNotContain("k1t");
    }

    @Test
    void anErrorMayMakeTheBuildUnstable() throws Exception {
        account.aws().states().task(call -> TaskOutcome.fail("NothingToDo", ""));

        FreeStyleBuild build = build(Result.UNSTABLE, step -> step.setUnstableErrors(List.of("NothingToDo")));

        assertThat(JenkinsRule.getLog(build))
                .containsPattern("\\[aws\\] UNSTABLE: execution \\S+ of nightly ended with");
    }

    @Test
    void badParametersAreRefusedBeforeAnyCall() throws Exception {
        FreeStyleBuild build = build(Result.FAILURE, step -> {
            step.setInput("{");
            step.setTimeoutMinutes(-1);
        });

        assertThat(JenkinsRule.getLog(build))
                .contains("ERROR: input is not JSON at line 1, column 2", "timeoutMinutes must be 1 to 525600, not -1");
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void anAbortStopsTheExecution() throws Exception {
        account.aws().states().task(call -> TaskOutcome.succeed("{}").after(Duration.ofHours(3)));
        FreeStyleBuild build = job(step -> {}).scheduleBuild2(0).waitForStart();
        await().until(() -> JenkinsRule.getLog(build).contains("Job 1 begins"));

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("the execution has stopped", build);
        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.status()).isEqualTo("ABORTED"));
        assertThat(execution(build).getState()).isEqualTo("aborted");
    }

    private static FreeStyleProject job(Consumer<AwaitStateMachineStep> parameters) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(nightly(parameters));
        return job;
    }

    private static AwaitStateMachineBuilder nightly(Consumer<AwaitStateMachineStep> parameters) {
        AwaitStateMachineStep step = new AwaitStateMachineStep();
        step.setStateMachine("nightly");
        step.setInput("{\"day\":\"Monday\"}");
        parameters.accept(step);
        return new AwaitStateMachineBuilder(step);
    }

    private static FreeStyleBuild build(Result expected, Consumer<AwaitStateMachineStep> parameters) throws Exception {
        return jenkins.assertBuildStatus(
                expected,
                jenkins.waitForCompletion(job(parameters).scheduleBuild2(0).waitForStart()));
    }

    private static ExecutionView execution(FreeStyleBuild build) {
        return build.getAction(ExecutionsAction.class).getExecutions().get(0);
    }
}
