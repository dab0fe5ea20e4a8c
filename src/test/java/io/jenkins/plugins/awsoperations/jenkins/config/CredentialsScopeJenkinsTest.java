package io.jenkins.plugins.awsoperations.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Item;
import hudson.model.Result;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.simulator.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.SgmlPage;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Which credentials a build gets, and who gets to know of them. */
@WithSimulatedAccount
class CredentialsScopeJenkinsTest extends JenkinsWithAccount {

    private static final String DRY_RUN = "dryRun: true, tags: [Backup: 'yes']";

    @BeforeEach
    void setUp() {
        account.instance("web-1");
    }

    @AfterEach
    void tearDown() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        for (Item item : jenkins.jenkins.getItems()) {
            item.delete();
        }
    }

    @Test
    void aJobUsesTheCredentialsOfItsFolder() throws Exception {
        Folder team = folder("team", "team-key", "AKIATEAM");

        jenkins.buildAndAssertSuccess(job(team, "ec2Backup credentialsId: 'team-key', " + DRY_RUN));

        assertThat(callers()).containsOnly("AKIATEAM");
    }

    @Test
    void aJobInAFolderBelowUsesThemToo() throws Exception {
        Folder below = folder("team", "team-key", "AKIATEAM").createProject(Folder.class, "below");

        jenkins.buildAndAssertSuccess(job(below, "ec2Backup credentialsId: 'team-key', " + DRY_RUN));

        assertThat(callers()).containsOnly("AKIATEAM");
    }

    @Test
    void aJobOutsideDoesNotGetTheCredentialsOfAFolder() throws Exception {
        folder("team", "team-key", "AKIATEAM");

        WorkflowRun build = failed(job("ec2Backup credentialsId: 'team-key', " + DRY_RUN));

        jenkins.assertLogContains(
                "credentialsId 'team-key' is not among the AWS credentials that this build may use", build);
        assertThat(callers()).isEmpty();
    }

    @Test
    void aJobOfAnotherFolderDoesNotGetThemEither() throws Exception {
        folder("team", "team-key", "AKIATEAM");
        Folder other = folder("other", "other-key", "AKIAOTHER");

        WorkflowRun build = failed(job(other, "ec2Backup credentialsId: 'team-key', " + DRY_RUN));

        jenkins.assertLogContains("credentialsId 'team-key' is not among", build);
        assertThat(callers()).isEmpty();
    }

    @Test
    void aFolderMayHaveItsOwnKeyUnderAnIdThatIsThereGlobally() throws Exception {
        Folder team = folder("team", SimulatedAccount.CREDENTIALS, "AKIATEAM");

        jenkins.buildAndAssertSuccess(job(team, "ec2Backup " + DRY_RUN));
        jenkins.buildAndAssertSuccess(job("ec2Backup " + DRY_RUN));

        assertThat(callers().stream().distinct()).containsExactly("AKIATEAM", "AKIATEST");
    }

    @Test
    void noBuildGetsCredentialsOfScopeSystem() throws Exception {
        add(CredentialsScope.SYSTEM, "controller", "AKIASYSTEM");

        WorkflowRun build = failed(job("ec2Backup credentialsId: 'controller', " + DRY_RUN));

        jenkins.assertLogContains("credentialsId 'controller' is not among", build);
        jenkins.assertLogContains("not of scope System", build);
        assertThat(callers()).isEmpty();
    }

    @Test
    void theCredentialsOfAnAccountAreLookedUpAsTheBuildToo() throws Exception {
        AwsAccountConfiguration configured = account.account("teams");
        configured.setCredentialsId("team-key");
        AwsOperationsConfiguration.get().setAccounts(List.of(configured));
        Folder team = folder("team", "team-key", "AKIATEAM");

        jenkins.buildAndAssertSuccess(job(team, "ec2Backup " + DRY_RUN));
        assertThat(callers()).containsOnly("AKIATEAM");
        account.aws().ledger().clear();
        WorkflowRun outside = failed(job("ec2Backup " + DRY_RUN));

        jenkins.assertLogContains("credentialsId 'team-key' is not among", outside);
        assertThat(callers()).isEmpty();
    }

    @Test
    void theCredentialsOfAnAccountMustNotBeOfScopeSystem() throws Exception {
        add(CredentialsScope.SYSTEM, "controller", "AKIASYSTEM");
        AwsAccountConfiguration configured = account.account("simulator");
        configured.setCredentialsId("controller");
        AwsOperationsConfiguration.get().setAccounts(List.of(configured));

        WorkflowRun build = failed(job("ec2Backup " + DRY_RUN));

        jenkins.assertLogContains("credentialsId 'controller' is not among", build);
        assertThat(callers()).isEmpty();
    }

    @Test
    void theCredentialsOfTheStepWinOverThoseOfTheAccount() throws Exception {
        add(CredentialsScope.GLOBAL, "mine", "AKIAMINE");

        jenkins.buildAndAssertSuccess(job("ec2Backup credentialsId: 'mine', " + DRY_RUN));

        assertThat(callers()).containsOnly("AKIAMINE");
    }

    @Test
    void noKeyIsInTheLogOrInTheFilesOfABuild() throws Exception {
        add(CredentialsScope.GLOBAL, "mine", "AKIAMINE");

        WorkflowRun build = jenkins.buildAndAssertSuccess(job("ec2Backup credentialsId: 'mine', " + DRY_RUN));

        try (var files = Files.walk(build.getRootDir().toPath())) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain("AKIAMINE", "secret of mine"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 200",
        "1/, 200",
        "1/console, 200",
        "1/flowGraphTable/, 200",
        "1/aws-backups/, 200",
        "pipeline-syntax/, 404",
        "configure, 403",
        "config.xml, 403"
    })
    void aReaderSeesNoCredentialsAndAsksNothingOfAws(String page, int status) throws Exception {
        WorkflowJob job = backedUpWithAPreciousKey();
        secure();

        try (JenkinsRule.WebClient browser = reader()) {
            WebResponse answer = browser.goTo(job.getUrl() + page, null).getWebResponse();

            assertThat(answer.getStatusCode()).isEqualTo(status);
            assertThat(whatIsShown(browser)).doesNotContain("precious");
        }
        assertThat(callers()).isEmpty();
    }

    @Test
    void theSnippetGeneratorOffersCredentialsToWhoConfiguresTheJob() throws Exception {
        WorkflowJob job = backedUpWithAPreciousKey();
        secure();

        assertThat(formInSnippetGenerator("developer", job.getUrl()))
                .contains("_.credentialsId", "precious", "simulator");
        assertThat(callers()).isEmpty();
    }

    @Test
    void theSnippetGeneratorOffersNothingToWhoMayOnlyReadTheConfiguration() throws Exception {
        WorkflowJob job = backedUpWithAPreciousKey();
        secure();

        assertThat(formInSnippetGenerator("auditor", job.getUrl()))
                .contains("_.credentialsId")
                .doesNotContain("precious", "simulator");
        assertThat(callers()).isEmpty();
    }

    @Test
    void theSnippetGeneratorOutsideOfJobsOffersNothingToWhoConfiguresAJob() throws Exception {
        backedUpWithAPreciousKey();
        secure();

        assertThat(formInSnippetGenerator("developer", ""))
                .contains("_.credentialsId")
                .doesNotContain("precious", "simulator");
        assertThat(callers()).isEmpty();
    }

    @Test
    void aReaderSeesTheResultOfABackup() throws Exception {
        WorkflowJob job = job("ec2Backup plan: 'nightly', " + DRY_RUN);
        jenkins.buildAndAssertSuccess(job);
        secure();

        try (JenkinsRule.WebClient browser = reader()) {
            assertThat(browser.getPage(job, "1/aws-backups/").asNormalizedText())
                    .contains("nightly");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fillCredentialsIdItems", "fillAccountItems", "fillRegionItems"})
    void aReaderWhoAsksForTheListsOfTheFormGetsNone(String list) throws Exception {
        WorkflowJob job = job("echo 'nothing'");
        secure();

        try (JenkinsRule.WebClient browser = reader()) {
            WebResponse answer = post(
                    browser,
                    job,
                    "descriptorByName/io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupStep/" + list,
                    new NameValuePair("credentialsId", ""),
                    new NameValuePair("account", ""));

            assertThat(answer.getStatusCode()).isEqualTo(200);
            assertThat(answer.getContentAsString())
                    .doesNotContain("\"" + SimulatedAccount.CREDENTIALS + "\"", "simulator", SimulatedAccount.REGION);
        }
        assertThat(callers()).isEmpty();
    }

    private WorkflowJob backedUpWithAPreciousKey() throws Exception {
        add(CredentialsScope.GLOBAL, "precious", "AKIAPRECIOUS");
        WorkflowJob job = job("ec2Backup credentialsId: 'precious', " + DRY_RUN);
        jenkins.buildAndAssertSuccess(job);
        account.aws().ledger().clear();
        return job;
    }

    private static String formInSnippetGenerator(String user, String where) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().login(user)) {
            HtmlPage page = browser.goTo(where + "pipeline-syntax/");
            HtmlSelect steps = page.getFirstByXPath("//select[contains(@class, 'dropdownList')]");
            steps.getOptions().stream()
                    .filter(step -> step.getText().startsWith("ec2Backup"))
                    .findFirst()
                    .orElseThrow()
                    .setSelected(true);
            return whatIsShown(browser);
        }
    }

    /** When the page has asked for all that it asks for by itself. */
    private static String whatIsShown(JenkinsRule.WebClient browser) {
        browser.waitForBackgroundJavaScript(3_000);
        Page page = browser.getCurrentWindow().getEnclosedPage();
        return page instanceof SgmlPage html
                ? html.asXml()
                : page.getWebResponse().getContentAsString();
    }

    /** The access keys that AWS saw, in the order of the calls. */
    private List<String> callers() {
        return account.aws().ledger().calls().stream().map(Call::principal).toList();
    }

    private static void add(CredentialsScope scope, String id, String accessKey) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(scope, id, accessKey, "secret of " + id, ""));
    }

    private static Folder folder(String name, String credentialsId, String accessKey) throws Exception {
        Folder folder = jenkins.jenkins.createProject(Folder.class, name);
        CredentialsStore store = StreamSupport.stream(
                        CredentialsProvider.lookupStores(folder).spliterator(), false)
                .filter(s -> s.getProvider() instanceof FolderCredentialsProvider)
                .findFirst()
                .orElseThrow();
        store.addCredentials(
                Domain.global(),
                new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL, credentialsId, accessKey, "secret of " + credentialsId, ""));
        return folder;
    }

    private WorkflowJob job(String script) throws Exception {
        return job(jenkins.jenkins, script);
    }

    private WorkflowJob job(ModifiableTopLevelItemGroup folder, String script) throws Exception {
        WorkflowJob job = (WorkflowJob) folder.createProject(
                jenkins.jenkins.getDescriptorByType(WorkflowJob.DescriptorImpl.class), newJob(), false);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static WorkflowRun failed(WorkflowJob job) throws Exception {
        return jenkins.buildAndAssertStatus(Result.FAILURE, job);
    }

    /** A reader may read jobs and nothing else, an auditor their configuration too, and a developer may change it. */
    private static void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("developer")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("auditor"));
    }

    private static JenkinsRule.WebClient reader() throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("reader");
    }

    private static WebResponse post(JenkinsRule.WebClient browser, Item job, String path, NameValuePair... parameters)
            throws Exception {
        WebRequest request = new WebRequest(
                URI.create(jenkins.getURL() + job.getUrl() + path).toURL(), HttpMethod.POST);
        request.setRequestParameters(List.of(parameters));
        return browser.getPage(browser.addCrumb(request)).getWebResponse();
    }
}
