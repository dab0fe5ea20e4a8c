package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventRequestBuilder;
import io.jenkins.plugins.awsoperations.alert.FailEventResult;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.alert.SendFailEvent;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.jenkins.execution.Beginning;
import io.jenkins.plugins.awsoperations.jenkins.execution.BuildEvent;
import io.jenkins.plugins.awsoperations.jenkins.execution.LoggedText;
import io.jenkins.plugins.awsoperations.jenkins.execution.Outcome;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.Operation;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** {@code sendFailEvent} as Jenkins runs it, as a Pipeline step and as a build step. Kept with the step until it knows what to tell. */
public final class SendFailEventOperation implements StepOperation<FailEventState, FailEventResult>, Serializable {

    private static final long serialVersionUID = 1L;

    private final EventAddress address;
    private final String error;
    private final Serializable cause;
    private final StepContext context;

    private SendFailEventOperation(SendFailEventStep step, LoggedText logged, @CheckForNull StepContext context)
            throws IOException, InterruptedException {
        this.address = new EventAddress(step);
        String given = step.getError();
        this.error = given == null ? null : logged.of(given);
        this.cause = logged.ofAll(step.getCause());
        this.context = context;
    }

    /** For a Pipeline. What it is given to tell is without the secrets that are bound around it. */
    static SendFailEventOperation in(StepContext context, SendFailEventStep step)
            throws IOException, InterruptedException {
        return new SendFailEventOperation(step, LoggedText.around(context), context);
    }

    /** For a build step. */
    @NonNull
    public static SendFailEventOperation in(Run<?, ?> run, SendFailEventStep step)
            throws IOException, InterruptedException {
        return new SendFailEventOperation(step, LoggedText.in(run), null);
    }

    /** With what failed in the build, unless the parameters say all of it. */
    @NonNull
    @Override
    public FailEventState informed(Beginning<FailEventState> beginning, Run<?, ?> run)
            throws IOException, InterruptedException {
        FailEventRequestBuilder event = error != null && cause != null
                ? FailEventRequest.builder().executionUrl(BuildEvent.page(null, run))
                : found(run).event(run, context == null ? LoggedText.in(run) : LoggedText.around(context));
        if (error != null) {
            event.error(error);
        }
        if (cause instanceof String text) {
            event.cause(text);
        } else if (cause instanceof Map<?, ?> map) {
            event.causeObject(texts(map));
        }
        return FailEventState.begin(
                address.on(beginning.account().addressed(event)).build(), beginning.identity());
    }

    private FoundFailure found(Run<?, ?> run) throws IOException, InterruptedException {
        FlowNode node = context == null ? null : context.get(FlowNode.class);
        return node == null ? FoundFailure.ofBuildStep(run) : FailedStage.before(node);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> texts(Map<?, ?> map) {
        // Made by LoggedText, whose keys are texts.
        return (Map<String, ?>) map;
    }

    @NonNull
    @Override
    public Operation<?, FailEventState, FailEventResult> in(AwsConnection aws, ExclusiveAccess locks) {
        return new SendFailEvent(aws);
    }

    @CheckForNull
    @Override
    public String pausedBy(FailEventState state) {
        return null;
    }

    @CheckForNull
    @Override
    public String whatStays(FailEventState state) {
        return state.whatStays();
    }

    @Override
    public boolean tellsWhyItFailed() {
        return false;
    }

    @NonNull
    @Override
    public Map<String, Object> details(FailEventResult result) {
        return result.toMap();
    }

    @CheckForNull
    @Override
    public String unstableReason(FailEventResult result) {
        return null;
    }

    /** The log tells of the event; the build's page has nothing to show of it. */
    @Override
    public void record(Run<?, ?> run, Outcome<FailEventState, FailEventResult> outcome) {}
}
