package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.execution.AccountChoice;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The strategy STICKY: the worker on which the job succeeded last. Of twelve, so that chance hardly finds it. */
@WithSimulatedAccount
class StickyJenkinsTest extends JenkinsWithAccount {

    private static final String STICKY = "runOnTaggedInstance " + WORKERS + ", commands: 'import', strategy: 'STICKY'";

    private List<String> workers;
    private WorkflowJob job;

    @BeforeEach
    void setUp() throws Exception {
        workers = account.workers(12, command -> NodeOutcome.exit(0));
        job = Pipelines.job(jenkins, newJob(), "");
    }

    private String workerOf(String script) throws Exception {
        return workerOf(Result.SUCCESS, script);
    }

    private String workerOf(Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
        return account.runs().get(account.runs().size() - 1).instanceId();
    }

    /** A run on a certain worker that counts as one by tags. */
    private void succeedOn(String worker) throws Exception {
        assertThat(workerOf(STICKY + ", instanceId: '" + worker + "'")).isEqualTo(worker);
    }

    @Test
    void theNextBuildsGoToTheWorkerOfTheLastOne() throws Exception {
        succeedOn(workers.get(4));

        assertThat(workerOf(STICKY)).isEqualTo(workers.get(4));
        assertThat(workerOf("runOnTaggedInstance " + WORKERS + ", commands: 'import', strategy: 'sticky'"))
                .isEqualTo(workers.get(4));
    }

    @Test
    void aBuildThatFailedDoesNotCount() throws Exception {
        succeedOn(workers.get(4));
        account.aws().ssm().agent(workers.get(7)).script(command -> NodeOutcome.exit(1));
        workerOf(Result.FAILURE, STICKY + ", instanceId: '" + workers.get(7) + "'");

        assertThat(workerOf(STICKY)).isEqualTo(workers.get(4));
    }

    @Test
    void anExitCodeThatWasAskedForDoesNotCountAsSuccess() throws Exception {
        succeedOn(workers.get(4));
        account.aws().ssm().agent(workers.get(7)).script(command -> NodeOutcome.exit(1));
        workerOf(STICKY + ", returnStatus: true, instanceId: '" + workers.get(7) + "'");

        assertThat(workerOf(STICKY)).isEqualTo(workers.get(4));
    }

    @Test
    void otherTagsOfTheSameJobAreOtherWorkers() throws Exception {
        succeedOn(workers.get(4));
        workerOf("runOnTaggedInstance tags: [role: 'job_worker'], commands: 'import', instanceId: '" + workers.get(7)
                + "'");

        assertThat(workerOf(STICKY)).isEqualTo(workers.get(4));
    }

    @Test
    void anEarlierStepOfTheSameBuildCountsToo() throws Exception {
        succeedOn(workers.get(4));

        String last = workerOf(STICKY + ", instanceId: '" + workers.get(7) + "'\n" + STICKY);

        assertThat(last).isEqualTo(workers.get(7));
    }

    @Test
    void aWorkerThatIsNotThereIsReplacedByAnyOther() throws Exception {
        succeedOn(workers.get(4));
        account.aws().ssm().agent(workers.get(4)).connectionLost();

        assertThat(workerOf(STICKY)).isNotEqualTo(workers.get(4));
    }

    @Test
    void whatIsThirtyBuildsAgoDoesNotCountAnyMore() throws Exception {
        succeedOn(workers.get(4));
        job.setDefinition(new CpsFlowDefinition("echo 'nothing to do'", true));
        for (int build = 0; build < 30; build++) {
            jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
        }
        AccountChoice choice = AccountChoice.of(new RunOnTaggedInstanceStep(), new EnvVars());
        String tags = "env=production, role=job_worker";

        assertThat(LastGoodWorker.of(job.getBuildByNumber(30), tags, choice)).isEqualTo(workers.get(4));
        assertThat(LastGoodWorker.of(job.getBuildByNumber(31), tags, choice)).isNull();
    }
}
