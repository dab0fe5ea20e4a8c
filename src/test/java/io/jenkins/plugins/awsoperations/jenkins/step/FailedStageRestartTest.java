package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller is restarted between a failure and the event that tells it. */
class FailedStageRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** In real time, which goes on while the controller is down. */
    private final SimulatedAccount account = new SimulatedAccount(1);

    @AfterEach
    void tearDown() {
        account.close();
    }

    @Test
    void whatACommandFailedWithIsStillKnown() throws Throwable {
        account.worker("worker-1", command -> NodeOutcome.exit(3).stderr("no such table\n"));

        JsonNode detail = toldAfterRestart("runOnTaggedInstance " + WORKERS + ", commands: 'load'");

        assertThat(detail.get("error").textValue()).isEqualTo("ExecutionFailed");
        assertThat(detail.get("kind").textValue()).isEqualTo("REMOTE_FAILED");
        JsonNode cause = detail.get("cause");
        assertThat(cause.get("message").textValue()).contains("failed with exit code 3: no such table");
        assertThat(cause.get("stage").textValue()).isEqualTo("Load");
        assertThat(cause.get("step").textValue()).isEqualTo("runOnTaggedInstance");
        assertThat(cause.get("exitCode").intValue()).isEqualTo(3);
        assertThat(detail.get("executionURL").textValue()).contains("run-command/");
    }

    @Test
    void ofTheCauseOfAStateMachineTheBeginningIsStillKnown() throws Throwable {
        String cause = "x".repeat(1_990) + "0123456789ABCDE";
        String machine = account.aws().states().createStateMachine("network", """
                {"StartAt": "Job 2", "States": {"Job 2": {"Type": "Fail", "Error": "JobFailed", "Cause": "%s"}}}""".formatted(cause));

        JsonNode detail = toldAfterRestart("awaitStateMachine stateMachine: '" + machine + "'");

        assertThat(detail.get("error").textValue()).isEqualTo("JobFailed");
        assertThat(detail.get("cause").get("cause").textValue()).isEqualTo(cause.substring(0, 2_000));
    }

    @Test
    void theFailureOfAnotherStepIsStillKnown() throws Throwable {
        JsonNode detail = toldAfterRestart("error 'script returned exit code 7'");

        assertThat(detail.get("error").textValue()).isEqualTo("Failed");
        assertThat(detail.get("cause").toString())
                .isEqualTo("{\"message\":\"script returned exit code 7\",\"stage\":\"Load\",\"step\":\"error\"}");
    }

    @Test
    void anEventThatIsOnItsWayIsSentAfterwards() throws Throwable {
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun build = Pipelines.start(
                    jenkins, "load", "def r = sendFailEvent channel: 'high', error: 'E'\necho \"sent ${r.id}\"");
            jenkins.waitForMessage("tries again", build);
        });
        account.aws().faults().clear();
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins)));
            jenkins.assertLogContains(
                    "sent " + ReceivedEvents.onlyDetail(account.aws()).get("id").textValue(), build);
        });
        assertThat(ReceivedEvents.onlyDetail(account.aws()).get("error").textValue())
                .isEqualTo("E");
    }

    private JsonNode toldAfterRestart(String step) throws Throwable {
        sessions.then(jenkins -> {
            account.connect();
            WorkflowRun build = Pipelines.start(jenkins, "load", """
                    pipeline { agent none
                        stages { stage('Load') { steps { %s } } }
                        post { failure { semaphore 'failed'
                            sendFailEvent channel: 'high' } }
                    }""".formatted(step));
            SemaphoreStep.waitForStart("failed/1", build);
        });
        sessions.then(jenkins -> {
            SemaphoreStep.success("failed/1", null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build(jenkins)));
        });
        return ReceivedEvents.onlyDetail(account.aws());
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("load", WorkflowJob.class).getLastBuild();
    }
}
