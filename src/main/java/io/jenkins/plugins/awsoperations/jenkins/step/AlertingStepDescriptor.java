package io.jenkins.plugins.awsoperations.jenkins.step;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsoperations.jenkins.config.EventRules;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What the forms and the Pipeline need to know of every step that can tell somebody when it fails.
 *
 * @param <S> the step
 */
public abstract class AlertingStepDescriptor<S extends AlertingStep> extends AwsStepDescriptor<S> {

    @POST
    public final FormValidation doCheckAlertChannel(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, "alertChannel", value, EventRules::channel);
    }
}
