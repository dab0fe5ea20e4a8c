package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount.WORKERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code sendFailEvent} tells when it is only given a channel: what failed last before it. */
@WithSimulatedAccount
class FailedStageJenkinsTest extends JenkinsWithAccount {

    private static final String SEND = "sendFailEvent channel: 'high'";

    @BeforeEach
    void setUp() {
        account.worker(
                "worker-1",
                command -> command.commands().contains("true")
                        ? NodeOutcome.exit(0)
                        : NodeOutcome.exit(3).stderr("no such table\n"));
    }

    @Test
    void thePostSectionOfAPipelineTellsTheStageThatFailed() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                pipeline { agent none
                    stages {
                        stage('Job 1') { steps { %s } }
                        stage('Job 2') { steps { %s } }
                        stage('Job 3') { steps { %s } }
                    }
                    post { failure { %s } }
                }""".formatted(run("true"), run("false"), run("true"), SEND));

        assertThatItTellsTheCommand(detail, "Job 2");
        assertThat(account.runs()).hasSize(2);
    }

    @Test
    void thePostSectionOfAStageTellsTheStageThatFailed() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                pipeline { agent none
                    stages {
                        stage('Job 1') {
                            steps { %s }
                        }
                        stage('Job 2') {
                            steps { %s }
                            post { failure { %s } }
                        }
                    }
                }""".formatted(run("true"), run("false"), SEND));

        assertThatItTellsTheCommand(detail, "Job 2");
    }

    @Test
    void whatFailsInThePostSectionBeforeIsNotWhatItTells() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                pipeline { agent none
                    stages { stage('Job 1') { steps { %s } } }
                    post {
                        always { error 'cannot tidy up' }
                        failure { %s }
                    }
                }""".formatted(run("false"), SEND));

        assertThatItTellsTheCommand(detail, "Job 1");
    }

    @Test
    void ofParallelStagesItTellsTheOneThatFailed() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                pipeline { agent none
                    stages {
                        stage('Before') { steps { catchError(buildResult: 'SUCCESS') { error 'long ago' } } }
                        stage('All') { parallel {
                            stage('One') { steps { echo 'one' } }
                            stage('Two') { steps { %s } }
                            stage('Three') { steps { sleep 3 } }
                        } }
                    }
                    post { failure { %s } }
                }""".formatted(run("false"), SEND));

        assertThatItTellsTheCommand(detail, "Two");
    }

    @Test
    void ofParallelStagesItTellsAlsoAnErrorThatWasCaughtInOne() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                pipeline { agent none
                    stages { stage('All') { parallel {
                        stage('One') { steps { catchError { %s } } }
                        stage('Two') { steps { sleep 3 } }
                    } } }
                    post { failure { %s } }
                }""".formatted(run("false"), SEND));

        assertThatItTellsTheCommand(detail, "One");
    }

    @Test
    void whatFailsInAnotherBranchIsNotToldInThisOne() throws Exception {
        JsonNode detail = told(Result.SUCCESS, """
                parallel other: {
                    try { error 'not mine' } catch (e) { echo 'caught' }
                }, mine: {
                    stage('Mine') { try { %s } catch (e) { %s } }
                }""".formatted(run("false"), SEND));

        assertThatItTellsTheCommand(detail, "Mine");
    }

    @Test
    void aCatchBlockTellsWhatItCaught() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                stage('Night') { try { error 'old' } catch (e) { echo 'that was nothing' } }
                try { stage('Load') { %s } } catch (e) { %s
                    throw e }""".formatted(run("false"), SEND));

        assertThatItTellsTheCommand(detail, "Load");
    }

    @Test
    void afterCatchErrorItTellsWhatWasCaught() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                stage('Load') {
                    catchError { %s }
                    echo 'goes on'
                    %s
                }""".formatted(run("false"), SEND));

        assertThatItTellsTheCommand(detail, "Load");
    }

    @Test
    void theFailureOfAnotherStepKeepsItsMessage() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                try { stage('Build') { error 'script returned exit code 7' } } catch (e) { %s
                    throw e }""".formatted(SEND));

        assertThat(detail.get("error").textValue()).isEqualTo("Failed");
        assertThat(detail.get("kind").isNull()).isTrue();
        assertThat(detail.get("cause").toString())
                .isEqualTo("{\"message\":\"script returned exit code 7\",\"stage\":\"Build\",\"step\":\"error\"}");
        assertThat(detail.get("executionURL").textValue()).isEqualTo(jenkins.getURL() + "job/" + lastJob() + "/1/");
    }

    @Test
    void anExceptionIsToldByItsClass() throws Exception {
        JsonNode detail = told(Result.FAILURE, """
                pipeline { agent none
                    stages { stage('Divide') { steps { script { echo "${1.intdiv(0)}" } } } }
                    post { failure { %s } }
                }""".formatted(SEND));

        assertThat(detail.get("error").textValue()).isEqualTo("ArithmeticException");
        assertThat(detail.get("cause").toString()).isEqualTo("{\"message\":\"/ by zero\",\"stage\":\"Divide\"}");
    }

    @Test
    void aTimeoutIsToldInWords() throws Exception {
        JsonNode detail = told(Result.SUCCESS, """
                try { timeout(time: 1, unit: 'SECONDS') { sleep 60 } } catch (e) { %s }""".formatted(SEND));

        assertThat(detail.get("error").textValue()).isEqualTo("FlowInterruptedException");
        assertThat(detail.get("cause").get("message").textValue()).contains("Timeout has been exceeded");
        assertThat(detail.get("cause").get("step").textValue()).isEqualTo("sleep");
        assertThat(detail.get("cause").has("stage")).isFalse();
    }

    @Test
    void aWarningIsToldWhenNothingFailed() throws Exception {
        JsonNode detail = told(Result.UNSTABLE, """
                pipeline { agent none
                    stages { stage('Load') { steps { %s } } }
                    post { unstable { %s } }
                }""".formatted(
                        run("false").replace(", commands", ", unstableExitCodes: [3], commands"), SEND));

        assertThat(detail.get("error").textValue()).isEqualTo("UNSTABLE");
        assertThat(detail.get("cause").get("message").textValue()).startsWith("exit code 3 of 'false'");
        assertThat(detail.get("cause").get("stage").textValue()).isEqualTo("Load");
        assertThat(detail.get("cause").get("step").textValue()).isEqualTo("runOnTaggedInstance");
    }

    @Test
    void withoutAnyFailureTheResultOfTheBuildIsTold() throws Exception {
        JsonNode detail = told(Result.FAILURE, "currentBuild.result = 'FAILURE'\n" + SEND);

        assertThat(detail.get("error").textValue()).isEqualTo("FAILURE");
        assertThat(detail.get("cause").toString()).isEqualTo("{\"message\":\"" + lastJob() + " #1 ends as FAILURE\"}");
    }

    @Test
    void aStateMachineIsToldByItsOwnError() throws Exception {
        String machine = account.aws().states().createStateMachine("network", """
                {"StartAt": "Job 2", "States": {"Job 2": {
                    "Type": "Fail", "Error": "JobFailed", "Cause": "{\\"exitCode\\": 3}"}}}""");

        JsonNode detail = told(
                Result.FAILURE,
                "stage('Network') { catchError { awaitStateMachine stateMachine: '" + machine + "' } }\n" + SEND);

        assertThat(detail.get("error").textValue()).isEqualTo("JobFailed");
        JsonNode cause = detail.get("cause");
        assertThat(cause.get("message").textValue()).contains("JobFailed");
        assertThat(cause.get("stage").textValue()).isEqualTo("Network");
        assertThat(cause.get("step").textValue()).isEqualTo("awaitStateMachine");
        assertThat(cause.get("failedState").textValue()).isEqualTo("Job 2");
        assertThat(cause.get("cause").get("exitCode").intValue()).isEqualTo(3);
        assertThat(cause.has("output")).isFalse();
    }

    @Test
    void whatWasHiddenWhereItFailedIsHiddenWhereItIsTold() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "token", "", Secret.fromString("no such table")));

        JsonNode detail = told(Result.FAILURE, """
                pipeline { agent none
                    stages { stage('Load') { steps {
                        withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) { %s }
                    } } }
                    post { failure { %s } }
                }""".formatted(run("false"), SEND));

        assertThat(detail.toString()).doesNotContain("no such table");
        assertThat(detail.get("cause").get("message").textValue()).contains("failed with exit code 3: ****");
    }

    private void assertThatItTellsTheCommand(JsonNode detail, String stage) {
        assertThat(detail.get("error").textValue()).isEqualTo("ExecutionFailed");
        assertThat(detail.get("kind").textValue()).isEqualTo("REMOTE_FAILED");
        JsonNode cause = detail.get("cause");
        assertThat(cause.get("message").textValue()).contains("failed with exit code 3: no such table");
        assertThat(cause.get("stage").textValue()).isEqualTo(stage);
        assertThat(cause.get("step").textValue()).isEqualTo("runOnTaggedInstance");
        assertThat(cause.get("exitCode").intValue()).isEqualTo(3);
        assertThat(cause.has("stderr")).isFalse();
        assertThat(detail.get("executionURL").textValue()).contains("run-command/");
        assertThat(detail.get("resources")).hasSize(1);
    }

    private static String run(String command) {
        return "runOnTaggedInstance(" + WORKERS + ", commands: '" + command + "')";
    }

    private JsonNode told(Result expected, String script) throws Exception {
        Pipelines.run(jenkins, expected, newJob(), script);
        return ReceivedEvents.onlyDetail(account.aws());
    }
}
