package io.jenkins.plugins.awsoperations.jenkins.browser;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.builder.Ec2BackupBuilder;
import io.jenkins.plugins.awsoperations.jenkins.builder.RunOnTaggedInstanceBuilder;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupStep;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The pages as a browser shows them under the Content-Security-Policy, which must find nothing to block. */
@WithSimulatedAccount(speed = 60)
class PagesBrowserJenkinsTest {

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
    void theFreestyleStepIsFilledInCheckedAndSaved() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        pages.open(job.getUrl() + "configure");
        pages.addBuildStep("Back up EC2 instances");
        pages.within("[descriptorid$=Ec2BackupBuilder]");

        pages.fillIn("tags", "Backup");
        assertThat(pages.error("tags")).contains("'Backup'", "key=value");
        pages.fillIn("tags", "Backup=daily\nStage=production");
        pages.fillIn("generations", "-1");
        assertThat(pages.error("generations")).contains("generations must be 0 to 1000, not -1");
        pages.fillIn("generations", "7");
        pages.openAdvanced();
        pages.fillIn("maxInstances", "200");
        assertThat(pages.help("generations")).contains("How many available images to keep");
        assertNothingWasBlocked();
        pages.save();

        Ec2BackupStep saved = job.getBuildersList().get(Ec2BackupBuilder.class).getBackup();
        assertThat(saved.getTags()).isEqualTo(Map.of("Backup", "daily", "Stage", "production"));
        assertThat(saved.getGenerations()).isEqualTo(7);
        assertThat(saved.getMaxInstances()).isEqualTo(200);
        assertThat(saved.getPlan()).isNull();
    }

    @Test
    void theSnippetGeneratorWritesTheStep() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "nightly");
        pages.open(job.getUrl() + "pipeline-syntax/");
        pages.chooseStep("ec2Backup: Back up EC2 instances");

        pages.fillIn("tags", "Backup=daily\nBackup=weekly");
        pages.fillIn("generations", "7");

        assertThat(pages.snippet()).isEqualTo("ec2Backup generations: 7, tags: [Backup: ['daily', 'weekly']]");
        assertNothingWasBlocked();
    }

    @Test
    void anAccountIsAddedTestedAndSaved() {
        AwsOperationsConfiguration.get().setAccounts(List.of());
        pages.open("manage/configure");
        browser.click("button", "Add account");
        pages.within("[name=accounts]");

        pages.openAdvanced();
        pages.fillIn("name", "production");
        pages.fillIn("region", SimulatedAccount.REGION);
        pages.fillIn("endpoint", account.aws().endpoint().toString());
        pages.choose("credentialsId", "AKIATEST");

        assertThat(pages.testConnection()).contains("account " + SimulatedAccount.ACCOUNT_ID);
        assertNothingWasBlocked();
        pages.save();
        assertThat(AwsOperationsConfiguration.get().getAccounts())
                .singleElement()
                .satisfies(saved -> {
                    assertThat(saved.getName()).isEqualTo("production");
                    assertThat(saved.getCredentialsId()).isEqualTo(SimulatedAccount.CREDENTIALS);
                })
                .extracting(AwsAccountConfiguration::getRegion)
                .isEqualTo(SimulatedAccount.REGION);
    }

    @Test
    void aBuildShowsItsBackup() throws Exception {
        String id = account.instance("web-1");
        WorkflowRun build = run(Result.SUCCESS, "ec2Backup tags: [Backup: 'yes'], plan: 'daily'");

        pages.open(build.getUrl());

        assertThat(browser.text(".app-summary .sortable")).contains("web-1", id, "available", "ami-");
        assertThat(browser.text(".app-summary")).contains("simulator (" + SimulatedAccount.ACCOUNT_ID + ")");
        assertNothingWasBlocked();
    }

    @Test
    void theCommandStepIsFilledInCheckedAndSaved() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        pages.open(job.getUrl() + "configure");
        pages.addBuildStep("Run commands on a tagged EC2 instance");
        pages.within("[descriptorid$=RunOnTaggedInstanceBuilder]");

        pages.fillIn("tags", "role=job_worker\nenv=production");
        pages.fillIn("commands", "cd /opt/batch\n./import --all");
        pages.fillIn("executionTimeoutSeconds", "0");
        assertThat(pages.error("executionTimeoutSeconds"))
                .contains("executionTimeoutSeconds must be 1 to 172800, not 0");
        pages.fillIn("executionTimeoutSeconds", "300");
        pages.openAdvanced();
        pages.fillIn("busyBackoff", "1.5");
        pages.fillIn("s3Prefix", "jobs");
        assertThat(pages.error("s3Prefix")).contains("s3Prefix needs s3Bucket");
        pages.fillIn("s3Bucket", "job-output");
        pages.fillIn("retryExitCodes", "75, 76");
        pages.fillIn("retries", "2");
        assertNothingWasBlocked();
        pages.save();

        RunOnTaggedInstanceStep saved =
                job.getBuildersList().get(RunOnTaggedInstanceBuilder.class).getRun();
        assertThat(saved.getTags()).isEqualTo(Map.of("role", "job_worker", "env", "production"));
        assertThat(saved.getCommands()).containsExactly("cd /opt/batch\n./import --all");
        assertThat(saved.getExecutionTimeoutSeconds()).isEqualTo(300);
        assertThat(saved.getBusyBackoff()).isEqualTo(1.5);
        assertThat(saved.getS3Bucket()).isEqualTo("job-output");
        assertThat(saved.getRetryExitCodes()).containsExactly(75, 76);
        assertThat(saved.getWorkingDirectory()).isNull();
    }

    @Test
    void aBuildShowsItsCommandsInBothLanguages() throws Exception {
        String id = account.worker(
                "worker-1",
                command -> NodeOutcome.exit(command.commands().contains("false") ? 1 : 0)
                        .after(Duration.ofSeconds(90))
                        .stderr("a-word-without-end-".repeat(40) + "\n"));
        WorkflowRun build = run(Result.FAILURE, """
                def tags = [role: 'job_worker', env: 'production']
                runOnTaggedInstance tags: tags, commands: ['import --all']
                runOnTaggedInstance tags: tags, commands: ['%s', 'false']
                """.formatted("word".repeat(100)));

        pages.open(build.getUrl());
        assertThat(browser.text(".app-summary")).contains("Commands on EC2 instances", "1 succeeded, 1 failed");
        assertThat(pages.rows().get(0)).contains("failed", "(exit code 1)", "worker-1", id, "a-word-without-end");
        assertThat(pages.rows().get(1))
                .contains("import --all", "worker-1", "succeeded", "AWS console", "1 min 30 sec");
        assertThat(pages.isWiderThanTheWindow()).isFalse();
        browser.width(800);
        assertThat(pages.isWiderThanTheWindow()).isFalse();

        openInJapanese(build.getUrl() + "aws-commands/");
        assertThat(browser.text("h1")).isEqualTo("EC2 インスタンスでのコマンド実行");
        assertThat(browser.text("#main-panel"))
                .contains("成功 1、失敗 1", "失敗", "（終了コード 1）", "所要時間", "env=production, role=job_worker");
        assertNothingWasBlocked();
    }

    @Test
    void twoHundredInstancesLeaveTheBuildsPageReadable() throws Exception {
        WorkflowRun build = backUpTwoHundredOfWhichThreeFail();
        pages.open(build.getUrl());

        assertThat(browser.text(".app-summary")).contains("197 created, 0 deleted, 3 failed", "200 instances");
        assertThat(pages.isShown(".sortable")).isFalse();
        browser.click("details > summary", "200 instances");
        browser.waitUntil("document.querySelector('.sortable').checkVisibility()");

        assertThat(pages.rows()).hasSize(200);
        assertThat(pages.rows().subList(0, 3)).allMatch(row -> row.contains("failed"));
        assertThat(pages.isWiderThanTheWindow()).isFalse();
        browser.width(800);
        assertThat(pages.isWiderThanTheWindow()).isFalse();
        assertNothingWasBlocked();
    }

    @Test
    void theBackupsPageSortsAndSpeaksJapanese() throws Exception {
        WorkflowRun build = backUpTwoHundredOfWhichThreeFail();
        pages.open(build.getUrl() + "aws-backups/");

        assertThat(pages.rows().get(0)).contains("failed", "Allow ec2:CreateImage");
        browser.click("th:first-child .sortheader");
        browser.waitUntil("document.querySelector('.sortable tbody td').innerText.startsWith('web-99')");
        browser.click("th:first-child .sortheader");
        browser.waitUntil("document.querySelector('.sortable tbody td').innerText.startsWith('web-0')");

        openInJapanese(build.getUrl() + "aws-backups/");
        assertThat(browser.text("h1")).isEqualTo("EC2 バックアップ");
        assertThat(browser.text("#main-panel")).contains("作成 197、削除 0、失敗 3", "インスタンス", "所要時間", "利用可能");
        assertNothingWasBlocked();
    }

    @Test
    void theLockableResourcesPageSaysWhyAnInstanceIsLocked() throws Exception {
        String id = account.instance("web-1");
        account.aws().faults().add(Fault.on("CreateImage").always().neverBack());
        WorkflowRun build =
                Pipelines.start(jenkins, "nightly", "ec2Backup tags: [Backup: 'yes'], reboot: true, plan: 'daily'");
        jenkins.waitForMessage("accepted", build);

        pages.openLocks();

        assertThat(browser.text("#lockable-resources"))
                .contains(SimulatedAccount.lock(id), "LOCKED", "AWS Operations: nightly #1");
        assertNothingWasBlocked();
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    private void openInJapanese(String path) {
        browser.language("ja");
        LocaleOfRequests.whileIn(() -> pages.open(path));
    }

    private WorkflowRun backUpTwoHundredOfWhichThreeFail() throws Exception {
        List<String> ids = account.instances(200);
        for (String id : List.of(ids.get(7), ids.get(70), ids.get(170))) {
            account.aws()
                    .faults()
                    .add(Fault.on("CreateImage")
                            .where("InstanceId", id)
                            .always()
                            .deny());
        }
        return run(Result.UNSTABLE, """
                ec2Backup tags: [Backup: 'yes'], maxInstances: 0, parallelism: 50, onPartialFailure: 'UNSTABLE'
                """);
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        return Pipelines.run(jenkins, expected, "nightly", script);
    }

    private void assertNothingWasBlocked() {
        assertThat(pages.policy()).contains("script-src 'report-sample' 'self'");
        assertThat(browser.consoleErrors()).isEmpty();
    }
}
