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
import io.jenkins.plugins.awsoperations.operation.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
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

    /** The fields of the form into which a person types. */
    @NonNull
    protected abstract FormFields<S> fields();

    /** A step of which nothing is set. */
    @NonNull
    protected abstract S blank();

    /** What is wrong with the parameters of a step, besides those that every such step has. */
    @NonNull
    protected abstract List<Problem> problems(S step);

    /** The parameters that are JSON, where null is a value; elsewhere it is a variable that somebody forgot to set. */
    @NonNull
    protected Set<String> json() {
        return Set.of();
    }

    @Override
    public final S newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
        StepForm filledIn = new StepForm(form);
        FormFields<S> fields = fields();
        @SuppressWarnings("unchecked")
        S step = (S) super.newInstance(request, filledIn.without(fields.names()));
        for (String field : fields.names()) {
            filledIn.set(field, text -> fields.set(step, field, text));
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
        return new StepArguments(getFunctionName(), DescribableModel.of(clazz), json()).bind(arguments);
    }

    /** The form's text of a map. */
    public final String tagText(@CheckForNull Map<String, Object> tags) {
        return TagText.text(tags);
    }

    /** The form's text of a list. */
    public final String lineText(@CheckForNull List<?> lines) {
        return ListText.text(lines);
    }

    /** Whether the one who fills in the form may know what only those who configure the job may. */
    private static boolean mayConfigure(@CheckForNull Item item) {
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

    /** The answer of the check of a field that is right or wrong by itself. */
    protected final FormValidation check(@CheckForNull Item item, String field, String value) {
        return check(item, field, value, Map.of());
    }

    /**
     * The answer of a field's check.
     *
     * @param others the fields without which it cannot be said whether this one is right, with their texts; such as take any
     *     text
     */
    protected final FormValidation check(
            @CheckForNull Item item, String field, String value, Map<String, String> others) {
        return check(item, field, value, trimmed -> {
            S step = blank();
            others.forEach((other, its) -> {
                if (Util.fixEmptyAndTrim(its) != null) {
                    fields().set(step, other, its);
                }
            });
            try {
                // As it was entered, because a message may tell the line.
                fields().set(step, field, value);
            } catch (IllegalArgumentException e) {
                return Optional.of(e.getMessage().replaceFirst("^" + field + " ", ""));
            }
            return problems(step).stream()
                    .filter(problem -> problem.field().equals(field))
                    .map(Problem::message)
                    .findFirst();
        });
    }

    /**
     * The choices of a field. Whoever may only read the job gets the current one, which the form would not show otherwise.
     *
     * @param label what a choice is called
     */
    public static <E extends Enum<E>> ListBoxModel choices(
            @CheckForNull Item item, E[] values, String current, Function<E, String> label) {
        ListBoxModel model = new ListBoxModel();
        Arrays.stream(values)
                .filter(value -> mayConfigure(item) || value.name().equalsIgnoreCase(current))
                .forEach(value -> model.add(value.name() + ": " + label.apply(value), value.name()));
        return model;
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
