package io.jenkins.plugins.awsoperations.jenkins.execution;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.alert.FailEventRequestBuilder;
import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsAccountRules;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.EventRules;
import io.jenkins.plugins.awsoperations.jenkins.config.StoredKeys;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which account and region a build's operation uses, and as whom. Names and ids only, chosen when the operation begins: the
 * configuration and the credentials behind them are looked up anew whenever a connection is made, so that a secret is never
 * part of a build's state.
 */
public final class AccountChoice implements Serializable {

    private static final long serialVersionUID = 1L;

    /** STS API reference, AssumeRole, RoleSessionName. */
    private static final int SESSION_NAME = 64;

    private final String account;
    private final String region;
    private final String credentialsId;
    private final String role;
    private final String externalId;

    private AccountChoice(AccountParameters parameters, @CheckForNull String account, String region) {
        this.account = account;
        this.region = region;
        this.credentialsId = parameters.getCredentialsId();
        this.role = parameters.getRole();
        this.externalId = parameters.getExternalId();
    }

    /**
     * Chooses: explicit parameters win over the account's, and the region of the account over AWS_REGION and
     * AWS_DEFAULT_REGION of the build. Quick, without any call.
     *
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    public static AccountChoice of(AccountParameters parameters, EnvVars environment) {
        AwsOperationsConfiguration configuration = AwsOperationsConfiguration.get();
        List<String> problems = new ArrayList<>();
        String name = parameters.getAccount();
        Optional<AwsAccountConfiguration> configured =
                name == null ? configuration.defaultAccount() : configuration.account(name);
        if (name != null && configured.isEmpty()) {
            problems.add("account '" + name + "' is not configured; known: " + configuration.names());
        }
        if (name == null
                && configured.isEmpty()
                && parameters.getCredentialsId() == null
                && !configuration.getAccounts().isEmpty()) {
            problems.add("account is not given, and none of the configured ones is the default; known: "
                    + configuration.names());
        }
        String region = firstOf(
                parameters.getRegion(),
                configured.map(AwsAccountConfiguration::getRegion).orElse(null),
                environment.get("AWS_REGION"),
                environment.get("AWS_DEFAULT_REGION"));
        if (region == null) {
            problems.add("region is not given, and neither the account nor AWS_REGION of the build names one");
        }
        check(problems, "region", region, AwsAccountRules::regionProblem);
        check(problems, "role", parameters.getRole(), AwsAccountRules::roleProblem);
        check(problems, "externalId", parameters.getExternalId(), AwsAccountRules::externalIdProblem);
        String role = firstOf(
                parameters.getRole(),
                configured.map(AwsAccountConfiguration::getRole).orElse(null));
        check(problems, "alertChannel", parameters.getAlertChannel(), EventRules::channel);
        if (parameters.getExternalId() != null && role == null) {
            problems.add("externalId needs a role");
        }
        if (!problems.isEmpty()) {
            throw failure(String.join("; ", problems), "Nothing was done.");
        }
        return new AccountChoice(
                parameters, configured.map(AwsAccountConfiguration::getName).orElse(null), region);
    }

    /** The name of the configured account, or null for none. */
    @CheckForNull
    public String account() {
        return account;
    }

    @NonNull
    public String region() {
        return region;
    }

    /**
     * The account as the configuration describes it now, with credentials that the build may use. Looks up credentials, which
     * may take a while.
     *
     * @throws OperationException of kind CONFIGURATION when the account or the credentials are not there (any more)
     */
    public AwsAccount resolve(Run<?, ?> run) {
        AwsAccountConfiguration configured = configured();
        AwsAccount.Builder builder = AwsAccount.in(region)
                .name(account == null ? "default" : account)
                .roleSessionName(sessionName(run));
        String id = firstOf(credentialsId, configured == null ? null : configured.getCredentialsId());
        if (id != null) {
            CredentialsProvider.track(run, StoredKeys.found(id, find(id, run)));
            // Of this build alone: another may see other credentials under the same id, also the first build of a
            // job that was deleted and made again under the same name.
            builder.credentials(new AwsCredentialSource.Lookup(
                    id + " as " + run.getExternalizableId() + " of " + run.getTimeInMillis(),
                    StoredKeys.VALID_FOR,
                    () -> StoredKeys.of(id, find(id, run))));
        }
        if (role != null) {
            builder.assumeRole(role, externalId);
        } else if (configured != null && configured.getRole() != null) {
            builder.assumeRole(configured.getRole(), firstOf(externalId, configured.getExternalId()));
        }
        if (configured != null && configured.getEndpoint() != null) {
            builder.endpoint(URI.create(configured.getEndpoint()));
        }
        return builder.build();
    }

    /** An event on the bus, from the source and of the type that the account has for failures now. */
    @NonNull
    public FailEventRequestBuilder addressed(FailEventRequestBuilder event) {
        AwsAccountConfiguration configured = configured();
        return configured == null
                ? event
                : event.eventBus(configured.getEventBus())
                        .source(configured.getEventSource())
                        .detailType(configured.getEventDetailType());
    }

    /** Job and build, for CloudTrail: of a long job name the end goes, not the number of the build. */
    private static String sessionName(Run<?, ?> run) {
        String build = "-" + run.getNumber();
        String job = run.getParent().getFullName();
        int room = SESSION_NAME - build.length();
        return (job.length() <= room ? job : job.substring(0, room)) + build;
    }

    @CheckForNull
    private AwsAccountConfiguration configured() {
        if (account == null) {
            return null;
        }
        AwsOperationsConfiguration configuration = AwsOperationsConfiguration.get();
        return configuration
                .account(account)
                .orElseThrow(() -> failure(
                        "account '" + account + "' is not configured any more; known: " + configuration.names(),
                        "Configure it again under Manage Jenkins, System, or name another."));
    }

    @CheckForNull
    private static AmazonWebServicesCredentials find(String id, Run<?, ?> run) {
        return CredentialsProvider.findCredentialById(id, AmazonWebServicesCredentials.class, run);
    }

    private static void check(
            List<String> problems, String field, @CheckForNull String value, Function<String, Optional<String>> rule) {
        if (value != null) {
            rule.apply(value).ifPresent(problem -> problems.add(field + " " + problem));
        }
    }

    @CheckForNull
    private static String firstOf(String... values) {
        for (String value : values) {
            String text = Util.fixEmptyAndTrim(value);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static OperationException failure(String message, String remedy) {
        return new OperationException(OperationFailure.of(FailureKind.CONFIGURATION, message, remedy));
    }
}
