package io.jenkins.plugins.awsoperations.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The accounts in Manage Jenkins, System: in the form that administrators see, and on the disk. */
@WithJenkins
class AwsOperationsConfigurationJenkinsTest {

    /** One for all tests, which leave nothing behind but accounts. */
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void forgetAccounts() {
        configuration().setAccounts(List.of());
    }

    @Test
    void theFormKeepsEveryFieldOfSeveralAccounts() throws Exception {
        configuration().setAccounts(List.of(complete(), named("staging"), byDefault("sandbox")));

        jenkins.configRoundtrip();

        assertThat(configuration().getAccounts())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(complete(), named("staging"), byDefault("sandbox"));
    }

    @Test
    void theFormTakesThatThereIsNoAccount() throws Exception {
        jenkins.configRoundtrip();

        assertThat(configuration().getAccounts()).isEmpty();
    }

    @Test
    void theFormRemovesTheLastAccount() throws Exception {
        configuration().setAccounts(List.of(complete()));
        HtmlPage page = page();
        HtmlButton delete = nameOf(page)
                .getFirstByXPath("ancestor::div[@name='accounts']//button[contains(@class,'repeatable-delete')]");

        delete.click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        jenkins.submit(form(page));

        assertThat(configuration().getAccounts()).isEmpty();
        assertThat(new AwsOperationsConfiguration().getAccounts()).isEmpty();
    }

    @Test
    void theFormAddsAnAccount() throws Exception {
        HtmlPage page = page();

        HtmlFormUtil.getButtonByCaption(form(page), "Add account").click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        nameOf(page).setValue("production");
        jenkins.submit(form(page));

        assertThat(configuration().getAccounts())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(named("production"));
    }

    @Test
    void readsEveryFieldBackFromTheDisk() {
        configuration().setAccounts(List.of(complete(), named("staging")));

        assertThat(new AwsOperationsConfiguration().getAccounts())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(complete(), named("staging"));
    }

    @ParameterizedTest
    @CsvSource({
        "region, Tokyo",
        "role, backup",
        "externalId, a b",
        "endpoint, localhost:4599",
        "eventBus, my bus",
        "eventSource, aws.ec2"
    })
    void theFormRefusesAWrongValueWithTheNameOfItsField(String field, String value) throws Exception {
        configuration().setAccounts(List.of(complete()));
        HtmlPage page = page();
        input(page, field).setValue(value);

        String answer = submitInVain(page);

        assertThat(answer).contains("account 'production': " + field + " ");
        assertThat(answer).doesNotContain("IllegalArgumentException");
        assertUnchanged(complete());
    }

    @Test
    void theFormRefusesAnAccountWithoutAName() throws Exception {
        configuration().setAccounts(List.of(complete()));
        HtmlPage page = page();
        nameOf(page).setValue(" ");

        assertThat(submitInVain(page)).contains("account '': name must be 1 to 100 characters");
        assertUnchanged(complete());
    }

    static Stream<Arguments> accountsThatExcludeEachOther() {
        AwsAccountConfiguration externalIdAlone = named("lonely");
        externalIdAlone.setExternalId("secret-handshake");
        AwsAccountConfiguration longDetail = named("long");
        longDetail.setEventDetailType("x".repeat(129));
        return Stream.of(
                Arguments.of(
                        List.of(named("production"), named("staging"), named("production")),
                        "account 'production': name is there twice"),
                Arguments.of(
                        List.of(byDefault("production"), named("staging"), byDefault("sandbox")),
                        "defaultAccount is set for production and sandbox"),
                Arguments.of(
                        List.of(named("production"), externalIdAlone), "account 'lonely': externalId needs a role"),
                Arguments.of(
                        List.of(longDetail),
                        "account 'long': eventDetailType has 129 characters; at most 128 are allowed"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("accountsThatExcludeEachOther")
    void refusesAccountsThatCannotBeMeant(List<AwsAccountConfiguration> accounts, String problem) {
        configuration().setAccounts(List.of(complete()));

        assertThatThrownBy(() -> configuration().setAccounts(accounts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
        assertUnchanged(complete());
    }

    @Test
    void theFormTellsWhichNameIsThereTwice() throws Exception {
        configuration().setAccounts(List.of(named("production"), named("staging")));
        HtmlPage page = page();
        nameOf(page).setValue("staging");

        assertThat(submitInVain(page)).contains("account 'staging': name is there twice");
        assertUnchanged(named("production"), named("staging"));
    }

    @Test
    void theListThatItGivesOutCannotBeChanged() {
        configuration().setAccounts(List.of(complete()));

        assertThatThrownBy(() -> configuration().getAccounts().add(named("staging")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theListThatItWasGivenMayBeChangedLater() {
        List<AwsAccountConfiguration> mine = new ArrayList<>(List.of(complete()));
        configuration().setAccounts(mine);

        mine.clear();

        assertUnchanged(complete());
    }

    private static AwsOperationsConfiguration configuration() {
        return AwsOperationsConfiguration.get();
    }

    private static AwsAccountConfiguration named(String name) {
        return new AwsAccountConfiguration(name);
    }

    private static AwsAccountConfiguration byDefault(String name) {
        AwsAccountConfiguration account = named(name);
        account.setDefaultAccount(true);
        return account;
    }

    private static AwsAccountConfiguration complete() {
        AwsAccountConfiguration account = named("production");
        account.setRegion("ap-northeast-1");
        account.setCredentialsId("aws-production");
        account.setRole("arn:aws:iam::123456789012:role/jenkins/backup");
        account.setExternalId("jenkins:production");
        account.setEndpoint("https://vpce.example.com:8443/aws");
        account.setEventBus("arn:aws:events:ap-northeast-1:123456789012:event-bus/alerts");
        account.setEventSource("net.quickguard.states");
        account.setEventDetailType("Job Network Execution Fail");
        return account;
    }

    private static void assertUnchanged(AwsAccountConfiguration... accounts) {
        assertThat(configuration().getAccounts())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(accounts);
        assertThat(new AwsOperationsConfiguration().getAccounts())
                .as("on the disk")
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(accounts);
    }

    private static HtmlPage page() throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .goTo("configure");
    }

    private static HtmlForm form(HtmlPage page) {
        return page.getFormByName("config");
    }

    /** The field of the first account. */
    private static HtmlInput input(HtmlPage page, String field) {
        return page.getFirstByXPath("//div[@name='accounts']//input[@name='_." + field + "']");
    }

    private static HtmlInput nameOf(HtmlPage page) {
        return input(page, "name");
    }

    private static String submitInVain(HtmlPage page) throws Exception {
        var answer = HtmlFormUtil.submit(form(page)).getWebResponse();
        assertThat(answer.getStatusCode()).isEqualTo(400);
        return ((HtmlPage) page.getWebClient().getCurrentWindow().getEnclosedPage()).asNormalizedText();
    }
}
