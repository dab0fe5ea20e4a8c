package io.jenkins.plugins.awsoperations.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.security.ACL;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import java.io.ByteArrayOutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The accounts as code. */
@WithJenkins
class JcascJenkinsTest {

    private static final Path EXAMPLE = Path.of("examples/jcasc.yaml");

    private static JenkinsRule jenkins;

    @TempDir
    Path files;

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
        AwsOperationsConfiguration.get().setAccounts(List.of());
    }

    @Test
    void importsEveryField() throws Exception {
        load(yaml("accounts.yaml"));

        AwsAccountConfiguration production = new AwsAccountConfiguration("production");
        production.setDefaultAccount(true);
        production.setRegion("ap-northeast-1");
        production.setCredentialsId("aws-production");
        production.setRole("arn:aws:iam::123456789012:role/jenkins/backup");
        production.setExternalId("jenkins:production");
        production.setEndpoint("https://vpce.example.com:8443/aws");
        production.setEventBus("alerts");
        production.setEventSource("net.quickguard.states");
        production.setEventDetailType("Job Network Execution Fail");
        AwsAccountConfiguration staging = new AwsAccountConfiguration("staging");
        staging.setRegion("eu-central-1");
        assertThat(AwsOperationsConfiguration.get().getAccounts())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(production, staging, new AwsAccountConfiguration("sandbox"));
    }

    @Test
    void exportsWhatItImported() throws Exception {
        String yaml = Files.readString(yaml("accounts.yaml"));
        load(yaml("accounts.yaml"));

        assertThat(export()).contains(section(yaml));
    }

    @Test
    void whatItExportsCanBeImportedAgain() throws Exception {
        load(yaml("accounts.yaml"));
        String exported = section(export());
        AwsOperationsConfiguration.get().setAccounts(List.of());

        load(write("unclassified:\n" + exported));

        assertThat(section(export())).isEqualTo(exported);
        assertThat(AwsOperationsConfiguration.get().getAccounts()).hasSize(3);
    }

    @Test
    void theFileForTestsHasEveryFieldOfAnAccount() throws Exception {
        String yaml = Files.readString(yaml("accounts.yaml"));

        assertThat(new DataBoundConfigurator<>(AwsAccountConfiguration.class).describe())
                .hasSize(10)
                .allSatisfy(field -> assertThat(yaml).contains(field.getName() + ": "));
    }

    @ParameterizedTest
    @CsvSource({
        "region, Tokyo",
        "role, backup",
        "endpoint, ftp://example.com",
        "eventBus, my bus",
        "eventSource, aws.ec2",
        "externalId, alone"
    })
    void refusesAWrongValueWithTheNameOfItsField(String field, String value) throws Exception {
        load(yaml("accounts.yaml"));
        String before = export();
        Path wrong = accounts("- name: production", "  " + field + ": '" + value + "'");

        assertThatThrownBy(() -> load(wrong)).rootCause().hasMessageContaining("account 'production': " + field + " ");
        assertThat(export()).isEqualTo(before);
    }

    @Test
    void refusesAFieldThatAccountsDoNotHave() throws Exception {
        Path wrong = accounts("- name: production", "  roleArn: 'arn:aws:iam::123456789012:role/backup'");

        assertThatThrownBy(() -> load(wrong)).hasMessageContaining("roleArn");
        assertThat(AwsOperationsConfiguration.get().getAccounts()).isEmpty();
    }

    @Test
    void refusesTwoDefaultAccounts() throws Exception {
        Path wrong = accounts("- name: a", "  defaultAccount: true", "- name: b", "  defaultAccount: true");

        assertThatThrownBy(() -> load(wrong)).rootCause().hasMessageContaining("defaultAccount is set for a and b");
        assertThat(AwsOperationsConfiguration.get().getAccounts()).isEmpty();
    }

    @Test
    void theExampleDescribesTwoAccountsWithTheirCredentials() throws Exception {
        Map<String, String> secrets = Map.of(
                "AWS_PRODUCTION_ACCESS_KEY_ID", "AKIAPRODUCTION",
                "AWS_PRODUCTION_SECRET_ACCESS_KEY", "production-secret",
                "AWS_STAGING_ACCESS_KEY_ID", "AKIASTAGING",
                "AWS_STAGING_SECRET_ACCESS_KEY", "staging-secret");
        ExtensionList.lookup(SecretSource.class).add(0, new SecretsOf(secrets));

        load(EXAMPLE);

        assertThat(AwsOperationsConfiguration.get().getAccounts())
                .extracting(AwsAccountConfiguration::getName, AwsAccountConfiguration::isDefaultAccount)
                .containsExactly(tuple("production", true), tuple("staging", false));
        assertThat(AwsOperationsConfiguration.get().getAccounts())
                .extracting(account -> keysOf(account.getCredentialsId()))
                .containsExactly("AKIAPRODUCTION production-secret", "AKIASTAGING staging-secret");
        assertThat(AwsOperationsConfiguration.get().defaultAccount())
                .hasValueSatisfying(production -> assertThat(production).hasNoNullFieldsOrPropertiesExcept("endpoint"));
    }

    @Test
    void theExampleHoldsNoSecret() throws Exception {
        assertThat(Files.readAllLines(EXAMPLE))
                .filteredOn(line -> line.contains("accessKey:") || line.contains("secretKey:"))
                .hasSize(4)
                .allMatch(line -> line.matches(".*: \"\\$\\{[A-Z_]+}\""));
    }

    /** As builds see them, which do not see those of scope System. */
    private static String keysOf(String credentialsId) {
        try {
            var job = jenkins.createFreeStyleProject();
            return CredentialsProvider.lookupCredentialsInItem(
                            AmazonWebServicesCredentials.class, job, ACL.SYSTEM2, List.of())
                    .stream()
                    .filter(credentials -> credentials.getId().equals(credentialsId))
                    .map(AmazonWebServicesCredentials::resolveCredentials)
                    .map(keys -> keys.accessKeyId() + " " + keys.secretAccessKey())
                    .collect(Collectors.joining());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void load(Path yaml) throws Exception {
        ConfigurationAsCode.get().configure(yaml.toString());
    }

    private static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What is said of this plugin. */
    private static String section(String yaml) {
        return yaml.lines()
                .dropWhile(line -> !line.equals("  awsOperations:"))
                .takeWhile(line -> line.equals("  awsOperations:") || line.startsWith("    "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Path yaml(String name) throws URISyntaxException {
        return Path.of(JcascJenkinsTest.class.getResource(name).toURI());
    }

    private Path accounts(String... lines) throws Exception {
        return write("unclassified:\n  awsOperations:\n    accounts:\n    " + String.join("\n    ", lines) + "\n");
    }

    private Path write(String yaml) throws Exception {
        return Files.writeString(files.resolve("jenkins.yaml"), yaml);
    }

    /** Secrets that are given, as a vault would. */
    private static final class SecretsOf extends SecretSource {

        private final Map<String, String> secrets;

        SecretsOf(Map<String, String> secrets) {
            this.secrets = secrets;
        }

        @Override
        public Optional<String> reveal(String secret) {
            return Optional.ofNullable(secrets.get(secret));
        }
    }
}
