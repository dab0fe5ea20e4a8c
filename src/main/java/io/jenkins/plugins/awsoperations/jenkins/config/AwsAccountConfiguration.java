package io.jenkins.plugins.awsoperations.jenkins.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsoperations.aws.AwsAccountRules;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** An AWS account as administrators describe it and jobs name it. Holds the id of credentials, never a secret. */
public final class AwsAccountConfiguration extends AbstractDescribableImpl<AwsAccountConfiguration> {

    private final String name;
    private String region;
    private String credentialsId;
    private String role;
    private String externalId;
    private String endpoint;
    private String eventBus;
    private String eventSource;
    private String eventDetailType;
    private boolean defaultAccount;

    /** @param name as jobs call it */
    @DataBoundConstructor
    public AwsAccountConfiguration(String name) {
        this.name = Util.fixNull(name).trim();
    }

    @NonNull
    public String getName() {
        return name;
    }

    /** The AWS region id of jobs that name none. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** The id of AWS credentials; null for the SDK's default chain on the controller. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The ARN of the role to assume. */
    @CheckForNull
    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    /** What the role's trust policy asks for. */
    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    /** Another address than AWS's own. */
    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    /** The name or ARN of the bus for failure events. */
    @CheckForNull
    public String getEventBus() {
        return eventBus;
    }

    @DataBoundSetter
    public void setEventBus(String eventBus) {
        this.eventBus = Util.fixEmptyAndTrim(eventBus);
    }

    /** The source of failure events. */
    @CheckForNull
    public String getEventSource() {
        return eventSource;
    }

    @DataBoundSetter
    public void setEventSource(String eventSource) {
        this.eventSource = Util.fixEmptyAndTrim(eventSource);
    }

    /** The detail type of failure events. */
    @CheckForNull
    public String getEventDetailType() {
        return eventDetailType;
    }

    @DataBoundSetter
    public void setEventDetailType(String eventDetailType) {
        this.eventDetailType = Util.fixEmptyAndTrim(eventDetailType);
    }

    /** Whether jobs that name no account use this one. */
    public boolean isDefaultAccount() {
        return defaultAccount;
    }

    @DataBoundSetter
    public void setDefaultAccount(boolean defaultAccount) {
        this.defaultAccount = defaultAccount;
    }

    /** What is wrong with it, naming the field; empty when nothing is. */
    Optional<String> problem() {
        return Optional.<String>empty()
                .or(() -> named("name", AccountFieldRules.name(name)))
                .or(() -> named("region", region, AwsAccountRules::regionProblem))
                .or(() -> named("role", role, AwsAccountRules::roleProblem))
                .or(() -> named("externalId", externalId, AwsAccountRules::externalIdProblem))
                .or(() -> named("externalId", AccountFieldRules.externalIdNeedsRole(externalId, role)))
                .or(() -> named("endpoint", endpoint, AwsAccountRules::endpointProblem))
                .or(() -> named("eventBus", eventBus, EventRules::eventBus))
                .or(() -> named("eventSource", eventSource, EventRules::source))
                .or(() -> named("eventDetailType", eventDetailType, EventRules::detailType));
    }

    private Optional<String> named(String field, String value, Function<String, Optional<String>> rule) {
        return value == null ? Optional.empty() : named(field, rule.apply(value));
    }

    private Optional<String> named(String field, Optional<String> problem) {
        return problem.map(p -> "account '" + name + "': " + field + " " + p);
    }

    /** The form; for administrators only. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<AwsAccountConfiguration> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AwsAccountConfiguration_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return check("name", value, v -> AccountFieldRules.name(v.trim()));
        }

        @POST
        public FormValidation doCheckRegion(@QueryParameter String value) {
            return check("region", value, AwsAccountRules::regionProblem);
        }

        @POST
        public FormValidation doCheckRole(@QueryParameter String value) {
            return check("role", value, AwsAccountRules::roleProblem);
        }

        @POST
        public FormValidation doCheckExternalId(@QueryParameter String value, @QueryParameter String role) {
            return check(
                    "externalId",
                    value,
                    v -> AwsAccountRules.externalIdProblem(v)
                            .or(() -> AccountFieldRules.externalIdNeedsRole(v, Util.fixEmptyAndTrim(role))));
        }

        @POST
        public FormValidation doCheckEndpoint(@QueryParameter String value) {
            return check("endpoint", value, AwsAccountRules::endpointProblem);
        }

        @POST
        public FormValidation doCheckEventBus(@QueryParameter String value) {
            return check("eventBus", value, EventRules::eventBus);
        }

        @POST
        public FormValidation doCheckEventSource(@QueryParameter String value) {
            return check("eventSource", value, EventRules::source);
        }

        @POST
        public FormValidation doCheckEventDetailType(@QueryParameter String value) {
            return check("eventDetailType", value, EventRules::detailType);
        }

        private static FormValidation check(String field, String value, Function<String, Optional<String>> rule) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            String text = Util.fixEmptyAndTrim(value);
            if (text == null && !field.equals("name")) {
                return FormValidation.ok();
            }
            return rule.apply(Util.fixNull(text))
                    .map(problem -> FormValidation.error(field + " " + problem))
                    .orElseGet(FormValidation::ok);
        }

        @POST
        public ComboBoxModel doFillRegionItems() {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? AwsRegions.model() : new ComboBoxModel();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            StandardListBoxModel model = new StandardListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return model.includeCurrentValue(Util.fixNull(credentialsId));
            }
            return model.includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            AmazonWebServicesCredentials.class,
                            List.of(),
                            StoredKeys::areForBuilds)
                    .includeCurrentValue(Util.fixNull(credentialsId));
        }

        /** Asks AWS who the account's credentials are. */
        @RequirePOST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String region,
                @QueryParameter String credentialsId,
                @QueryParameter String role,
                @QueryParameter String externalId,
                @QueryParameter String endpoint) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            AwsAccountConfiguration account = new AwsAccountConfiguration(name);
            account.setRegion(region);
            account.setCredentialsId(credentialsId);
            account.setRole(role);
            account.setExternalId(externalId);
            account.setEndpoint(endpoint);
            return ConnectionTest.of(account);
        }
    }
}
