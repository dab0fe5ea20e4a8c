package io.jenkins.plugins.awsoperations.jenkins.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Takes the pictures of the documentation. Not part of the build, because its name does not end in Test; run it on purpose
 * with {@code mvn test -Dtest=DocumentationScreenshots}, and with {@code -Dscreenshots=<folder>} to write elsewhere than to
 * docs/screenshots. The Japanese picture needs a font that has Japanese characters, such as Debian's fonts-noto-cjk.
 *
 * <p>It is a real Jenkins, because under JenkinsRule many icons are missing.
 */
class DocumentationScreenshots {

    private static final Path FOLDER = Path.of(System.getProperty("screenshots", "docs/screenshots"));

    private static final String STEP = ".repeated-chunk:has([name='_.tags'])";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @AutoClose
    private final Browser browser = Browser.start();

    private JenkinsPages pages;

    @BeforeEach
    void logIn() throws Throwable {
        jenkins.startJenkins();
        jenkins.runRemotely(DocumentationJenkins::prepare);
        pages = new JenkinsPages(browser, jenkins.getUrl().toString());
        pages.logIn("alice");
    }

    @Test
    void globalConfiguration() {
        pages.open("manage/configure");
        pages.within("[name=accounts]");
        pages.testConnection();
        take("global-configuration", ".jenkins-section:has([name='_.defaultAccount'])");
    }

    @Test
    void freestyleStep() {
        pages.open("job/backup-web/configure");
        pages.addBuildStep("Back up EC2 instances");
        fillIn();
        take("freestyle-step", STEP);
    }

    @Test
    void japaneseFreestyleStep() {
        browser.language("ja");
        pages.open("job/backup-web/configure");
        pages.addBuildStep("EC2 インスタンスのバックアップ");
        fillIn();
        take("ja-freestyle-step", STEP);
    }

    @Test
    void commandStep() {
        pages.open("job/import-orders/configure");
        pages.addBuildStep("Run commands on a tagged EC2 instance");
        pages.fillIn("tags", "role=job_worker\nenv=production");
        pages.fillIn("commands", "cd /opt/batch\n./extract --day yesterday\n./load --table orders");
        take("command-step", STEP);
    }

    @Test
    void commands() throws Throwable {
        jenkins.runRemotely(DocumentationJenkins::runCommands);
        pages.open("job/job-network/1/");
        take("commands-build-page", "body");
        pages.open("job/job-network/1/aws-commands/");
        take("commands-page", "#main-panel");
    }

    @Test
    void executionStep() {
        pages.open("job/import-orders/configure");
        pages.addBuildStep("Run an AWS Step Functions state machine");
        pages.fillIn("stateMachine", "nightly:PROD");
        pages.fillIn("input", "{\n  \"source\": \"jenkins\",\n  \"tables\": [\"orders\", \"stock\"]\n}");
        pages.fillIn("timeoutMinutes", "240");
        take("execution-step", ".repeated-chunk:has([name='_.stateMachine'])");
    }

    @Test
    void executions() throws Throwable {
        jenkins.runRemotely(DocumentationJenkins::runStateMachine);
        pages.open("job/night/1/");
        take("executions-build-page", "body");
        pages.open("job/night/1/aws-executions/");
        take("executions-page", "#main-panel");
    }

    @Test
    void snippetGenerator() {
        pages.open("job/nightly/pipeline-syntax/");
        pages.chooseStep("ec2Backup: Back up EC2 instances");
        fillIn();
        pages.snippet();
        take("snippet-generator", "#main-panel");
    }

    private void fillIn() {
        pages.fillIn("tags", "Backup=daily\nEnvironment=production");
        pages.fillIn("plan", "daily");
        pages.fillIn("generations", "7");
        pages.toggle("reboot");
    }

    @Test
    void builds() throws Throwable {
        jenkins.runRemotely(DocumentationJenkins::backUpAFewInstances);
        pages.open("job/backup-daily/3/");
        take("build-page", "body");
        jenkins.runRemotely(DocumentationJenkins::backUpAFleet);
        pages.open("job/backup-weekly/1/");
        take("build-page-200", "body");
        pages.open("job/backup-weekly/1/aws-backups/");
        take("backups-page", "#main-panel");
    }

    @Test
    void locks() throws Throwable {
        jenkins.runRemotely(DocumentationJenkins::holdALock);
        pages.openLocks();
        take("lock", "body");
    }

    private void take(String name, String selector) {
        browser.screenshot(selector, FOLDER.resolve(name + ".png"));
    }
}
