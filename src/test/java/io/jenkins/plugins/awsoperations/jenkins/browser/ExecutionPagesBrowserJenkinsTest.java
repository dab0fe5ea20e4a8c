package io.jenkins.plugins.awsoperations.jenkins.browser;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.StateMachines;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder;
import io.jenkins.plugins.awsoperations.jenkins.step.AwaitStateMachineStep;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The form and the pages of {@code awaitStateMachine} as a browser shows them under the Content-Security-Policy. */
@WithSimulatedAccount(speed = 60)
class ExecutionPagesBrowserJenkinsTest {

    private JenkinsRule jenkins;
    private SimulatedAccount account;
    private Browser browser;
    private JenkinsPages pages;

    @BeforeEach
    void logIn(JenkinsRule rule, SimulatedAccount connected) throws Exception {
        jenkins = rule;
        browser = Browser.start();
        account = connected;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        pages = new JenkinsPages(browser, rule.getURL().toString());
        pages.logIn("alice");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void theStepIsFilledInCheckedAndSaved() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        pages.open(job.getUrl() + "configure");
        pages.addBuildStep("Run an AWS Step Functions state machine");
        pages.within("[descriptorid$=AwaitStateMachineBuilder]");

        pages.fillIn("stateMachine", "nightly:PROD");
        pages.fillIn("input", "{\n  \"day\": 1,\n}");
        assertThat(pages.error("input")).contains("input is not JSON at line 3, column 1");
        pages.fillIn("input", "{\n  \"day\": 1\n}");
        pages.fillIn("timeoutMinutes", "0");
        assertThat(pages.error("timeoutMinutes")).contains("timeoutMinutes must be 1 to 525600, not 0");
        pages.fillIn("timeoutMinutes", "240");
        pages.toggle("redrive");
        pages.openAdvanced();
        pages.fillIn("executionName", "a b");
        assertThat(pages.error("executionName")).contains("must be 1 to 80 characters");
        pages.fillIn("executionName", "today");
        pages.fillIn("unstableErrors", "NothingToDo\nLate");
        assertThat(pages.help("stateMachine")).contains("The state machine to start");
        assertNothingWasBlocked();
        pages.save();

        AwaitStateMachineStep saved =
                job.getBuildersList().get(AwaitStateMachineBuilder.class).getExecution();
        assertThat(saved.getStateMachine()).isEqualTo("nightly:PROD");
        assertThat(saved.getInput()).isEqualTo("{\n  \"day\": 1\n}");
        assertThat(saved.getTimeoutMinutes()).isEqualTo(240);
        assertThat(saved.isRedrive()).isTrue();
        assertThat(saved.getExecutionName()).isEqualTo("today");
        assertThat(saved.getUnstableErrors()).containsExactly("NothingToDo", "Late");
        assertThat(saved.getExecutionArn()).isNull();
    }

    @Test
    void aBuildShowsItsExecutionsInBothLanguages() throws Exception {
        account.aws().states().createStateMachine("nightly", StateMachines.RETRIED_AND_CAUGHT);
        account.aws().states().createStateMachine("strict", StateMachines.ONE_TASK);
        account.aws()
                .states()
                .task(call -> TaskOutcome.fail("Late", "a-word-without-end-".repeat(40))
                        .after(Duration.ofSeconds(90)));
        WorkflowRun build = Pipelines.run(jenkins, Result.FAILURE, "nightly", """
                awaitStateMachine stateMachine: 'nightly'
                awaitStateMachine stateMachine: 'strict'
                """);

        pages.open(build.getUrl());
        assertThat(browser.text(".app-summary"))
                .contains("Step Functions executions", "nightly", "succeeded", "strict", "failed in state 'Job 1'");
        assertThat(browser.evaluate("document.querySelectorAll('.sortable').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(pages.isWiderThanTheWindow()).isFalse();
        browser.width(800);
        assertThat(pages.isWiderThanTheWindow()).isFalse();

        browser.language("ja");
        LocaleOfRequests.whileIn(() -> pages.open(build.getUrl() + "aws-executions/"));
        assertThat(browser.text("h1")).isEqualTo("Step Functions の実行");
        assertThat(browser.text("#main-panel")).contains("成功", "失敗", "失敗（Catch で処理）", "ステート", "開始", "所要時間");
        assertNothingWasBlocked();
    }

    @Test
    void theStatesAreSortedByTheirDuration() throws Exception {
        account.aws().states().createStateMachine("nightly", StateMachines.TWO_TASKS);
        account.aws()
                .states()
                .task(call -> TaskOutcome.succeed("{}")
                        .after(Duration.ofSeconds(call.stateName().equals("Job 1") ? 120 : 9)));
        WorkflowRun build =
                Pipelines.run(jenkins, Result.SUCCESS, "nightly", "awaitStateMachine stateMachine: 'nightly'");

        pages.open(build.getUrl() + "aws-executions/");
        assertThat(pages.rows())
                .satisfiesExactly(
                        row -> assertThat(row).contains("Job 1"),
                        row -> assertThat(row).contains("Job 2"));
        browser.click("th:last-child .sortheader");
        browser.waitUntil("document.querySelector('.sortable tbody td').innerText.startsWith('Job 1')");
        browser.click("th:last-child .sortheader");
        browser.waitUntil("document.querySelector('.sortable tbody td').innerText.startsWith('Job 2')");
    }

    private void assertNothingWasBlocked() {
        assertThat(pages.policy()).contains("script-src 'report-sample' 'self'");
        assertThat(browser.consoleErrors()).isEmpty();
    }
}
