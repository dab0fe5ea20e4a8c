package io.jenkins.plugins.awsoperations.jenkins.lock;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.lock;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Locks that a backup's own build holds by other means. */
@WithSimulatedAccount
class ForeignLocksJenkinsTest {

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
    void aRefusedBackupLeavesTheLockStepAroundItLocked() throws Exception {
        WorkflowRun build = Pipelines.start(
                jenkins,
                "nested",
                "lock('" + lock(instance) + "') {\n"
                        + "  catchError { ec2Backup tags: [Backup: 'yes'] }\n"
                        + "  semaphore 'deploys'\n"
                        + "}");
        SemaphoreStep.waitForStart("deploys/1", build);
        jenkins.assertLogContains("this build itself has locked", build);

        assertThat(LockableResourcesManager.get().getResources())
                .filteredOn(resource -> resource.getName().equals(lock(instance)))
                .singleElement()
                .matches(LockableResource::isLocked);

        SemaphoreStep.success("deploys/1", null);
        jenkins.waitForCompletion(build);
    }

    @Test
    void whatAnotherBranchOfTheBuildHasLockedIsWaitedFor() throws Exception {
        WorkflowRun build = Pipelines.start(
                jenkins,
                "job",
                "parallel a: { lock('" + lock(instance) + "') { semaphore 'deploys' } }, b: { semaphore 'later'\n"
                        + " ec2Backup tags: [Backup: 'yes'] }");
        SemaphoreStep.waitForStart("deploys/1", build);
        SemaphoreStep.success("later/1", null);
        jenkins.waitForMessage("waits for another branch of job #1, which has locked this instance", build);

        SemaphoreStep.success("deploys/1", null);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(account.imagesMade()).isEqualTo(1);
    }
}
