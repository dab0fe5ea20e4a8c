package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.jenkins.execution.Beginning;
import io.jenkins.plugins.awsoperations.jenkins.execution.Outcome;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionRecord;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.statemachine.AwaitStateMachine;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionResult;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** {@code awaitStateMachine} as Jenkins runs it, as a Pipeline step and as a build step. */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "What hides secrets is made anew from the step's context whenever the operation is used.")
public final class AwaitStateMachineOperation implements StepOperation<ExecutionState, ExecutionResult>, Serializable {

    private static final long serialVersionUID = 1L;

    private final String machine;
    private final int inputHash;

    /** Null in a build step, where it depends on the build alone. */
    private final transient HiddenSecrets around;

    /** For a build step. */
    public AwaitStateMachineOperation(AwaitStateMachineParameters parameters) {
        this.machine = parameters.getStateMachine();
        this.inputHash = JsonInput.hash(parameters.getInput());
        this.around = null;
    }

    private AwaitStateMachineOperation(AwaitStateMachineOperation same, HiddenSecrets around) {
        this.machine = same.machine;
        this.inputHash = same.inputHash;
        this.around = around;
    }

    /** The same, but what it tells others than the log is without the secrets that are bound around a step. */
    @NonNull
    AwaitStateMachineOperation hidingSecretsOf(StepContext context) {
        return new AwaitStateMachineOperation(this, HiddenSecrets.around(context));
    }

    /** The build's page, or its name when Jenkins does not know its own address. */
    @NonNull
    static String address(Run<?, ?> run, RunIdentity identity) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? identity.display() : root + run.getUrl();
    }

    private HiddenSecrets hidden(Run<?, ?> run) {
        return around == null ? HiddenSecrets.in(run) : around;
    }

    @CheckForNull
    private String machine(HiddenSecrets hidden) {
        return machine == null ? null : hidden.apply(machine);
    }

    @NonNull
    @Override
    public ExecutionState informed(Beginning<ExecutionState> beginning, Run<?, ?> run) {
        ExecutionState state = beginning.state();
        return state.isToRedrive()
                ? state.after(FailedExecution.before(run, machine(hidden(run)), inputHash, beginning.account()))
                : state;
    }

    @NonNull
    @Override
    public Operation<?, ExecutionState, ExecutionResult> in(AwsConnection aws, ExclusiveAccess locks) {
        return new AwaitStateMachine(aws);
    }

    @CheckForNull
    @Override
    public String pausedBy(ExecutionState state) {
        return null;
    }

    @CheckForNull
    @Override
    public String whatStays(ExecutionState state) {
        return state.whatStays();
    }

    @Override
    public boolean tellsWhyItFailed() {
        return false;
    }

    @NonNull
    @Override
    public Map<String, Object> details(ExecutionResult result) {
        Map<String, Object> details = result.toMap();
        if (around != null) {
            // A Pipeline writes a failure into the build's directory, and these come from the state machine.
            for (String text : List.of("error", "failedState")) {
                details.computeIfPresent(text, (key, value) -> around.apply(value.toString()));
            }
        }
        return details;
    }

    @CheckForNull
    @Override
    public String unstableReason(ExecutionResult result) {
        return result.unstableReason();
    }

    @Override
    public void record(Run<?, ?> run, Outcome<ExecutionState, ExecutionResult> outcome) throws IOException {
        HiddenSecrets hidden = hidden(run);
        ExecutionsAction.add(run, new ExecutionRecord(machine(hidden), inputHash, outcome, hidden));
    }
}
