package io.jenkins.plugins.awsoperations.jenkins.lock;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.lock;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import java.util.List;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.graphanalysis.NodeStepTypePredicate;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Backups, lock steps and people on one instance. */
@WithSimulatedAccount
class BackupLocksJenkinsTest {

    private static final String BACKUP = "ec2Backup tags: [Backup: 'yes']";

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
    void twoJobsOnOneInstanceBothSucceedAndTheSecondNamesTheFirst() throws Exception {
        WorkflowRun daily = Pipelines.start(jenkins, "daily", "ec2Backup tags: [Backup: 'yes'], reboot: true");
        jenkins.waitForMessage("accepted", daily);
        WorkflowRun weekly = Pipelines.start(jenkins, "weekly", "ec2Backup tags: [Backup: 'yes'], reboot: true");

        jenkins.waitForMessage("waits for daily #1, which is backing up this instance", weekly);
        assertThat(resource().getLockReason()).startsWith("AWS Operations: daily #1");
        assertThat(pauses(weekly))
                .singleElement()
                .satisfies(pause -> assertThat(pause.isPaused()).isTrue());

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(daily));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(weekly));
        assertThat(account.imagesMade()).isEqualTo(2);
        assertThat(pauses(weekly))
                .singleElement()
                .satisfies(pause -> assertThat(pause.isPaused()).isFalse());
        assertNothingIsLocked();
    }

    @Test
    void aLockStepOfTheSameNameExcludesTheBackup() throws Exception {
        WorkflowRun deploy =
                Pipelines.start(jenkins, "deploy", "lock('" + lock(instance) + "') { semaphore 'deploy' }");
        SemaphoreStep.waitForStart("deploy/1", deploy);

        WorkflowRun backup = Pipelines.start(jenkins, "backup", BACKUP);
        jenkins.waitForMessage("waits for deploy #1, which has locked this instance", backup);
        assertThat(account.imagesMade()).isZero();

        SemaphoreStep.success("deploy/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(backup));
        assertNothingIsLocked();
    }

    @Test
    void theBackupExcludesALockStepOfTheSameName() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").times(40).throttle());
        WorkflowRun backup = Pipelines.start(jenkins, "backup", BACKUP);
        jenkins.waitForMessage("tries again", backup);

        WorkflowRun deploy = Pipelines.start(jenkins, "deploy", "lock('" + lock(instance) + "') { echo 'deploys' }");
        jenkins.waitForMessage("is not free, waiting for execution", deploy);
        jenkins.assertLogContains("is locked by build backup #1", deploy);

        account.aws().faults().clear();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(deploy));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(backup));
    }

    @Test
    void ourStepsGetTheLockInTheOrderInWhichTheyCame() throws Exception {
        WorkflowRun deploy =
                Pipelines.start(jenkins, "deploy", "lock('" + lock(instance) + "') { semaphore 'deploy' }");
        SemaphoreStep.waitForStart("deploy/1", deploy);
        List<String> names = List.of("first", "second", "third", "fourth");
        for (String name : names) {
            WorkflowRun waiting = Pipelines.start(jenkins, name, BACKUP);
            jenkins.waitForMessage("waits for", waiting);
        }

        SemaphoreStep.success("deploy/1", null);

        for (String name : names) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion((Run<?, ?>) jenkins.jenkins
                    .getItemByFullName(name, hudson.model.Job.class)
                    .getLastBuild()));
        }
        assertThat(account.aws().ledger().calls("CreateImage").stream()
                        .filter(call -> call.outcome().equals(Call.OK))
                        .map(call -> call.parameter("Name").split("_")[1]))
                .containsExactlyElementsOf(names);
    }

    @Test
    void skipLeavesItToTheOtherBackup() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").times(40).throttle());
        WorkflowRun daily = Pipelines.start(jenkins, "daily", BACKUP);
        jenkins.waitForMessage("tries again", daily);

        WorkflowRun weekly = Pipelines.run(jenkins, Result.SUCCESS, "weekly", BACKUP + ", onConflict: 'SKIP'");

        jenkins.assertLogContains("skipped: covered by daily #1", weekly);
        account.aws().faults().clear();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(daily));
        assertThat(account.imagesMade()).isEqualTo(1);
    }

    @Test
    void skipDoesNotTakeALockStepForABackup() throws Exception {
        WorkflowRun deploy =
                Pipelines.start(jenkins, "deploy", "lock('" + lock(instance) + "') { semaphore 'deploy' }");
        SemaphoreStep.waitForStart("deploy/1", deploy);

        WorkflowRun backup = Pipelines.start(jenkins, "backup", BACKUP + ", onConflict: 'SKIP'");
        jenkins.waitForMessage("waits for deploy #1, which has locked this instance", backup);
        SemaphoreStep.success("deploy/1", null);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(backup));
        assertThat(account.imagesMade()).isEqualTo(1);
    }

    @Test
    void failSaysWhoIsBackingUp() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").times(40).throttle());
        WorkflowRun daily = Pipelines.start(jenkins, "daily", BACKUP);
        jenkins.waitForMessage("tries again", daily);

        WorkflowRun weekly = Pipelines.run(jenkins, Result.FAILURE, "weekly", BACKUP + ", onConflict: 'FAIL'");

        jenkins.assertLogContains("daily #1 is backing up this instance now", weekly);
        account.aws().faults().clear();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(daily));
    }

    @Test
    void whatAPersonHasReservedIsWaitedFor() throws Exception {
        reserve("alice");
        WorkflowRun backup = Pipelines.start(jenkins, "backup", BACKUP);
        jenkins.waitForMessage("waits for alice, which has locked this instance", backup);

        LockableResourcesManager.get().unreserve(List.of(resource()));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(backup));
    }

    @Test
    void aLockStepOfTheSameBuildAroundTheBackupIsAnErrorAndNotAWait() throws Exception {
        WorkflowRun build =
                Pipelines.run(jenkins, Result.FAILURE, "nested", "lock('" + lock(instance) + "') { " + BACKUP + " }");

        jenkins.assertLogContains("this build itself has locked '" + lock(instance) + "' by other means", build);
        assertThat(account.imagesMade()).isZero();
    }

    @Test
    void forbiddenEphemeralResourcesAreAnErrorAndNotAWait() throws Exception {
        LockableResourcesManager.get().setAllowEphemeralResources(false);

        WorkflowRun build = Pipelines.run(jenkins, Result.FAILURE, "job", BACKUP);

        jenkins.assertLogContains("ephemeral resources are not allowed", build);
        assertThat(account.imagesMade()).isZero();
    }

    @Test
    void whatAnOperatorTakesAwayIsAskedForAgain() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").times(30).throttle());
        WorkflowRun backup = Pipelines.start(jenkins, "backup", BACKUP);
        jenkins.waitForMessage("tries again", backup);

        // At once, or the backup takes it again before alice does.
        synchronized (LockableResourcesManager.syncResources) {
            LockableResourcesManager.get().unlockNames(List.of(lock(instance)), backup);
            reserve("alice");
        }
        jenkins.waitForMessage("the lock was taken away", backup);
        account.aws().faults().clear();
        jenkins.waitForMessage("waits for alice", backup);
        assertThat(account.imagesMade()).isZero();
        LockableResourcesManager.get().unreserve(List.of(resource()));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(backup));
        assertNothingIsLocked();
    }

    @Test
    void aBuildThatIsKilledHoldsNothingBackFromTheNext() throws Exception {
        account.aws().faults().add(Fault.on("CreateImage").times(60).throttle());
        WorkflowRun killed = Pipelines.start(jenkins, "killed", BACKUP);
        jenkins.waitForMessage("tries again", killed);
        WorkflowRun next = Pipelines.start(jenkins, "next", BACKUP + ", statusCheck: 'NONE'");
        jenkins.waitForMessage("waits for killed #1", next);

        killed.doKill();
        account.aws().faults().clear();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(next));
        jenkins.assertBuildStatus(Result.ABORTED, killed);
        assertThat(account.imagesMade()).isEqualTo(1);
        assertNothingIsLocked();
    }

    private void reserve(String user) {
        LockableResourcesManager manager = LockableResourcesManager.get();
        manager.createResource(lock(instance));
        assertThat(manager.reserve(List.of(resource()), user)).isTrue();
    }

    private LockableResource resource() {
        return LockableResourcesManager.get().getResources().stream()
                .filter(r -> r.getName().equals(lock(instance)))
                .findFirst()
                .orElseThrow();
    }

    private static void assertNothingIsLocked() {
        assertThat(LockableResourcesManager.get().getResources()).noneMatch(LockableResource::isLocked);
    }

    private static List<PauseAction> pauses(WorkflowRun build) {
        return PauseAction.getPauseActions(
                new DepthFirstScanner().findFirstMatch(build.getExecution(), new NodeStepTypePredicate("ec2Backup")));
    }
}
