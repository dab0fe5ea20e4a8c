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
import io.jenkins.plugins.awsoperations.jenkins.step.AwaitStateMachineOperation;
import io.jenkins.plugins.awsoperations.jenkins.step.AwaitStateMachineStep;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The build step "Run an AWS Step Functions state machine" of freestyle jobs: the Pipeline step's parameters, form and checks, carried
 * out while the build's executor waits. It returns nothing, because there is nobody to return it to.
 */
public final class AwaitStateMachineBuilder extends Builder {

    private final AwaitStateMachineStep execution;

    /** @param execution the parameters */
    @DataBoundConstructor
    public AwaitStateMachineBuilder(AwaitStateMachineStep execution) {
        this.execution = execution == null ? new AwaitStateMachineStep() : execution;
    }

    @NonNull
    public AwaitStateMachineStep getExecution() {
        return execution;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        BlockingOperation.run(
                build,
                listener,
                execution,
                new AwaitStateMachineOperation(execution),
                identity -> execution.begin(identity, build));
        return true;
    }

    /** Its entry in the menu of build steps. */
    @Extension
    @Symbol("awaitStateMachine")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** Not by binding, which answers a wrong entry with a stack trace instead of the sentence that names its field. */
        @Override
        public Builder newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            return new AwaitStateMachineBuilder(
                    ExtensionList.lookupSingleton(AwaitStateMachineStep.DescriptorImpl.class)
                            .newInstance(request, form.getJSONObject("execution")));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AwaitStateMachineStep_displayName();
        }
    }
}
