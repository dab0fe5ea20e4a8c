package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.PlanName;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.Beginning;
import io.jenkins.plugins.awsoperations.jenkins.execution.OperationStepExecution;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The Pipeline step {@code ec2Backup}: images of EC2 instances, found by their tags, with generations. */
public final class Ec2BackupStep extends Ec2BackupParameters {

    @DataBoundConstructor
    public Ec2BackupStep() {
        // every parameter may be left out; tags or instanceIds are asked for when it runs
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(
                context, Beginning.of(context.get(Run.class), context.get(EnvVars.class), this, this::begin));
    }

    /**
     * The first state of a run.
     *
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    @NonNull
    public BackupState begin(RunIdentity run) {
        return Ec2BackupOperation.begin(new BackupParameterReader(this).request(PlanName.ofJob(run.job())), run);
    }

    /** Carries it out. */
    private static final class Execution extends OperationStepExecution<BackupState, BackupResult> {

        private static final long serialVersionUID = 1L;

        Execution(StepContext context, Beginning<BackupState> beginning) {
            super(context, beginning);
        }

        @Override
        protected StepOperation<BackupState, BackupResult> operation() {
            return new Ec2BackupOperation();
        }
    }

    /** Name, form and checks. */
    @Extension
    public static final class DescriptorImpl extends AlertingStepDescriptor<Ec2BackupStep> {

        @Override
        public String getFunctionName() {
            return "ec2Backup";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Ec2BackupStep_displayName();
        }

        /** What the Pipeline steps view shows behind the step's name. */
        @CheckForNull
        @Override
        public String argumentsToString(@NonNull Map<String, Object> arguments) {
            Object plan = arguments.get("plan");
            return plan == null ? super.argumentsToString(arguments) : plan.toString();
        }

        @NonNull
        @Override
        protected FormFields<Ec2BackupStep> fields() {
            return Ec2BackupFields.ALL;
        }

        @NonNull
        @Override
        protected Ec2BackupStep blank() {
            return new Ec2BackupStep();
        }

        @NonNull
        @Override
        protected List<Problem> problems(Ec2BackupStep step) {
            return new BackupParameterReader(step).problems();
        }

        public String getDefaultImageName() {
            return BackupRequest.DEFAULT_IMAGE_NAME;
        }

        public String getDefaultKeepTag() {
            return BackupRequest.DEFAULT_KEEP_TAG;
        }

        @POST
        public FormValidation doCheckPlan(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "plan", value);
        }

        @POST
        public FormValidation doCheckGenerations(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "generations", value);
        }

        @POST
        public FormValidation doCheckRetentionDays(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "retentionDays", value);
        }

        @POST
        public FormValidation doCheckRebootConcurrency(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "rebootConcurrency", value);
        }

        @POST
        public FormValidation doCheckImageName(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "imageName", value);
        }

        @POST
        public FormValidation doCheckDescription(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "description", value);
        }

        @POST
        public FormValidation doCheckMaxAttempts(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "maxAttempts", value);
        }

        @POST
        public FormValidation doCheckTimeoutMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "timeoutMinutes", value);
        }

        @POST
        public FormValidation doCheckConflictTimeoutMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "conflictTimeoutMinutes", value);
        }

        @POST
        public FormValidation doCheckShareWindowMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "shareWindowMinutes", value);
        }

        @POST
        public FormValidation doCheckParallelism(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "parallelism", value);
        }

        @POST
        public FormValidation doCheckMaxInstances(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "maxInstances", value);
        }

        @POST
        public FormValidation doCheckKeepTag(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "keepTag", value);
        }

        @POST
        public FormValidation doCheckDeprecateAfterDays(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "deprecateAfterDays", value);
        }

        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "tags", value);
        }

        @POST
        public FormValidation doCheckExcludeTags(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "excludeTags", value);
        }

        @POST
        public FormValidation doCheckImageTags(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "imageTags", value);
        }

        @POST
        public FormValidation doCheckInstanceIds(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "instanceIds", value);
        }

        @POST
        public FormValidation doCheckExcludeDevices(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "excludeDevices", value);
        }

        @POST
        public ListBoxModel doFillStatusCheckItems(@AncestorInPath Item item, @QueryParameter String statusCheck) {
            return choices(item, BackupRequest.StatusCheck.values(), statusCheck, Ec2BackupChoices::label);
        }

        @POST
        public ListBoxModel doFillOnConflictItems(@AncestorInPath Item item, @QueryParameter String onConflict) {
            return choices(item, BackupRequest.OnConflict.values(), onConflict, Ec2BackupChoices::label);
        }

        @POST
        public ListBoxModel doFillIfNoInstancesItems(@AncestorInPath Item item, @QueryParameter String ifNoInstances) {
            return choices(item, BackupRequest.IfNoInstances.values(), ifNoInstances, Ec2BackupChoices::label);
        }

        @POST
        public ListBoxModel doFillOnPartialFailureItems(
                @AncestorInPath Item item, @QueryParameter String onPartialFailure) {
            return choices(item, BackupRequest.OnPartialFailure.values(), onPartialFailure, Ec2BackupChoices::label);
        }
    }
}
