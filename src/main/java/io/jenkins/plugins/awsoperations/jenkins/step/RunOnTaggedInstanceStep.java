package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.Beginning;
import io.jenkins.plugins.awsoperations.jenkins.execution.LoggedText;
import io.jenkins.plugins.awsoperations.jenkins.execution.OperationStepExecution;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The Pipeline step {@code runOnTaggedInstance}: commands on one of the EC2 instances that carry certain tags. */
public final class RunOnTaggedInstanceStep extends RunOnTaggedInstanceParameters {

    @DataBoundConstructor
    public RunOnTaggedInstanceStep() {
        // every parameter may be left out; tags or instanceId, and commands, are asked for when it runs
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Beginning<CommandState> beginning =
                Beginning.of(context.get(Run.class), context.get(EnvVars.class), this, this::begin);
        String title = LoggedText.of(beginning.state().title(), context);
        return new Execution(context, beginning, new RunOnTaggedInstanceOperation(this, title));
    }

    private CommandState begin(RunIdentity run) {
        return CommandState.begin(new CommandParameterReader(this).request(null), run);
    }

    /**
     * The first state of a run of a build step, which has nobody to give a result to.
     *
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    @NonNull
    public CommandState beginWithoutReturn(RunIdentity run) {
        return CommandState.begin(
                new CommandParameterReader(this).withoutReturn().request(null), run);
    }

    /** Carries it out. */
    private static final class Execution extends OperationStepExecution<CommandState, CommandResult> {

        private static final long serialVersionUID = 1L;

        /** What the step is to return and what its record tells, which the operation's state does not know. */
        private final RunOnTaggedInstanceOperation operation;

        Execution(StepContext context, Beginning<CommandState> beginning, RunOnTaggedInstanceOperation operation) {
            super(context, beginning);
            this.operation = operation;
        }

        @Override
        protected StepOperation<CommandState, CommandResult> operation() {
            return operation;
        }
    }

    /** Name, form and checks. */
    @Extension
    public static final class DescriptorImpl extends AlertingStepDescriptor<RunOnTaggedInstanceStep> {

        @Override
        public String getFunctionName() {
            return "runOnTaggedInstance";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RunOnTaggedInstanceStep_displayName();
        }

        /** What the Pipeline steps view shows behind the step's name. */
        @CheckForNull
        @Override
        public String argumentsToString(@NonNull Map<String, Object> arguments) {
            Object commands = arguments.get("commands");
            if (commands instanceof List<?> list) {
                return ListText.text(list);
            }
            return commands instanceof String text ? text : super.argumentsToString(arguments);
        }

        @NonNull
        @Override
        protected FormFields<RunOnTaggedInstanceStep> fields() {
            return RunOnTaggedInstanceFields.ALL;
        }

        @NonNull
        @Override
        protected RunOnTaggedInstanceStep blank() {
            return new RunOnTaggedInstanceStep();
        }

        @NonNull
        @Override
        protected List<Problem> problems(RunOnTaggedInstanceStep step) {
            return new CommandParameterReader(step).problems();
        }

        /** The form's text of exit codes. */
        public String numberText(@CheckForNull List<Integer> numbers) {
            return numbers == null ? "" : numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }

        public int getDefaultMaxLogBytes() {
            return CommandRequest.DEFAULT_MAX_LOG_BYTES;
        }

        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "tags", value);
        }

        @POST
        public FormValidation doCheckInstanceId(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "instanceId", value);
        }

        @POST
        public FormValidation doCheckMaxPerInstance(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "maxPerInstance", value);
        }

        @POST
        public FormValidation doCheckBusyRetries(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "busyRetries", value);
        }

        @POST
        public FormValidation doCheckBusyIntervalSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "busyIntervalSeconds", value);
        }

        @POST
        public FormValidation doCheckBusyBackoff(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "busyBackoff", value);
        }

        @POST
        public FormValidation doCheckWorkingDirectory(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "workingDirectory", value);
        }

        @POST
        public FormValidation doCheckEnvironment(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "environment", value);
        }

        @POST
        public FormValidation doCheckRunAs(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "runAs", value);
        }

        @POST
        public FormValidation doCheckExecutionTimeoutSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "executionTimeoutSeconds", value);
        }

        @POST
        public FormValidation doCheckDeliveryTimeoutSeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "deliveryTimeoutSeconds", value);
        }

        @POST
        public FormValidation doCheckDocumentName(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "documentName", value);
        }

        @POST
        public FormValidation doCheckRetries(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "retries", value);
        }

        @POST
        public FormValidation doCheckRetryExitCodes(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "retryExitCodes", value);
        }

        @POST
        public FormValidation doCheckRetryDelaySeconds(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "retryDelaySeconds", value);
        }

        @POST
        public FormValidation doCheckUnstableExitCodes(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "unstableExitCodes", value);
        }

        @POST
        public FormValidation doCheckLogGroup(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "logGroup", value);
        }

        @POST
        public FormValidation doCheckS3Bucket(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "s3Bucket", value);
        }

        @POST
        public FormValidation doCheckMaxLogBytes(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "maxLogBytes", value);
        }

        @POST
        public FormValidation doCheckCommands(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String documentName) {
            return check(item, "commands", value, Map.of("documentName", Util.fixNull(documentName)));
        }

        @POST
        public FormValidation doCheckDocumentParameters(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String documentName) {
            return check(item, "documentParameters", value, Map.of("documentName", Util.fixNull(documentName)));
        }

        @POST
        public FormValidation doCheckS3Prefix(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String s3Bucket) {
            return check(item, "s3Prefix", value, Map.of("s3Bucket", Util.fixNull(s3Bucket)));
        }

        @POST
        public ListBoxModel doFillStrategyItems(@AncestorInPath Item item, @QueryParameter String strategy) {
            return choices(item, Strategy.values(), strategy, RunOnTaggedInstanceChoices::label);
        }

        @POST
        public ListBoxModel doFillOnAbortItems(@AncestorInPath Item item, @QueryParameter String onAbort) {
            return choices(item, CommandRequest.OnAbort.values(), onAbort, RunOnTaggedInstanceChoices::label);
        }
    }
}
