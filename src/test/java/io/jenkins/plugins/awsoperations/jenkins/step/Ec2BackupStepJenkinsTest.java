package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.InvisibleAction;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupView;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.graphanalysis.NodeStepTypePredicate;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The step in a Pipeline, from its parameters to what the build shows. */
@WithSimulatedAccount
class Ec2BackupStepJenkinsTest {

    private JenkinsRule jenkins;
    private SimulatedAccount account;

    @BeforeEach
    void setUp(JenkinsRule rule, SimulatedAccount connected) throws Exception {
        jenkins = rule;
        account = connected;
    }

    @Test
    void makesAnImageAndGivesTheResultToGroovy() throws Exception {
        String id = account.instance("web-1");

        WorkflowRun build = run(Result.SUCCESS, """
                def result = ec2Backup tags: [Backup: 'yes'], generations: 3
                echo "${result.created} made by ${result.plan}: ${result.instances[0].instanceId} is ${result.instances[0].state}"
                """);

        jenkins.assertLogContains("1 made by job: " + id + " is AVAILABLE", build);
        jenkins.assertLogContains(
                "[aws] account 123456789012, region ap-northeast-1, as arn:aws:iam::123456789012:user/simulator",
                build);
        assertThat(account.imagesMade()).isEqualTo(1);
        assertThat(backups(build)).singleElement().satisfies(backup -> {
            assertThat(backup.getPlan()).isEqualTo("job");
            assertThat(backup.getAccount()).isEqualTo("simulator (123456789012)");
            assertThat(backup.getRows()).singleElement().satisfies(row -> {
                assertThat(row.getInstanceId()).isEqualTo(id);
                assertThat(row.getState()).isEqualTo("available");
                assertThat(row.getImageUrl())
                        .isEqualTo("https://ap-northeast-1.console.aws.amazon.com/ec2/home?region=ap-northeast-1"
                                + "#ImageDetails:imageId=" + row.getImageId());
            });
        });
    }

    @Test
    void bothBranchesOfAParallelSucceedOnOneInstance() throws Exception {
        account.instance("web-1");

        WorkflowRun build = run(Result.SUCCESS, """
                parallel daily: { ec2Backup tags: [Backup: 'yes'], plan: 'daily', reboot: true },
                        weekly: { ec2Backup tags: [Backup: 'yes'], plan: 'weekly', reboot: true }
                """);

        jenkins.assertLogContains("waits for job #1, which is backing up this instance", build);
        assertThat(account.imagesMade()).isEqualTo(2);
        assertThat(backups(build)).extracting(BackupView::getPlan).containsExactlyInAnyOrder("daily", "weekly");
    }

    @Test
    void aMapMayHaveSeveralValuesForOneTagAndGroovyStrings() throws Exception {
        String blue = account.aws().ec2().runInstance(Map.of("Colour", "blue"));
        String red = account.aws().ec2().runInstance(Map.of("Colour", "red"));
        account.aws().ec2().runInstance(Map.of("Colour", "green"));

        WorkflowRun build = run(Result.SUCCESS, """
                def red = 'red'
                def result = ec2Backup tags: [Colour: ['blue', "${red}"]], plan: "by-${red}"
                echo 'saved ' + result.instances.collect { it.instanceId }.sort().join(' ')
                """);

        jenkins.assertLogContains(
                "saved " + String.join(" ", List.of(blue, red).stream().sorted().toList()), build);
    }

    @Test
    void isAStepOfDeclarativePipelinesToo() throws Exception {
        account.instance("web-1");

        WorkflowRun build = run(Result.SUCCESS, """
                pipeline {
                    agent none
                    stages {
                        stage('Back up') {
                            options { timeout(time: 5, unit: 'MINUTES') }
                            matrix {
                                axes { axis { name 'PLAN'; values 'daily', 'weekly' } }
                                stages {
                                    stage('One') {
                                        steps { ec2Backup(tags: [Backup: ['yes', 'true']], plan: env.PLAN, generations: 3, dryRun: false) }
                                    }
                                }
                            }
                        }
                    }
                    post { success { ec2Backup(tags: [Backup: 'yes'], dryRun: true) } }
                }
                """);

        assertThat(account.imagesMade()).isEqualTo(2);
        assertThat(backups(build)).extracting(BackupView::getPlan).contains("daily", "weekly");
    }

    @Test
    void aPartialFailureTellsThePipelineWhatWasDone() throws Exception {
        String bad = account.instance("bad");
        account.instance("good");
        account.aws()
                .faults()
                .add(Fault.on("CreateImage").where("InstanceId", bad).always().deny());

        WorkflowRun build = run(Result.FAILURE, """
                try {
                    ec2Backup tags: [Backup: 'yes']
                } catch (e) {
                    echo "kind ${e.kind}, code ${e.awsCode}, ${e.result.created} created, ${e.result.failed} failed"
                    throw e
                }
                """);

        jenkins.assertLogContains("kind ACCESS_DENIED, code UnauthorizedOperation, 1 created, 1 failed", build);
        jenkins.assertLogContains("ERROR: " + bad + " (bad): ", build);
        jenkins.assertLogContains("Allow ec2:CreateImage in the IAM policy", build);
        jenkins.assertLogNotContains("at io.jenkins.plugins", build);
        assertThat(backups(build)).singleElement().satisfies(backup -> {
            assertThat(backup.getCounts()).isEqualTo("1 created, 0 deleted, 1 failed");
            assertThat(backup.getRows().get(0).getInstanceId()).isEqualTo(bad);
            assertThat(backup.getFailure()).contains("UnauthorizedOperation");
        });
    }

    @Test
    void aPartialFailureMayMakeStepAndBuildUnstable() throws Exception {
        String bad = account.instance("bad");
        account.instance("good");
        account.aws()
                .faults()
                .add(Fault.on("CreateImage").where("InstanceId", bad).always().deny());

        WorkflowRun build = run(Result.UNSTABLE, """
                def result = ec2Backup tags: [Backup: 'yes'], onPartialFailure: 'UNSTABLE'
                echo "still running, ${result.failed} failed"
                """);

        jenkins.assertLogContains("still running, 1 failed", build);
        assertThat(new DepthFirstScanner().findFirstMatch(build.getExecution(), new NodeStepTypePredicate("ec2Backup")))
                .satisfies(
                        node -> assertThat(node.getAction(WarningAction.class).getResult())
                                .isEqualTo(Result.UNSTABLE));
    }

    @Test
    void aFailureMayBeCaughtByTheStepsMadeForIt() throws Exception {
        account.aws().faults().add(Fault.on("DescribeInstances").always().deny());

        WorkflowRun build = run(Result.UNSTABLE, """
                catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') {
                    ec2Backup tags: [Backup: 'yes']
                }
                echo 'went on'
                """);

        jenkins.assertLogContains("went on", build);
    }

    @Test
    void retryGoesOnWhileAFailureIsTransient() throws Exception {
        account.instance("web-1");
        // What AWS answers while a quota is used up; gone after the first attempt.
        account.aws()
                .faults()
                .add(Fault.on("CreateImage").times(1).error("ImageQuotaExceeded", "too many images", 400));

        WorkflowRun build = run(Result.SUCCESS, """
                retry(count: 3, conditions: [awsTransient()]) {
                    echo 'an attempt'
                    ec2Backup tags: [Backup: 'yes']
                }
                """);

        assertThat(JenkinsRule.getLog(build).split("an attempt\n")).hasSize(3);
        assertThat(account.imagesMade()).isEqualTo(1);
    }

    @Test
    void retryDoesNotRepeatWhatSomebodyHasToMend() throws Exception {
        account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").always().deny());

        WorkflowRun build = run(Result.FAILURE, """
                retry(count: 3, conditions: [awsTransient()]) {
                    echo 'an attempt'
                    ec2Backup tags: [Backup: 'yes']
                }
                """);

        assertThat(JenkinsRule.getLog(build).split("an attempt\n")).hasSize(2);
    }

    @Test
    void timeoutStopsTheStepAndTheLogSaysWhatStays() throws Exception {
        account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").always().slow(Duration.ofHours(5)));

        WorkflowRun build =
                run(Result.ABORTED, "timeout(time: 8, unit: 'SECONDS') { ec2Backup tags: [Backup: 'yes'] }");

        jenkins.assertLogContains("stopped (Timeout has been exceeded", build);
        jenkins.assertLogContains("in AWS stays: the image ami-", build);
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        account.instance("web-1");

        WorkflowRun build = run(Result.SUCCESS, "ec2Backup tags: [Backup: 'yes'], dryRun: true");

        jenkins.assertLogContains("dry run of plan job: 1 images would be made", build);
        assertThat(account.imagesMade()).isZero();
        assertThat(backups(build))
                .singleElement()
                .satisfies(backup -> assertThat(backup.getCounts())
                        .isEqualTo("Dry run: 1 images would be made; nothing was written"));
    }

    @Test
    void aBuildThatCannotBeWrittenEndsAllTheSame() throws Exception {
        account.instance("web-1");
        WorkflowJob job = Pipelines.job(jenkins, "job", "ec2Backup tags: [Backup: 'yes']");
        job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("accepted", build);
        build.addAction(new Unwritable());

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("cannot be shown on the build's page", build);
    }

    /** What another plugin may add to a build: it cannot be written while our record is. */
    public static final class Unwritable extends InvisibleAction {

        private Object writeReplace() {
            if (StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(BackupsAction.class.getName())))) {
                throw new IllegalStateException("not written");
            }
            return this;
        }
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        return Pipelines.run(jenkins, expected, "job", script);
    }

    private static List<BackupView> backups(WorkflowRun build) {
        return build.getAction(BackupsAction.class).getBackups();
    }
}
