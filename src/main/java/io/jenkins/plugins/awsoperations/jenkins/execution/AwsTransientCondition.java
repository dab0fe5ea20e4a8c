package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.flow.ErrorCondition;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.stapler.DataBoundConstructor;

/** For {@code retry(count: 3, conditions: [awsTransient()])}: failures that may pass without anybody mending anything. */
public final class AwsTransientCondition extends ErrorCondition {

    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public AwsTransientCondition() {
        // has no parameters
    }

    @Override
    public boolean test(@NonNull Throwable error, StepContext context) {
        return error instanceof AwsOperationException e && e.failure().kind().isTransient();
    }

    /** Its entry in the forms. */
    @Extension
    @Symbol("awsTransient")
    public static final class DescriptorImpl extends ErrorConditionDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AwsTransientCondition_displayName();
        }
    }
}
