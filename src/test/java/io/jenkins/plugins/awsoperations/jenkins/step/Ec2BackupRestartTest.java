package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.lock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted in order, in each state of a backup: the build goes on, and CreateImage happens once. */
class Ec2BackupRestartTest {

    private static final String BACKUP = "ec2Backup tags: [Backup: 'yes']";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** In real time, which goes on while the controller is down. */
    private final SimulatedAccount account = new SimulatedAccount(
            1,
            SimulatorSettings.builder()
                    .imageDuration(Duration.ofSeconds(2), Duration.ofSeconds(4))
                    .consistencyDelay(Duration.ofMillis(200))
                    .build());

    private final String instance = account.instance("web-1");

    @AfterEach
    void tearDown() {
        account.close();
    }

    @Test
    void whileItWaitsForTheLock() throws Throwable {
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun deploy =
                    Pipelines.start(jenkins, "deploy", "lock('" + lock(instance) + "') { semaphore 'deploy' }");
            SemaphoreStep.waitForStart("deploy/1", deploy);
            jenkins.waitForMessage("waits for deploy #1", Pipelines.start(jenkins, "backup", BACKUP));
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("deploy/1", null);
            finish(jenkins, "backup");
        });
        assertOneImage();
    }

    @Test
    void whileAwsDoesNotAcceptTheImage() throws Throwable {
        sessions.then(jenkins -> {
            account.connect();
            account.aws().faults().add(Fault.on("CreateImage").always().throttle());
            jenkins.waitForMessage("tries again", Pipelines.start(jenkins, "backup", BACKUP));
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> finish(jenkins, "backup"));
        assertOneImage();
    }

    @Test
    void whileTheImageIsPending() throws Throwable {
        account.aws().faults().add(Fault.on("CreateImage").times(1).slow(Duration.ofSeconds(20)));
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("accepted", Pipelines.start(jenkins, "backup", BACKUP));
        });
        sessions.then(jenkins -> finish(jenkins, "backup"));
        assertOneImage();
    }

    @Test
    void whileOlderImagesAreRotated() throws Throwable {
        String backup = BACKUP + ", generations: 1";
        sessions.then(jenkins -> {
            account.connect();
            WorkflowJob job = Pipelines.job(jenkins, "backup", backup);
            jenkins.buildAndAssertSuccess(job);
            account.aws().faults().add(Fault.on("DeregisterImage").always().throttle());
            jenkins.waitForMessage("tries again", job.scheduleBuild2(0).waitForStart());
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> finish(jenkins, "backup"));
        assertThat(account.imagesMade()).isEqualTo(2);
        assertThat(account.aws().ledger().calls("DeregisterImage").stream()
                        .filter(call -> call.outcome().equals(Call.OK)))
                .hasSize(1);
    }

    @Test
    void stepsOfOneBuildKeepWhatIsTheirs() throws Throwable {
        account.aws().faults().add(Fault.on("CreateImage").times(30).throttle());
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun build = Pipelines.start(
                    jenkins,
                    "backup",
                    "parallel a: { " + BACKUP + ", plan: 'a' }, b: { " + BACKUP + ", plan: 'b' }, c: { " + BACKUP
                            + ", plan: 'c' }");
            jenkins.waitForMessage("tries again", build);
            jenkins.waitForMessage("1 more wait before", build);
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> finish(jenkins, "backup"));
        assertThat(account.imagesMade()).isEqualTo(3);
    }

    @Test
    void waitingStepsKeepTheirOrder() throws Throwable {
        List<String> names = List.of("first", "second", "third");
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun deploy =
                    Pipelines.start(jenkins, "deploy", "lock('" + lock(instance) + "') { semaphore 'deploy' }");
            SemaphoreStep.waitForStart("deploy/1", deploy);
            for (String name : names) {
                jenkins.waitForMessage("waits for", Pipelines.start(jenkins, name, BACKUP));
            }
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("deploy/1", null);
            for (String name : names) {
                finish(jenkins, name);
            }
        });
        assertThat(account.aws().ledger().calls("CreateImage").stream()
                        .filter(call -> call.outcome().equals(Call.OK))
                        .map(call -> call.parameter("Name").split("_")[1]))
                .containsExactlyElementsOf(names);
    }

    @Test
    void aBuildThatWentOnCanBeAborted() throws Throwable {
        account.aws().faults().add(Fault.on("CreateImage").times(1).slow(Duration.ofHours(1)));
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun build = Pipelines.start(jenkins, "backup", BACKUP);
            jenkins.waitForMessage("accepted", build);
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins, "backup");
            await().until(() -> build.getExecutor() != null);
            build.getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("is still being made", build);
            assertThat(LockableResourcesManager.get().getResources()).noneMatch(LockableResource::isLocked);
        });
    }

    @Test
    void anAccountThatIsNotConfiguredAnyMoreEndsTheStepWithASentence() throws Throwable {
        account.aws().faults().add(Fault.on("CreateImage").times(1).slow(Duration.ofHours(1)));
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("accepted", Pipelines.start(jenkins, "backup", BACKUP));
            AwsOperationsConfiguration.get().setAccounts(List.of());
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins, "backup");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("account 'simulator' is not configured any more", build);
            assertThat(LockableResourcesManager.get().getResources()).noneMatch(LockableResource::isLocked);
        });
    }

    private static void finish(JenkinsRule jenkins, String job) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, job)));
    }

    private static WorkflowRun build(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    private void assertOneImage() {
        assertThat(account.imagesMade()).isEqualTo(1);
    }
}
