package io.jenkins.plugins.awsoperations.jenkins.builder;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.lock;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupStep;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The build step of freestyle jobs. */
@WithSimulatedAccount
class Ec2BackupBuilderJenkinsTest {

    private JenkinsRule jenkins;
    private SimulatedAccount account;

    @BeforeEach
    void setUp(JenkinsRule rule, SimulatedAccount connected) throws Exception {
        jenkins = rule;
        account = connected;
    }

    @Test
    void makesAnImageAndShowsIt() throws Exception {
        String id = account.instance("web-1");

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job("nightly", step -> {}));

        jenkins.assertLogContains("[aws] plan nightly: 1 created, 0 deleted, 0 failed", build);
        assertThat(build.getAction(BackupsAction.class).getBackups())
                .singleElement()
                .satisfies(backup -> assertThat(backup.getRows())
                        .singleElement()
                        .satisfies(row -> assertThat(row.getInstanceId()).isEqualTo(id)));
        assertNothingIsLocked();
    }

    @Test
    void badInputFailsBeforeAnyCallAndNamesTheField() throws Exception {
        FreeStyleBuild build = build(Result.FAILURE, job("job", step -> {
            step.setGenerations(1001);
            step.setOnConflict("PANIC");
        }));

        jenkins.assertLogContains("ERROR: onConflict must be one of WAIT, SKIP, FAIL, not 'PANIC'", build);
        jenkins.assertLogContains("generations must be 0 to 1000, not 1001", build);
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void aFailureSaysWhatToDoAndIsShown() throws Exception {
        account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").always().deny());

        FreeStyleBuild build = build(Result.FAILURE, job("job", step -> {}));

        jenkins.assertLogContains("Allow ec2:CreateImage in the IAM policy", build);
        assertThat(build.getAction(BackupsAction.class).getBackups())
                .singleElement()
                .satisfies(backup -> assertThat(backup.getFailure()).contains("UnauthorizedOperation"));
    }

    @Test
    void aPartialFailureMayMakeTheBuildUnstable() throws Exception {
        String bad = account.instance("bad");
        account.instance("good");
        account.aws()
                .faults()
                .add(Fault.on("CreateImage").where("InstanceId", bad).always().deny());

        build(Result.UNSTABLE, job("job", step -> step.setOnPartialFailure("UNSTABLE")));
    }

    @Test
    void anAbortSaysWhatStaysAndUnlocks() throws Exception {
        account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").always().slow(Duration.ofHours(3)));
        FreeStyleBuild build = job("job", step -> {}).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("accepted", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("in AWS stays: the image ami-", build);
        assertThat(build.getAction(BackupsAction.class).getBackups()).hasSize(1);
        assertNothingIsLocked();
    }

    @Test
    void aPipelineAndAFreestyleJobWaitForEachOther() throws Exception {
        String id = account.instance("web-1");
        WorkflowRun deploy = Pipelines.start(jenkins, "deploy", "lock('" + lock(id) + "') { semaphore 'deploy' }");
        SemaphoreStep.waitForStart("deploy/1", deploy);

        FreeStyleBuild build = job("job", step -> {}).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waits for deploy #1", build);
        SemaphoreStep.success("deploy/1", null);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertNothingIsLocked();
    }

    private FreeStyleProject job(String name, Consumer<Ec2BackupStep> parameters) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        Ec2BackupStep step = new Ec2BackupStep();
        step.setTags(Map.of("Backup", "yes"));
        parameters.accept(step);
        job.getBuildersList().add(new Ec2BackupBuilder(step));
        return job;
    }

    private FreeStyleBuild build(Result expected, FreeStyleProject job) throws Exception {
        return jenkins.assertBuildStatus(
                expected, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    private static void assertNothingIsLocked() {
        assertThat(LockableResourcesManager.get().getResources()).noneMatch(LockableResource::isLocked);
    }
}
