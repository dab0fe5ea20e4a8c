package io.jenkins.plugins.awsoperations.jenkins.execution;

import static io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents.onlyDetail;
import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A step that fails sends one event to its channel before it ends, and fails as it would have failed without. */
@WithSimulatedAccount
class AlertChannelJenkinsTest extends JenkinsWithAccount {

    private static final String LOAD = "runOnTaggedInstance " + WORKERS + ", commands: 'load', alertChannel: 'high'";
    private static final String BACKUP = "ec2Backup tags: [Backup: 'yes'], alertChannel: 'high'";

    @Test
    void aCommandThatFailsIsToldWithItsExitCodeAndPage() throws Exception {
        String worker =
                account.worker("worker-1", command -> NodeOutcome.exit(3).stderr("no such table\n"));

        WorkflowRun build = run(Result.FAILURE, LOAD);

        ReceivedEvent event = account.aws().events().received().get(0);
        assertThat(event.source()).isEqualTo("jenkins.aws-operations");
        assertThat(event.detailType()).isEqualTo("Job Failed");
        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("channel").textValue()).isEqualTo("high");
        assertThat(detail.get("error").textValue()).isEqualTo("ExecutionFailed");
        assertThat(detail.get("kind").textValue()).isEqualTo("REMOTE_FAILED");
        assertThat(detail.get("job").textValue()).isEqualTo(build.getParent().getFullName());
        assertThat(detail.get("build").textValue()).isEqualTo("1");
        assertThat(detail.get("account").textValue()).isEqualTo(SimulatedAccount.ACCOUNT_ID);
        assertThat(detail.get("region").textValue()).isEqualTo(SimulatedAccount.REGION);
        assertThat(detail.get("resources")).hasSize(1);
        assertThat(detail.get("resources").get(0).textValue()).isEqualTo(worker);
        JsonNode cause = detail.get("cause");
        assertThat(cause.get("message").textValue()).contains("failed with exit code 3: no such table");
        assertThat(cause.get("exitCode").intValue()).isEqualTo(3);
        assertThat(cause.get("instanceId").textValue()).isEqualTo(worker);
        assertThat(cause.get("commandId").textValue()).isNotBlank();
        assertThat(cause.has("stderr")).isFalse();
        assertThat(detail.get("executionURL").textValue())
                .contains("run-command/")
                .isEqualTo(cause.get("consoleUrl").textValue());
        assertThat(JenkinsRule.getLog(build))
                .contains("[aws] event " + event.id() + " on channel high", "ERROR: command ", "with exit code 3");
    }

    @Test
    void aBackupIsToldWithTheInstancesThatFailed() throws Exception {
        List<String> instances = account.instances(2);
        account.aws()
                .faults()
                .add(Fault.on("CreateImage")
                        .where("InstanceId", instances.get(1))
                        .always()
                        .deny());

        WorkflowRun build = run(Result.FAILURE, BACKUP);

        JsonNode detail = onlyDetail(account.aws());
        JsonNode cause = detail.get("cause");
        assertThat(detail.get("resources")).hasSize(1);
        assertThat(detail.get("resources").get(0).textValue()).isEqualTo(instances.get(1));
        assertThat(cause.get("failed").intValue()).isEqualTo(1);
        assertThat(cause.get("created").intValue()).isEqualTo(1);
        assertThat(cause.get("instances")).hasSize(1);
        assertThat(cause.get("instances").get(0).get("instanceId").textValue()).isEqualTo(instances.get(1));
        assertThat(cause.get("instances").get(0).get("name").textValue()).isEqualTo("web-1");
        assertThat(cause.get("instances").get(0).get("error").textValue()).contains("UnauthorizedOperation");
        assertThat(detail.get("executionURL").textValue()).isEqualTo(jenkins.getURL() + build.getUrl());
    }

    @Test
    void aStateMachineIsToldInItsOwnWords() throws Exception {
        String machine = account.aws().states().createStateMachine("network", """
                {"StartAt": "Job 2", "States": {"Job 2": {
                    "Type": "Fail", "Error": "JobFailed", "Cause": "{\\"exitCode\\": 3, \\"host\\": \\"batch-1\\"}"}}}""");

        run(Result.FAILURE, "awaitStateMachine stateMachine: '" + machine + "', alertChannel: 'high'");

        String execution = account.aws().states().executions().get(0).arn();
        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("JobFailed");
        assertThat(detail.get("cause").get("exitCode").intValue()).isEqualTo(3);
        assertThat(detail.get("cause").get("host").textValue()).isEqualTo("batch-1");
        assertThat(detail.get("cause")).hasSize(2);
        assertThat(detail.get("kind").textValue()).isEqualTo("REMOTE_FAILED");
        assertThat(detail.get("executionURL").textValue()).contains("/states/").contains(execution);
        assertThat(account.aws().events().received().get(0).resources()).containsExactly(execution);
    }

    @Test
    void theAccountSaysWhichBusSourceAndDetailType() throws Exception {
        AwsAccountConfiguration configured = account.account("simulator");
        configured.setEventBus("alerts");
        configured.setEventSource("net.quickguard.states");
        configured.setEventDetailType("Job Network Execution Fail");
        AwsOperationsConfiguration.get().setAccounts(List.of(configured));
        account.aws().events().createBus("alerts");

        run(Result.FAILURE, LOAD);

        assertThat(account.aws().events().received()).singleElement().satisfies(event -> {
            assertThat(event.bus()).isEqualTo("alerts");
            assertThat(event.source()).isEqualTo("net.quickguard.states");
            assertThat(event.detailType()).isEqualTo("Job Network Execution Fail");
        });
        assertThat(onlyDetail(account.aws()).get("error").textValue()).isEqualTo("NotFound");
    }

    @Test
    void withoutAnAddressOfJenkinsNoPageIsNamed() throws Exception {
        JenkinsLocationConfiguration location = JenkinsLocationConfiguration.get();
        String url = location.getUrl();
        location.setUrl(null);
        try {
            run(Result.FAILURE, LOAD);
        } finally {
            location.setUrl(url);
        }

        assertThat(onlyDetail(account.aws()).get("executionURL").isNull()).isTrue();
    }

    @Test
    void anAlertThatIsDeniedIsAWarning() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().deny());

        failsAsWithoutAlert("AccessDeniedException");
    }

    @Test
    void anAlertThatEventBridgeDoesNotTakeIsAWarning() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().entryFails("InvalidArgument", "No such thing."));

        failsAsWithoutAlert("No such thing.");
    }

    @Test
    void anAlertThatIsThrottledForEverIsAWarningAfterTwoMinutes() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());

        WorkflowRun build = failsAsWithoutAlert("no more than 110 seconds are spent on an alert");

        assertThat(account.aws().ledger().count("PutEvents")).isGreaterThan(1);
        assertThat(Duration.ofMillis(build.getDuration())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void anAlertToABusThatDoesNotExistIsAWarning() throws Exception {
        AwsAccountConfiguration configured = account.account("simulator");
        configured.setEventBus("no-such-bus");
        AwsOperationsConfiguration.get().setAccounts(List.of(configured));

        failsAsWithoutAlert("no-such-bus");
    }

    private WorkflowRun failsAsWithoutAlert(String why) throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(3).stderr("no such table\n"));

        WorkflowRun build = run(
                Result.FAILURE, "try { " + LOAD + " } catch (e) { echo \"code ${e.exitCode}, ${e.kind}\"; throw e }");

        assertThat(account.aws().events().received()).isEmpty();
        assertThat(JenkinsRule.getLog(build))
                .containsPattern("\\[aws] the alert to channel high could not be sent: .*" + why)
                .contains("code 3, REMOTE_FAILED")
                .containsPattern("ERROR: command \\S+ on \\S+ \\(worker-1\\) failed with exit code 3: no such table");
        return build;
    }

    @Test
    void credentialsThatAreMissingCannotBeToldAndAreTheFailure() throws Exception {
        WorkflowRun build = run(Result.FAILURE, LOAD + ", credentialsId: 'gone'");

        assertThat(account.aws().ledger().calls()).isEmpty();
        assertThat(JenkinsRule.getLog(build))
                .containsPattern("the alert to channel high could not be sent: credentialsId 'gone' is not among")
                .containsPattern("(?m)^ERROR: credentialsId 'gone' is not among");
    }

    @Test
    void nothingIsToldWhenAPersonAborts() throws Exception {
        longRunning();
        WorkflowRun build = startAndWaitFor("): runs\n", LOAD);

        abortAsAPerson(build);

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("the command is proven to have stopped", build);
        assertThat(account.aws().ledger().count("PutEvents")).isZero();
    }

    @Test
    void aTimeoutIsTold() throws Exception {
        longRunning();

        WorkflowRun build = run(Result.ABORTED, "timeout(time: 5, unit: 'SECONDS') { " + LOAD + " }");

        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("Cancelled");
        assertThat(detail.get("cause").get("message").textValue())
                .contains("stopped (Timeout has been exceeded", "is proven to have stopped");
        jenkins.assertLogContains("Timeout has been exceeded", build);
    }

    @Test
    void aStepThatIsEndedWithoutAnAnswerOfAwsIsTold() throws Exception {
        longRunning();
        account.aws().faults().add(Fault.on("CancelCommand").always().throttle());
        WorkflowRun build = startAndWaitFor("): runs\n", LOAD);

        build.getExecutor().interrupt();
        build.getExecutor().interrupt();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("Cancelled");
        assertThat(detail.get("cause").get("message").textValue())
                .contains("stopped (aborted) without an answer of AWS; in AWS stays: command ");
    }

    @Test
    void nothingIsToldOfSuccess() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(0));

        run(Result.SUCCESS, LOAD);

        assertThat(account.aws().ledger().count("PutEvents")).isZero();
    }

    @Test
    void nothingIsToldOfAnUnstableBuild() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(3));

        run(Result.UNSTABLE, LOAD + ", unstableExitCodes: [3]");

        assertThat(account.aws().ledger().count("PutEvents")).isZero();
    }

    @Test
    void parametersThatAreRefusedAreNotTold() throws Exception {
        WorkflowRun build = run(Result.FAILURE, LOAD + ", maxPerInstance: -1");

        jenkins.assertLogContains("maxPerInstance must be 0 to 1000, not -1", build);
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void aChannelThatIsTooLongIsRefusedBeforeAnyCall() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "ec2Backup tags: [a: 'b'], alertChannel: '" + "x".repeat(129) + "'");

        jenkins.assertLogContains("alertChannel has 129 characters; at most 128 are allowed", build);
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void aPersonWhoAbortsDuringTheAlertDoesNotWaitForIt() throws Exception {
        account.worker("worker-1", command -> NodeOutcome.exit(3).stderr("no such table\n"));
        account.aws().faults().add(Fault.on("PutEvents").always().throttle());
        WorkflowRun build = startAndWaitFor("tries again", LOAD);

        abortAsAPerson(build);

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build))
                .contains("could not be sent: stopped (Aborted by alice): no event was sent")
                .containsPattern("failed before it was stopped: command \\S+ on \\S+ .* failed with exit code 3");
    }

    @Test
    void whatTheLogHidesDoesNotLeaveWithTheEvent() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "token", "", Secret.fromString("k1tt3ns-and-puppies")));
        account.worker("worker-1", command -> NodeOutcome.exit(1).stderr("bad token k1tt3ns-and-puppies\n"));

        run(
                Result.FAILURE,
                "withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) { "
                        + LOAD.replace("'load'", "\"login ${TOKEN}\"") + " }");

        assertThat(account.runs()).hasSize(1);
        assertThat(account.aws().events().received())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.detail()).contains("bad token ****").doesNotContain("k1tt3ns"));
    }

    private void longRunning() {
        account.worker("worker-1", command -> NodeOutcome.exit(0).after(Duration.ofHours(5)));
    }

    private WorkflowRun startAndWaitFor(String message, String script) throws Exception {
        WorkflowRun build = Pipelines.start(jenkins, newJob(), script);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> JenkinsRule.getLog(build).contains(message));
        return build;
    }

    private static void abortAsAPerson(WorkflowRun build) {
        build.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("alice"));
    }
}
