package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.EnvVars;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.step.AwaitStateMachineStep;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted before a step has looked for the execution that it is to continue: it looks afterwards. */
class RedriveRestartTest {

    private static final String REDRIVE = "awaitStateMachine stateMachine: 'load', input: [a: 1], redrive: true";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** In real time, which goes on while the controller is down. */
    private final SimulatedAccount account = new SimulatedAccount(1);

    private final Queue<String> ran = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void setUp() {
        account.aws().states().createStateMachine("load", StateMachines.TWO_TASKS);
    }

    @AfterEach
    void tearDown() {
        account.close();
    }

    @Test
    void whatTheBuildBeforeHasLeftGoesOn() throws Throwable {
        account.aws().states().task(call -> {
            ran.add(call.stateName());
            return call.stateName().equals("Job 2") ? TaskOutcome.fail("DiskFull", "/var") : TaskOutcome.succeed("{}");
        });
        sessions.then(jenkins -> {
            account.connect();
            Pipelines.run(jenkins, Result.FAILURE, "load", REDRIVE);
            account.aws().states().task(call -> {
                ran.add(call.stateName());
                return TaskOutcome.succeed("{}");
            });
            keepOthersWaiting();
            WorkflowRun second = job(jenkins).scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("[Pipeline] awaitStateMachine", second);
        });
        sessions.then(jenkins -> {
            WorkflowRun second = jenkins.assertBuildStatusSuccess(
                    jenkins.waitForCompletion(job(jenkins).getLastBuild()));
            assertThat(second.getNumber()).isEqualTo(2);
            jenkins.assertLogContains("continues the execution before from where it failed: ", second);
        });
        assertThat(account.aws().states().executions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.redriveCount()).isEqualTo(1));
        assertThat(ran).containsExactly("Job 1", "Job 2", "Job 2");
    }

    /** As calls do that the account's endpoint does not answer: until the controller stops, no other step of it has a turn. */
    private static void keepOthersWaiting() throws InterruptedException {
        OperationsRuntime runtime = OperationsRuntime.get();
        AccountChoice choice = AccountChoice.of(new AwaitStateMachineStep(), new EnvVars());
        CountDownLatch busy = new CountDownLatch(OperationsRuntime.WORKERS_OF_ONE_ACCOUNT);
        for (int i = 0; i < OperationsRuntime.WORKERS_OF_ONE_ACCOUNT; i++) {
            runtime.workers(choice).execute(() -> {
                busy.countDown();
                await().atMost(Duration.ofMinutes(2)).until(runtime::isStopping);
            });
        }
        busy.await();
    }

    private static WorkflowJob job(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("load", WorkflowJob.class);
    }
}
