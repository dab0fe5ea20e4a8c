package io.jenkins.plugins.awsoperations.jenkins.step;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsoperations.aws.AwsAccountRules;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsRegions;
import io.jenkins.plugins.awsoperations.jenkins.config.StoredKeys;
import io.jenkins.plugins.awsoperations.jenkins.execution.AwsOperationException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What the forms and the Pipeline need to know of every step that works in an AWS account.
 *
 * @param <S> the step
 */
public abstract class AwsStepDescriptor<S extends AwsStep> extends StepDescriptor {

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, EnvVars.class, FlowNode.class);
    }

    /**
     * The fields that the form has as a text of several lines, and how they are set from it; a setter throws an {@link
     * IllegalArgumentException} that names the field when the text is not what it should be.
     */
    protected abstract Map<String, BiConsumer<S, String>> textFields();

    /** The fields that hold a whole number. */
    protected abstract Set<String> numberFields();

    @Override
    public final S newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
        StepForm filledIn = new StepForm(form);
        Map<String, BiConsumer<S, String>> texts = textFields();
        @SuppressWarnings("unchecked")
        S step = (S) super.newInstance(request, filledIn.without(texts.keySet(), numberFields()));
        for (Map.Entry<String, BiConsumer<S, String>> text : texts.entrySet()) {
            filledIn.set(text.getKey(), value -> text.getValue().accept(step, value));
        }
        return step;
    }

    /**
     * A misspelt parameter must not be ignored when it may have been {@code dryRun}.
     *
     * @throws AwsOperationException naming the parameter, when it is unknown or its value is not of its type
     */
    @Override
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        DescribableModel<? extends Step> model = DescribableModel.of(clazz);
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            DescribableParameter parameter = model.getParameter(argument.getKey());
            if (parameter == null) {
                throw unknown(argument.getKey(), model);
            }
            if (hasNull(argument.getValue())) {
                // A variable that is not set: it must not select instances by an empty tag.
                throw wrong(argument.getKey() + " has a key or a value that is null: " + argument.getValue());
            }
            if (parameter.getErasedType() == boolean.class && !isBoolean(argument.getValue())) {
                throw wrong(argument.getKey() + " must be true or false, not '" + argument.getValue() + "'");
            }
            if (argument.getValue() instanceof Number number
                    && (parameter.getErasedType() == int.class || parameter.getErasedType() == Integer.class)
                    && !isWhole(number)) {
                // Else 3.5 would become 3, and 4294967297 would become 1.
                throw wrong(argument.getKey() + " must be a whole number, not " + number);
            }
        }
        try {
            return model.instantiate(arguments, null);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw wrong(getFunctionName() + ": " + e.getMessage());
        }
    }

    private AwsOperationException unknown(String name, DescribableModel<?> model) {
        String known = model.getParameters().stream()
                .map(DescribableParameter::getName)
                .sorted()
                .collect(Collectors.joining(", "));
        return wrong(getFunctionName() + " has no parameter '" + name + "'; it has " + known);
    }

    private static AwsOperationException wrong(String message) {
        return new AwsOperationException(
                OperationFailure.of(FailureKind.CONFIGURATION, message, "Nothing was done."), null);
    }

    private static boolean hasNull(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.containsKey(null) || map.values().stream().anyMatch(v -> v == null || hasNull(v));
        }
        return value instanceof Collection<?> list && list.stream().anyMatch(Objects::isNull);
    }

    private static boolean isWhole(Number number) {
        return new BigDecimal(number.toString()).compareTo(BigDecimal.valueOf(number.intValue())) == 0;
    }

    private static boolean isBoolean(@CheckForNull Object value) {
        return value instanceof Boolean
                || value != null
                        && ("true".equalsIgnoreCase(value.toString()) || "false".equalsIgnoreCase(value.toString()));
    }

    /** Whether the one who fills in the form may know what only those who configure the job may. */
    protected static boolean mayConfigure(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** The answer of a field's check: the rule's, when there is a value and the one who asks may configure the job. */
    protected static FormValidation check(
            @CheckForNull Item item, String field, String value, Function<String, Optional<String>> rule) {
        String text = Util.fixEmptyAndTrim(value);
        if (!mayConfigure(item) || text == null) {
            return FormValidation.ok();
        }
        return rule.apply(text)
                .map(problem -> FormValidation.error(field + " " + problem))
                .orElseGet(FormValidation::ok);
    }

    @POST
    public final FormValidation doCheckAccount(@AncestorInPath Item item, @QueryParameter String value) {
        AwsOperationsConfiguration configuration = AwsOperationsConfiguration.get();
        return check(
                item,
                "account",
                value,
                name -> configuration.account(name).isPresent()
                        ? Optional.empty()
                        : Optional.of("'" + name + "' is not configured; known: " + configuration.names()));
    }

    @POST
    public final FormValidation doCheckRegion(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "region", value, AwsAccountRules::regionProblem);
    }

    @POST
    public final FormValidation doCheckRole(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "role", value, AwsAccountRules::roleProblem);
    }

    @POST
    public final FormValidation doCheckExternalId(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "externalId", value, AwsAccountRules::externalIdProblem);
    }

    @POST
    public final ListBoxModel doFillAccountItems(@AncestorInPath Item item, @QueryParameter String account) {
        ListBoxModel model = new ListBoxModel();
        model.add(Messages.AwsStep_defaultAccount(), "");
        if (mayConfigure(item)) {
            AwsOperationsConfiguration.get().getAccounts().stream()
                    .map(AwsAccountConfiguration::getName)
                    .forEach(model::add);
        }
        String current = Util.fixEmptyAndTrim(account);
        if (current != null && model.stream().noneMatch(option -> option.value.equals(current))) {
            model.add(current);
        }
        return model;
    }

    @POST
    public final ComboBoxModel doFillRegionItems(@AncestorInPath Item item) {
        return mayConfigure(item) ? AwsRegions.model() : new ComboBoxModel();
    }

    @POST
    public final ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String credentialsId) {
        StandardListBoxModel model = new StandardListBoxModel();
        String current = Util.fixNull(credentialsId);
        if (item == null
                ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : !item.hasPermission(Item.CONFIGURE) && !item.hasPermission(CredentialsProvider.USE_ITEM)) {
            return model.includeCurrentValue(current);
        }
        model.includeEmptyValue();
        if (item == null) {
            model.includeMatchingAs(
                    ACL.SYSTEM2,
                    Jenkins.get(),
                    AmazonWebServicesCredentials.class,
                    List.of(),
                    StoredKeys::areForBuilds);
        } else {
            model.includeMatchingAs(
                    ACL.SYSTEM2, item, AmazonWebServicesCredentials.class, List.of(), credentials -> true);
        }
        return model.includeCurrentValue(current);
    }
}
