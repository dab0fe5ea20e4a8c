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
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceOperation;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The build step "Run commands on a tagged EC2 instance" of freestyle jobs: the Pipeline step's parameters, form and checks, carried
 * out while the build's executor waits. It returns nothing, because there is nobody to return it to.
 */
public final class RunOnTaggedInstanceBuilder extends Builder {

    private final RunOnTaggedInstanceStep run;

    /** @param run the parameters */
    @DataBoundConstructor
    public RunOnTaggedInstanceBuilder(RunOnTaggedInstanceStep run) {
        this.run = run == null ? new RunOnTaggedInstanceStep() : run;
    }

    @NonNull
    public RunOnTaggedInstanceStep getRun() {
        return run;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        BlockingOperation.run(build, listener, run, new RunOnTaggedInstanceOperation(run), run::beginWithoutReturn);
        return true;
    }

    /** Its entry in the menu of build steps. */
    @Extension
    @Symbol("runOnTaggedInstance")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** Not by binding, which answers a wrong entry with a stack trace instead of the sentence that names its field. */
        @Override
        public Builder newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            return new RunOnTaggedInstanceBuilder(
                    ExtensionList.lookupSingleton(RunOnTaggedInstanceStep.DescriptorImpl.class)
                            .newInstance(request, form.getJSONObject("run")));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RunOnTaggedInstanceStep_displayName();
        }
    }
}
