package io.jenkins.plugins.awsoperations.jenkins.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Item;
import hudson.model.Result;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Notifier;
import hudson.tasks.Publisher;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.BuildAlert;
import io.jenkins.plugins.awsoperations.jenkins.execution.StopCause;
import io.jenkins.plugins.awsoperations.jenkins.step.SendFailEventOperation;
import io.jenkins.plugins.awsoperations.jenkins.step.SendFailEventStep;
import java.io.IOException;
import jenkins.model.InterruptedBuildAction;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The post-build action "Send a fail event when the build fails" of freestyle jobs. An event that cannot be sent is a warning in the
 * log: the build ends as it would have ended. Of a build that a person aborted nothing is told.
 */
public final class SendFailEventNotifier extends Notifier {

    /** From which result on an event is sent. */
    public enum Threshold {
        FAILURE(Result.FAILURE),
        UNSTABLE(Result.UNSTABLE);

        private final Result result;

        Threshold(Result result) {
            this.result = result;
        }

        private boolean isReachedBy(@CheckForNull Result ended) {
            return ended != null && ended.isWorseOrEqualTo(result);
        }

        private static String label(Threshold threshold) {
            return threshold == FAILURE
                    ? Messages.SendFailEventNotifier_FAILURE()
                    : Messages.SendFailEventNotifier_UNSTABLE();
        }
    }

    private final SendFailEventStep event;
    private Threshold threshold;

    /** @param event the parameters */
    @DataBoundConstructor
    public SendFailEventNotifier(SendFailEventStep event) {
        this.event = event == null ? new SendFailEventStep(null) : event;
    }

    @NonNull
    public SendFailEventStep getEvent() {
        return event;
    }

    @NonNull
    public Threshold getThreshold() {
        return threshold == null ? Threshold.FAILURE : threshold;
    }

    @DataBoundSetter
    public void setThreshold(Threshold threshold) {
        this.threshold = threshold;
    }

    @Override
    public BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        if (getThreshold().isReachedBy(build.getResult()) && !isAbortedByPerson(build)) {
            BuildAlert.send(
                    build, listener, event, event.getChannel(), SendFailEventOperation.in(build, event), event::begin);
        }
        return true;
    }

    private static boolean isAbortedByPerson(AbstractBuild<?, ?> build) {
        InterruptedBuildAction interrupted = build.getAction(InterruptedBuildAction.class);
        return interrupted != null && StopCause.isPerson(interrupted.getCauses());
    }

    /** Its entry in the menu of post-build actions. */
    @Extension
    @Symbol("sendFailEventOnFailure")
    public static final class DescriptorImpl extends BuildStepDescriptor<Publisher> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** Not by binding, which answers a wrong entry with a stack trace instead of the sentence that names its field. */
        @Override
        public Publisher newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            SendFailEventNotifier notifier =
                    new SendFailEventNotifier(ExtensionList.lookupSingleton(SendFailEventStep.DescriptorImpl.class)
                            .newInstance(request, form.getJSONObject("event")));
            String threshold = Util.fixEmptyAndTrim(form.optString("threshold"));
            if (threshold != null) {
                notifier.setThreshold(threshold(threshold));
            }
            return notifier;
        }

        private static Threshold threshold(String name) throws FormException {
            try {
                return Threshold.valueOf(name);
            } catch (IllegalArgumentException e) {
                throw new FormException("threshold must be FAILURE or UNSTABLE, not '" + name + "'", e, "threshold");
            }
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SendFailEventNotifier_displayName();
        }

        @POST
        public ListBoxModel doFillThresholdItems(@AncestorInPath Item item, @QueryParameter String threshold) {
            return SendFailEventStep.DescriptorImpl.choices(item, Threshold.values(), threshold, Threshold::label);
        }
    }
}
