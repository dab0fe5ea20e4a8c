package io.jenkins.plugins.awsoperations.jenkins.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.BlockingOperation;
import io.jenkins.plugins.awsoperations.jenkins.step.SendFailEventOperation;
import io.jenkins.plugins.awsoperations.jenkins.step.SendFailEventStep;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The build step "Send a fail event" of freestyle jobs: the Pipeline step's parameters, form and checks, carried out while the build's
 * executor waits. It fails when the event cannot be sent.
 */
public final class SendFailEventBuilder extends Builder {

    private final SendFailEventStep event;

    /** @param event the parameters */
    @DataBoundConstructor
    public SendFailEventBuilder(SendFailEventStep event) {
        this.event = event == null ? new SendFailEventStep(null) : event;
    }

    @NonNull
    public SendFailEventStep getEvent() {
        return event;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        BlockingOperation.run(build, listener, event, SendFailEventOperation.in(build, event), event::begin);
        return true;
    }

    /** Its entry in the menu of build steps. */
    @Extension
    @Symbol("sendFailEvent")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** Not by binding, which answers a wrong entry with a stack trace instead of the sentence that names its field. */
        @Override
        public Builder newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            return new SendFailEventBuilder(ExtensionList.lookupSingleton(SendFailEventStep.DescriptorImpl.class)
                    .newInstance(request, form.getJSONObject("event")));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SendFailEventStep_displayName();
        }
    }
}
