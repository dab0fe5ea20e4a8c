package io.jenkins.plugins.awsoperations.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The button "Test connection", as the browser presses it. */
@WithSimulatedAccount
class ConnectionTestJenkinsTest extends JenkinsWithAccount {

    private static final String ROLE = "arn:aws:iam::210987654321:role/jenkins/backup";

    private Map<String, String> form;

    @BeforeAll
    static void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader"));
    }

    @BeforeEach
    void setUp() {
        form = new TreeMap<>(Map.of(
                "name",
                "simulator",
                "region",
                SimulatedAccount.REGION,
                "credentialsId",
                SimulatedAccount.CREDENTIALS,
                "role",
                "",
                "externalId",
                "",
                "endpoint",
                account.aws().endpoint().toString()));
    }

    @Test
    void tellsTheAccountAndTheIdentityThatAwsSees() throws Exception {
        assertThat(pressed("admin"))
                .contains("class=\"ok\"")
                .contains("Connected to account 123456789012, region ap-northeast-1, as"
                        + " arn:aws:iam::123456789012:user/simulator");
        assertThat(account.aws().ledger().calls())
                .extracting(Call::action, Call::principal)
                .containsExactly(tuple("GetCallerIdentity", "AKIATEST"));
    }

    @Test
    void assumesTheRoleWithItsExternalId() throws Exception {
        account.aws().settings(account.aws().settings().with(s -> s.requiredExternalId("handshake")));
        form.put("role", ROLE);
        form.put("externalId", "handshake");

        assertThat(pressed("admin"))
                .contains("class=\"ok\"")
                .contains("account 210987654321")
                .contains("assumed-role/backup/jenkins-test-connection");
    }

    @Test
    void tellsThatTheRoleWasDenied() throws Exception {
        account.aws().settings(account.aws().settings().with(s -> s.requiredExternalId("handshake")));
        form.put("role", ROLE);
        form.put("externalId", "guessed");

        assertThat(pressed("admin"))
                .contains("class=\"error\"")
                .contains("AccessDenied")
                .contains("Allow sts:AssumeRole")
                .contains(ROLE);
    }

    @Test
    void tellsWhatAwsDenied() throws Exception {
        account.aws().faults().add(Fault.on("GetCallerIdentity").always().deny());

        assertThat(pressed("admin"))
                .contains("class=\"error\"")
                .contains("sts:GetCallerIdentity")
                .contains("AccessDenied");
    }

    @Test
    void answersSoonWhenNobodyListens() throws Exception {
        form.put("endpoint", "http://127.0.0.1:" + closedPort());
        long before = System.nanoTime();

        String answer = pressed("admin");

        assertThat(answer)
                .contains("class=\"error\"")
                .contains("could not reach AWS")
                .contains("the endpoint");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void tellsWhichCredentialsAreMissing() throws Exception {
        form.put("credentialsId", "forgotten");

        assertThat(pressed("admin")).contains("class=\"error\"").contains("credentialsId &#039;forgotten&#039;");
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void doesNotPassWithCredentialsThatNoBuildCanUse() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.SYSTEM, "controller", "AKIASYSTEM", "secret", ""));
        form.put("credentialsId", "controller");

        assertThat(pressed("admin")).contains("class=\"error\"").contains("of scope Global, not of scope System");
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void usesWhatTheFormSaysAndNotWhatIsSaved() throws Exception {
        AwsAccountConfiguration saved = account.account("simulator");
        saved.setRegion("eu-west-1");
        saved.setCredentialsId("forgotten");
        AwsOperationsConfiguration.get().setAccounts(List.of(saved));

        assertThat(pressed("admin")).contains("class=\"ok\"").contains("region ap-northeast-1");
    }

    @Test
    void meetsNoRememberedConnectionWhenTheKeyWasChanged() throws Exception {
        pressed("admin");
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(
                        CredentialsScope.GLOBAL, SimulatedAccount.CREDENTIALS, "AKIACHANGED", "secret", ""));

        pressed("admin");

        assertThat(account.aws().ledger().calls())
                .extracting(Call::principal)
                .containsExactly("AKIATEST", "AKIACHANGED");
    }

    @Test
    void asksForTheRegion() throws Exception {
        form.put("region", "");

        assertThat(pressed("admin")).contains("class=\"error\"").contains("Enter a region");
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void namesTheFieldThatIsWrongBeforeItAsksAws() throws Exception {
        form.put("role", "backup");

        assertThat(pressed("admin"))
                .contains("class=\"error\"")
                .contains("role &#039;backup&#039; is not the ARN of a role");
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void isRefusedToWhoIsNoAdministrator() throws Exception {
        WebResponse answer = press("reader", HttpMethod.POST);

        assertThat(answer.getStatusCode()).isEqualTo(403);
        assertThat(answer.getContentAsString()).doesNotContain("123456789012");
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void isRefusedToALinkThatAnAdministratorFollows() throws Exception {
        WebResponse answer = press("admin", HttpMethod.GET);

        assertThat(answer.getStatusCode()).isEqualTo(405);
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    private String pressed(String user) throws Exception {
        WebResponse answer = press(user, HttpMethod.POST);
        assertThat(answer.getStatusCode()).isEqualTo(200);
        return answer.getContentAsString();
    }

    private WebResponse press(String user, HttpMethod method) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.withThrowExceptionOnFailingStatusCode(false).login(user);
            List<NameValuePair> values = new ArrayList<>();
            form.forEach((name, value) -> values.add(new NameValuePair(name, value)));
            WebRequest request = new WebRequest(url(), method);
            request.setRequestParameters(values);
            if (method == HttpMethod.POST) {
                browser.addCrumb(request);
            }
            return browser.getPage(request).getWebResponse();
        }
    }

    private static URL url() throws IOException {
        return URI.create(jenkins.getURL() + "descriptorByName/" + AwsAccountConfiguration.class.getName()
                        + "/testConnection")
                .toURL();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
