package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.lock;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import java.time.Duration;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A build that is stopped, in each state of its backup: the log says what stays in AWS, and nothing stays locked. */
@WithSimulatedAccount
class Ec2BackupAbortJenkinsTest {

    private JenkinsRule jenkins;
    private SimulatedAccount account;
    private String instance;

    @BeforeEach
    void setUp(JenkinsRule rule, SimulatedAccount connected) throws Exception {
        jenkins = rule;
        account = connected;
        instance = account.instance("web-1");
    }

    @Test
    void whileItWaitsForTheLock() throws Exception {
        WorkflowRun deploy =
                Pipelines.start(jenkins, "deploy", "lock('" + lock(instance) + "') { semaphore 'deploy' }");
        SemaphoreStep.waitForStart("deploy/1", deploy);
        WorkflowRun build = startAndWaitFor("waits for deploy #1");

        abort(build);

        jenkins.assertLogContains("nothing was begun in AWS", build);
        assertThat(account.imagesMade()).isZero();
        SemaphoreStep.success("deploy/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(deploy));
        assertNothingIsLocked();
    }

    @Test
    void whileAwsDoesNotAcceptTheImage() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").always().throttle());
        WorkflowRun build = startAndWaitFor("tries again");

        abort(build);

        assertThat(account.imagesMade()).isZero();
        assertNothingIsLocked();
    }

    @Test
    void whileTheImageIsPending() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").always().slow(Duration.ofHours(3)));
        WorkflowRun build = startAndWaitFor("accepted");

        abort(build);

        jenkins.assertLogContains("in AWS stays: the image ami-", build);
        jenkins.assertLogContains("is still being made", build);
        assertThat(build.getAction(BackupsAction.class).getBackups())
                .singleElement()
                .satisfies(backup -> {
                    assertThat(backup.getCounts()).contains("1 stopped");
                    assertThat(backup.getFailure()).contains("stopped (aborted)");
                });
        assertNothingIsLocked();
    }

    @Test
    void whileOlderImagesAreRotated() throws Exception {
        jenkins.buildAndAssertSuccess(Pipelines.job(jenkins, "job", "ec2Backup tags: [Backup: 'yes'], plan: 'p'"));
        account.aws().faults().add(Fault.on("DeregisterImage").always().throttle());
        WorkflowRun build =
                Pipelines.start(jenkins, "rotating", "ec2Backup tags: [Backup: 'yes'], plan: 'p', generations: 1");
        jenkins.waitForMessage("tries again", build);

        abort(build);

        jenkins.assertLogContains("in AWS stays: the image ami-", build);
        jenkins.assertLogContains("is complete", build);
        assertThat(account.imagesMade()).isEqualTo(2);
    }

    @Test
    void aSecondAbortDoesNotWaitForAws() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").always().slow(Duration.ofHours(3)));
        WorkflowRun build = startAndWaitFor("accepted");

        build.getExecutor().interrupt();
        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertNothingIsLocked();
    }

    private WorkflowRun startAndWaitFor(String message) throws Exception {
        WorkflowRun build = Pipelines.start(jenkins, "job", "ec2Backup tags: [Backup: 'yes']");
        jenkins.waitForMessage(message, build);
        return build;
    }

    private void abort(WorkflowRun build) throws Exception {
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("stopped (", build);
    }

    private static void assertNothingIsLocked() {
        assertThat(LockableResourcesManager.get().getResources()).noneMatch(LockableResource::isLocked);
    }
}
