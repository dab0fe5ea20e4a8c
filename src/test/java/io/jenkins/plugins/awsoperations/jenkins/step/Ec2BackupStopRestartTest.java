package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ItemGroup;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.execution.OperationsRuntime;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.graphanalysis.NodeStepTypePredicate;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.springframework.security.core.Authentication;

/** A step that is stopped, or begins, while the controller goes down or has just come back. */
class Ec2BackupStopRestartTest {

    private static final String BACKUP = "ec2Backup tags: [Backup: 'yes']";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SimulatedAccount account = new SimulatedAccount(
            1,
            SimulatorSettings.builder()
                    .imageDuration(Duration.ofSeconds(2), Duration.ofSeconds(4))
                    .consistencyDelay(Duration.ofMillis(200))
                    .build());

    @AfterEach
    void tearDown() {
        SlowCredentials.answers.countDown();
        account.close();
    }

    @Test
    void whatIsLockedIsGivenBackAlsoBeforeTheCredentialsAreThereAgain() throws Throwable {
        account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage(
                    "tries again",
                    Pipelines.start(jenkins, "backup", "catchError { " + BACKUP + " }\nsemaphore 'after'"));
        });
        SlowCredentials.answers = new CountDownLatch(1);
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            stopTwice(build);

            SemaphoreStep.waitForStart("after/1", build);
            assertThat(LockableResourcesManager.get().getResources()).noneMatch(LockableResource::isLocked);
            SemaphoreStep.success("after/1", null);
            jenkins.waitForCompletion(build);
        });
    }

    @Test
    void whatStaysInAwsIsToldAlsoBeforeTheCredentialsAreThereAgain() throws Throwable {
        account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").times(1).slow(Duration.ofHours(1)));
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("accepted", Pipelines.start(jenkins, "backup", BACKUP));
        });
        SlowCredentials.answers = new CountDownLatch(1);
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            stopTwice(build);

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("in AWS stays: the image ami-", build);
            assertThat(build.getAction(BackupsAction.class).getBackups())
                    .singleElement()
                    .satisfies(backup -> assertThat(backup.getFailure()).contains("in AWS stays: the image ami-"));
        });
    }

    @Test
    void whatStaysInAwsIsToldWhenTheAccountIsGone() throws Throwable {
        account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").times(1).slow(Duration.ofHours(1)));
        sessions.then(jenkins -> {
            account.connect();
            jenkins.waitForMessage("accepted", Pipelines.start(jenkins, "backup", BACKUP));
            AwsOperationsConfiguration.get().setAccounts(List.of());
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("account 'simulator' is not configured any more", build);
            jenkins.assertLogContains("in AWS stays: the image ami-", build);
        });
    }

    @Test
    void aStepThatBeginsWhileTheControllerGoesDownGoesOnWhenItIsBack() throws Throwable {
        account.instance("web-1");
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun build = Pipelines.start(jenkins, "backup", "semaphore 'go'\n" + BACKUP);
            SemaphoreStep.waitForStart("go/1", build);
            OperationsRuntime.stop();
            SemaphoreStep.success("go/1", null);
            await().until(() ->
                    new DepthFirstScanner().findFirstMatch(build.getExecution(), new NodeStepTypePredicate("ec2Backup"))
                            != null);
            await().during(Duration.ofSeconds(1)).until(build::isBuilding);
        });
        sessions.then(jenkins -> jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins))));
        assertThat(account.imagesMade()).isEqualTo(1);
    }

    private static void stopTwice(WorkflowRun build) throws Exception {
        List<StepExecution> steps =
                build.getExecution().getCurrentExecutions(true).get();
        StepExecution step = steps.get(0);
        step.stop(new FlowInterruptedException(Result.ABORTED));
        step.stop(new FlowInterruptedException(Result.ABORTED));
    }

    private static WorkflowRun build(JenkinsRule jenkins) throws Exception {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName("backup", WorkflowJob.class).getLastBuild();
        build.getExecutionPromise().get();
        return build;
    }

    /** Credentials that are kept elsewhere, where it may take a while. */
    @TestExtension
    public static final class SlowCredentials extends CredentialsProvider {

        private static volatile CountDownLatch answers = new CountDownLatch(0);

        @NonNull
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                @NonNull Class<C> type,
                ItemGroup itemGroup,
                Authentication authentication,
                @NonNull List<com.cloudbees.plugins.credentials.domains.DomainRequirement> requirements) {
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }
    }
}
