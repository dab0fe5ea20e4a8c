package io.jenkins.plugins.awsoperations.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder;
import io.jenkins.plugins.awsoperations.jenkins.builder.Ec2BackupBuilder;
import io.jenkins.plugins.awsoperations.jenkins.builder.RunOnTaggedInstanceBuilder;
import io.jenkins.plugins.awsoperations.jenkins.step.AwaitStateMachineStep;
import io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupStep;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** What browsers may ask of this plugin's forms: found by reflection, so that no field of the future is forgotten. */
@WithJenkins
class FormGuardsTest {

    /** What no field takes: too long, with blanks, no number, no {@code key=value}. */
    private static final String WRONG = "aws. ".repeat(400);

    /** Any line that is not blank may be the name of a device, or a command. */
    private static final Set<String> ANYTHING_GOES = Set.of("doCheckExcludeDevices", "doCheckCommands");

    private static final String CURRENT = "current value";

    private static JenkinsRule jenkins;
    private static SimulatedAccount account;
    private static FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        account = new SimulatedAccount().connect();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.SYSTEM, "controller", "AKIASYSTEM", "secret", ""));
        job = jenkins.createFreeStyleProject();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.WORKSPACE)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("developer")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.READ, Item.READ, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("user of credentials")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    @AfterAll
    static void stop() throws Exception {
        account.close();
        jenkins.after();
    }

    @AfterEach
    void noFormAsksAws() {
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void everyCheckAndEveryListIsAskedByPost() {
        assertThat(Stream.concat(checks(), lists()).toList())
                .hasSizeGreaterThan(60)
                .allSatisfy(method ->
                        assertThat(isPost(method)).as(method.toString()).isTrue());
    }

    @Test
    void everythingElseThatBrowsersMayAskRequiresPost() {
        assertThat(webMethods()
                        .filter(method -> !isCheck(method) && !isList(method))
                        .toList())
                .extracting(Method::getName)
                .contains("doTestConnection");
        assertThat(webMethods().filter(method -> !isCheck(method) && !isList(method)))
                .allMatch(method -> method.isAnnotationPresent(RequirePOST.class));
    }

    @Test
    void listsTellAReaderNothingButTheCurrentValue() {
        for (Item item : new Item[] {job, null}) {
            assertThat(lists())
                    .allSatisfy(list -> assertThat(values(ask("reader", list, item, CURRENT)))
                            .as(list.toString())
                            .isSubsetOf("", CURRENT));
        }
    }

    @Test
    void listsKeepTheCurrentValueOfAReader() {
        assertThat(lists().filter(FormGuardsTest::takesCurrentValue))
                .hasSizeGreaterThan(8)
                .allSatisfy(list -> {
                    String current = values(ask("admin", list, job, "")).stream()
                            .filter(value -> !value.isEmpty())
                            .findFirst()
                            .orElseThrow();
                    assertThat(values(ask("reader", list, job, current)))
                            .as(list.toString())
                            .contains(current)
                            .isSubsetOf("", current);
                });
    }

    @Test
    void whoMayReadTheConfigurationOfAJobSeesWhatIsChosen() throws Exception {
        Ec2BackupStep backup = new Ec2BackupStep();
        backup.setStatusCheck("NONE");
        backup.setOnConflict("SKIP");
        backup.setIfNoInstances("SUCCEED");
        backup.setOnPartialFailure("UNSTABLE");
        RunOnTaggedInstanceStep run = new RunOnTaggedInstanceStep();
        run.setStrategy("STICKY");
        run.setOnAbort("DETACH");
        AwaitStateMachineStep execution = new AwaitStateMachineStep();
        execution.setOnAbort("STOP");
        execution.setHistory("NONE");
        FreeStyleProject configured = jenkins.createFreeStyleProject();
        configured.getBuildersList().add(new AwaitStateMachineBuilder(execution));
        configured.getBuildersList().add(new Ec2BackupBuilder(backup));
        configured.getBuildersList().add(new RunOnTaggedInstanceBuilder(run));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().login("auditor")) {
            HtmlPage page = browser.getPage(configured, "configure");
            browser.waitForBackgroundJavaScript(3_000);

            assertThat(page.getDocumentElement().getTextContent())
                    .contains(
                            "NONE: ",
                            "SKIP: ",
                            "SUCCEED: ",
                            "UNSTABLE: ",
                            "STICKY: ",
                            "DETACH: ",
                            "STOP: ",
                            "NONE: only");
        }
    }

    @Test
    void everyListHasMoreForAnAdministrator() {
        assertThat(lists())
                .allSatisfy(list -> assertThat(values(ask("admin", list, job, CURRENT)))
                        .as(list.toString())
                        .hasSizeGreaterThan(1)
                        .anyMatch(value -> !value.isEmpty() && !value.equals(CURRENT)));
    }

    @Test
    void checksTellAReaderNothing() {
        for (Item item : new Item[] {job, null}) {
            assertThat(checks())
                    .allSatisfy(check -> assertThat(ask("reader", check, item, WRONG))
                            .as(check.toString())
                            .extracting("kind")
                            .isEqualTo(FormValidation.Kind.OK));
        }
    }

    @Test
    void everyCheckFindsWhatIsWrongForAnAdministrator() {
        assertThat(checks())
                .filteredOn(check -> !ANYTHING_GOES.contains(check.getName()))
                .allSatisfy(check -> assertThat((FormValidation) ask("admin", check, job, WRONG))
                        .as(check.toString())
                        .satisfies(answer -> assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR))
                        .hasMessageContaining(fieldOf(check)));
    }

    @Test
    void listsOfferNoCredentialsThatNoBuildCanUse() {
        for (Item item : new Item[] {job, null}) {
            assertThat(lists())
                    .allSatisfy(list -> assertThat(values(ask("admin", list, item, "")))
                            .as(list.toString())
                            .doesNotContain("controller"));
        }
    }

    @Test
    void outsideAJobOnlyAdministratorsSeeAccountsAndCredentials() {
        assertThat(lists())
                .allSatisfy(list -> assertThat(values(ask("developer", list, null, CURRENT)))
                        .as(list.toString())
                        .isSubsetOf("", CURRENT));
    }

    @Test
    void accountsAreShownToWhoConfiguresTheJob() {
        assertThat(values(ask("developer", list("doFillAccountItems"), job, "")))
                .containsExactly("", "simulator");
    }

    @Test
    void theAccountsOfTheConfigurationAreForAdministratorsOnly() {
        assertThat(lists().filter(list -> list.getDeclaringClass().getName().contains(".config.")))
                .isNotEmpty()
                .allSatisfy(list ->
                        assertThat(values(ask("developer", list, job, CURRENT))).isSubsetOf("", CURRENT));
    }

    @Test
    void whoMayUseTheCredentialsOfAJobSeesThemButNoAccounts() {
        assertThat(values(ask("user of credentials", stepList("doFillCredentialsIdItems"), job, "")))
                .contains(SimulatedAccount.CREDENTIALS);
        assertThat(values(ask("user of credentials", list("doFillAccountItems"), job, "")))
                .containsExactly("");
    }

    private static Stream<Method> webMethods() {
        return descriptors()
                .flatMap(descriptor -> Arrays.stream(descriptor.getClass().getMethods()))
                .filter(method -> method.getName().matches("do[A-Z].*"))
                .filter(method -> method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.awsoperations"))
                .filter(method -> !method.isBridge())
                .distinct()
                .sorted(Comparator.comparing(Method::toString));
    }

    private static Stream<Descriptor<?>> descriptors() {
        List<Descriptor<?>> ours = new ArrayList<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith("io.jenkins.plugins.awsoperations")) {
                ours.add(descriptor);
            }
        }
        return ours.stream();
    }

    private static Stream<Method> checks() {
        return webMethods().filter(FormGuardsTest::isCheck);
    }

    private static Stream<Method> lists() {
        return webMethods().filter(FormGuardsTest::isList);
    }

    private static Method list(String name) {
        return lists().filter(list -> list.getName().equals(name)).findFirst().orElseThrow();
    }

    private static Method stepList(String name) {
        return lists().filter(list -> list.getName().equals(name))
                .filter(list -> list.getDeclaringClass().getName().contains(".step."))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isCheck(Method method) {
        return method.getName().startsWith("doCheck");
    }

    private static boolean isList(Method method) {
        return method.getName().startsWith("doFill") || method.getName().startsWith("doAutoComplete");
    }

    private static boolean isPost(Method method) {
        return method.isAnnotationPresent(POST.class) || method.isAnnotationPresent(RequirePOST.class);
    }

    private static boolean takesCurrentValue(Method list) {
        return Arrays.stream(list.getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(QueryParameter.class));
    }

    private static String fieldOf(Method check) {
        String field = check.getName().substring("doCheck".length());
        return Character.toLowerCase(field.charAt(0)) + field.substring(1);
    }

    private static Object ask(String user, Method method, Item item, String text) {
        Object descriptor = descriptors()
                .filter(method.getDeclaringClass()::isInstance)
                .findFirst()
                .orElseThrow();
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(parameter -> argument(parameter, item, text))
                .toArray();
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return method.invoke(descriptor, arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method.toString(), e);
        }
    }

    private static Object argument(Parameter parameter, Item item, String text) {
        return parameter.isAnnotationPresent(AncestorInPath.class) ? item : text;
    }

    private static List<String> values(Object answer) {
        if (answer instanceof ListBoxModel list) {
            return list.stream().map(option -> option.value).toList();
        }
        return List.copyOf((ComboBoxModel) answer);
    }
}
