package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsoperations.alert.FailEventResult;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.config.EventRules;
import io.jenkins.plugins.awsoperations.jenkins.execution.Beginning;
import io.jenkins.plugins.awsoperations.jenkins.execution.OperationStepExecution;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The Pipeline step {@code sendFailEvent}: one event on EventBridge, about what failed in the build. */
public final class SendFailEventStep extends AwsStep {

    private final String channel;
    private String error;
    private Object cause;
    private String eventBus;
    private String source;
    private String detailType;

    /** @param channel whom to tell */
    @DataBoundConstructor
    public SendFailEventStep(String channel) {
        this.channel = Util.fixEmptyAndTrim(channel);
    }

    @CheckForNull
    public String getChannel() {
        return channel;
    }

    /** The error's name; null for that of what failed in the build. */
    @CheckForNull
    public String getError() {
        return error;
    }

    @DataBoundSetter
    public void setError(String error) {
        this.error = Util.fixEmptyAndTrim(error);
    }

    /** Why it failed: a map, or a text, which may be JSON; null for that of what failed in the build. */
    @CheckForNull
    public Object getCause() {
        return cause;
    }

    /** @throws IllegalArgumentException when it is neither a map nor a text */
    @DataBoundSetter
    public void setCause(Object cause) {
        this.cause = JsonInput.normal("cause", cause);
    }

    @CheckForNull
    public String getEventBus() {
        return eventBus;
    }

    @DataBoundSetter
    public void setEventBus(String eventBus) {
        this.eventBus = Util.fixEmptyAndTrim(eventBus);
    }

    @CheckForNull
    public String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(String source) {
        this.source = Util.fixEmptyAndTrim(source);
    }

    @CheckForNull
    public String getDetailType() {
        return detailType;
    }

    @DataBoundSetter
    public void setDetailType(String detailType) {
        this.detailType = Util.fixEmptyAndTrim(detailType);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        Beginning<FailEventState> beginning =
                Beginning.of(context.get(Run.class), context.get(EnvVars.class), this, this::begin);
        return new Execution(context, beginning, SendFailEventOperation.in(context, this));
    }

    /**
     * The first state of a run. What failed in the build is looked up later.
     *
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    @NonNull
    public FailEventState begin(RunIdentity run) {
        return FailEventState.begin(new EventAddress(this).request().build(), run);
    }

    /** Carries it out. */
    private static final class Execution extends OperationStepExecution<FailEventState, FailEventResult> {

        private static final long serialVersionUID = 1L;

        /** What to tell, which the operation's state does not know before the first poll. */
        private final SendFailEventOperation operation;

        Execution(StepContext context, Beginning<FailEventState> beginning, SendFailEventOperation operation) {
            super(context, beginning);
            this.operation = operation;
        }

        @Override
        protected StepOperation<FailEventState, FailEventResult> operation() {
            return operation;
        }
    }

    /** Name, form and checks. */
    @Extension
    public static final class DescriptorImpl extends AwsStepDescriptor<SendFailEventStep> {

        @Override
        public String getFunctionName() {
            return "sendFailEvent";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SendFailEventStep_displayName();
        }

        /** What the Pipeline steps view shows behind the step's name. */
        @CheckForNull
        @Override
        public String argumentsToString(@NonNull Map<String, Object> arguments) {
            return arguments.get("channel") instanceof String text ? text : super.argumentsToString(arguments);
        }

        @NonNull
        @Override
        protected FormFields<SendFailEventStep> fields() {
            return SendFailEventFields.ALL;
        }

        @NonNull
        @Override
        protected Set<String> json() {
            return Set.of("cause");
        }

        @NonNull
        @Override
        protected SendFailEventStep blank() {
            return new SendFailEventStep(null);
        }

        @NonNull
        @Override
        protected List<Problem> problems(SendFailEventStep step) {
            return new EventAddress(step).request().problems();
        }

        /** The form's text of a cause. */
        public String causeText(@CheckForNull Object cause) {
            return JsonInput.text(cause);
        }

        @POST
        public FormValidation doCheckChannel(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "channel", value, EventRules::channel);
        }

        @POST
        public FormValidation doCheckEventBus(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "eventBus", value);
        }

        @POST
        public FormValidation doCheckSource(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "source", value);
        }

        @POST
        public FormValidation doCheckDetailType(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, "detailType", value);
        }
    }
}
