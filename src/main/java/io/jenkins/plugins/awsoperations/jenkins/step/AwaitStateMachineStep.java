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
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.Beginning;
import io.jenkins.plugins.awsoperations.jenkins.execution.OperationStepExecution;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionResult;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The Pipeline step {@code awaitStateMachine}: starts or follows a Step Functions execution, and waits for its end. */
public final class AwaitStateMachineStep extends AwaitStateMachineParameters {

    @DataBoundConstructor
    public AwaitStateMachineStep() {
        // every parameter may be left out; stateMachine or executionArn is asked for when it runs
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Run<?, ?> run = context.get(Run.class);
        Beginning<ExecutionState> beginning =
                Beginning.of(run, context.get(EnvVars.class), this, identity -> begin(identity, run));
        return new Execution(context, beginning, new AwaitStateMachineOperation(this));
    }

    /**
     * The first state of a run of the step.
     *
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    @NonNull
    public ExecutionState begin(RunIdentity identity, Run<?, ?> run) {
        String build = AwaitStateMachineOperation.address(run, identity);
        return ExecutionState.begin(new ExecutionParameterReader(this).request(build), identity);
    }

    /** Carries it out. */
    private static final class Execution extends OperationStepExecution<ExecutionState, ExecutionResult> {

        private static final long serialVersionUID = 1L;

        /** What the record tells, which the operation's state does not know. */
        private final AwaitStateMachineOperation operation;

        Execution(StepContext context, Beginning<ExecutionState> beginning, AwaitStateMachineOperation operation) {
            super(context, beginning);
            this.operation = operation;
        }

        @Override
        protected StepOperation<ExecutionState, ExecutionResult> operation() {
            return operation.hidingSecretsOf(getContext());
        }
    }

    /** Name, form and checks. */
    @Extension
    public static final class DescriptorImpl extends AlertingStepDescriptor<AwaitStateMachineStep> {

        @Override
        public String getFunctionName() {
            return "awaitStateMachine";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AwaitStateMachineStep_displayName();
        }

        /** What the Pipeline steps view shows behind the step's name. */
        @CheckForNull
        @Override
        public String argumentsToString(@NonNull Map<String, Object> arguments) {
            Object machine = arguments.get("stateMachine");
            Object shown = machine == null ? arguments.get("executionArn") : machine;
            return shown instanceof String text ? text : super.argumentsToString(arguments);
        }

        @NonNull
        @Override
        protected FormFields<AwaitStateMachineStep> fields() {
            return AwaitStateMachineFields.ALL;
        }

        @NonNull
        @Override
        protected Set<String> json() {
            return Set.of("input");
        }

        @NonNull
        @Override
        protected AwaitStateMachineStep blank() {
            return new AwaitStateMachineStep();
        }

        @NonNull
        @Override
        protected List<Problem> problems(AwaitStateMachineStep step) {
            return new ExecutionParameterReader(step).problems();
        }

        /** The form's text of an input. */
        public String inputText(@CheckForNull Object input) {
            return JsonInput.text(input);
        }

        public int getDefaultHistoryMaxLines() {
            return ExecutionRequest.DEFAULT_HISTORY_MAX_LINES;
        }

        @POST
        public FormValidation doCheckStateMachine(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String executionArn) {
            return check(item, "stateMachine", value, following(executionArn));
        }

        @POST
        public FormValidation doCheckExecutionArn(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "executionArn", value);
        }

        @POST
        public FormValidation doCheckInput(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String executionArn) {
            return check(item, "input", value, following(executionArn));
        }

        @POST
        public FormValidation doCheckExecutionName(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String executionArn) {
            return check(item, "executionName", value, following(executionArn));
        }

        @POST
        public FormValidation doCheckTimeoutMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "timeoutMinutes", value);
        }

        @POST
        public FormValidation doCheckHistoryMaxLines(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "historyMaxLines", value);
        }

        @POST
        public FormValidation doCheckUnstableErrors(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "unstableErrors", value);
        }

        /** What is for starting alone is wrong when an execution is followed. */
        private static Map<String, String> following(String executionArn) {
            return Map.of("executionArn", Util.fixNull(executionArn));
        }

        @POST
        public ListBoxModel doFillHistoryItems(@AncestorInPath Item item, @QueryParameter String history) {
            return choices(item, ExecutionRequest.History.values(), history, AwaitStateMachineChoices::label);
        }

        @POST
        public ListBoxModel doFillOnAbortItems(@AncestorInPath Item item, @QueryParameter String onAbort) {
            return choices(item, ExecutionRequest.OnAbort.values(), onAbort, AwaitStateMachineChoices::label);
        }
    }
}
