package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Executor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** An alert that is sent while a build's executor waits: it never makes more of a build's failure than it is. */
public final class BuildAlert implements EventDelivery.Sender {

    private final Run<?, ?> run;
    private final OperationLog log;

    private BuildAlert(Run<?, ?> run, OperationLog log) {
        this.run = run;
        this.log = log;
    }

    /**
     * Tells of a build step that has failed, unless a person aborts the build. Returns when the event was sent or cannot be sent; the
     * latter is a line in the log.
     *
     * @param channel whom to tell; null for nobody
     * @return whether the build was stopped meanwhile
     */
    static boolean send(
            Run<?, ?> run,
            OperationLog log,
            AccountChoice account,
            @CheckForNull String channel,
            AwsOperationException failure) {
        Executor executor = run.getExecutor();
        if (channel == null || executor != null && StopCause.isPerson(executor.getCausesOfInterruption())) {
            return false;
        }
        try {
            FailEventState event = BuildEvent.of(
                    failure,
                    channel,
                    account,
                    run,
                    OperationsRuntime.get().clock().instant());
            return new BuildAlert(run, log).deliver(account, event);
        } catch (OperationException e) {
            log.line(StepAlert.notSent(channel, e));
            return false;
        }
    }

    /**
     * Tells of a build that has failed, after its last step. An event that cannot be sent, or not even made, is a line in the log.
     *
     * @param channel whom to tell, for that line
     * @param operation {@code sendFailEvent}
     * @param begin its first state; throws an {@link OperationException} when a parameter is not valid
     * @throws InterruptedException when the build was stopped meanwhile
     */
    public static void send(
            Run<?, ?> run,
            TaskListener listener,
            AccountParameters parameters,
            @CheckForNull String channel,
            StepOperation<FailEventState, ?> operation,
            Function<RunIdentity, FailEventState> begin)
            throws IOException, InterruptedException {
        OperationLog log = BuildLog.of(listener);
        try {
            Beginning<FailEventState> beginning = Beginning.of(run, run.getEnvironment(listener), parameters, begin);
            FailEventState event = operation.informed(beginning, run);
            if (new BuildAlert(run, log).deliver(beginning.account(), event)) {
                throw new InterruptedException("stopped while an alert was sent");
            }
        } catch (AwsOperationException | OperationException e) {
            log.line(StepAlert.notSent(channel, e));
        }
    }

    private boolean deliver(AccountChoice account, FailEventState event) {
        EventDelivery delivery = new EventDelivery(account, event, this);
        try {
            delivery.start().get();
        } catch (ExecutionException e) {
            log.line(StepAlert.notSent(event.request().channel(), e.getCause()));
        } catch (InterruptedException e) {
            delivery.stop("interrupted");
            return true;
        }
        return false;
    }

    @Override
    public Run<?, ?> run() {
        return run;
    }

    @Override
    public OperationLog log() {
        return log;
    }

    @Override
    public boolean isWanted() {
        return true;
    }

    @Override
    public void publish(FailEventState next) {
        // A freestyle build ends with the controller: there is nothing to keep.
    }

    @Override
    public void save(FailEventState intent) {
        // The same.
    }
}
