package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.RunOnTaggedInstance;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.Beginning;
import io.jenkins.plugins.awsoperations.jenkins.execution.Outcome;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandRecord;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.Operation;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** {@code runOnTaggedInstance} as Jenkins runs it, as a Pipeline step and as a build step. */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "The parameters are needed only before the first poll, in the process that got them.")
public final class RunOnTaggedInstanceOperation implements StepOperation<CommandState, CommandResult>, Serializable {

    private static final long serialVersionUID = 1L;

    private final String title;
    private final String tags;
    private final boolean returnStatus;
    private final boolean returnStdout;

    /** Needed only before the first poll. A step that is put down before it chooses any worker. */
    private final transient RunOnTaggedInstanceParameters parameters;

    /** For a build step, into whose commands nobody puts the build's secrets. */
    public RunOnTaggedInstanceOperation(RunOnTaggedInstanceParameters parameters) {
        this(parameters, null);
    }

    /** @param title what is run, as the build's page may show it: without secrets; null for the commands as they are */
    RunOnTaggedInstanceOperation(RunOnTaggedInstanceParameters parameters, @CheckForNull String title) {
        this.title = title;
        this.tags = new CommandParameterReader(parameters).tags();
        this.returnStatus = parameters.isReturnStatus();
        this.returnStdout = parameters.isReturnStdout();
        this.parameters = parameters;
    }

    @NonNull
    @Override
    public CommandState informed(Beginning<CommandState> beginning, Run<?, ?> run) {
        if (parameters == null || !Strategy.STICKY.name().equalsIgnoreCase(parameters.getStrategy())) {
            return beginning.state();
        }
        String preferred = LastGoodWorker.of(run, tags, beginning.account());
        return CommandState.begin(new CommandParameterReader(parameters).request(preferred), beginning.identity());
    }

    @NonNull
    @Override
    public Operation<?, CommandState, CommandResult> in(AwsConnection aws, ExclusiveAccess locks) {
        return new RunOnTaggedInstance(aws);
    }

    @CheckForNull
    @Override
    public String pausedBy(CommandState state) {
        return state.waitsForWorker() ? Messages.RunOnTaggedInstanceStep_pausedByWorker() : null;
    }

    @CheckForNull
    @Override
    public String whatStays(CommandState state) {
        return state.whatStays();
    }

    @Override
    public boolean tellsWhyItFailed() {
        return false;
    }

    @NonNull
    @Override
    public Map<String, Object> details(CommandResult result) {
        return result.toMap();
    }

    @CheckForNull
    @Override
    public Object value(CommandResult result) {
        if (returnStatus) {
            return result.exitCode();
        }
        return returnStdout ? result.completeStdout() : details(result);
    }

    @CheckForNull
    @Override
    public String unstableReason(CommandResult result) {
        return result.unstableReason();
    }

    @Override
    public void record(Run<?, ?> run, Outcome<CommandState, CommandResult> outcome) throws IOException {
        CommandsAction.add(
                run,
                new CommandRecord(
                        title == null ? outcome.state().title() : title,
                        tags,
                        outcome.account().account(),
                        outcome.account().region(),
                        outcome.state(),
                        outcome.result(),
                        outcome.failure(),
                        outcome.unstableReason()));
    }
}
