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
import io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupOperation;
import io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupStep;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The build step "Back up EC2 instances" of freestyle jobs: the Pipeline step's parameters, form and checks, carried out while
 * the build's executor waits. Not for Pipelines, whose own step survives a restart.
 */
public final class Ec2BackupBuilder extends Builder {

    private final Ec2BackupStep backup;

    /** @param backup the parameters */
    @DataBoundConstructor
    public Ec2BackupBuilder(Ec2BackupStep backup) {
        this.backup = backup == null ? new Ec2BackupStep() : backup;
    }

    @NonNull
    public Ec2BackupStep getBackup() {
        return backup;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        BlockingOperation.run(build, listener, backup, new Ec2BackupOperation(), backup::begin);
        return true;
    }

    /** Its entry in the menu of build steps. */
    @Extension
    @Symbol("ec2Backup")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** Not by binding, which answers a wrong entry with a stack trace instead of the sentence that names its field. */
        @Override
        public Builder newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
                throws FormException {
            return new Ec2BackupBuilder(ExtensionList.lookupSingleton(Ec2BackupStep.DescriptorImpl.class)
                    .newInstance(request, form.getJSONObject("backup")));
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Ec2BackupStep_displayName();
        }
    }
}
