package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Executor;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import java.util.concurrent.ExecutionException;

/** The alert of a build step that has failed, sent while its build's executor waits. */
final class BuildStepAlert implements EventDelivery.Sender {

    private final Run<?, ?> run;
    private final OperationLog log;

    private BuildStepAlert(Run<?, ?> run, OperationLog log) {
        this.run = run;
        this.log = log;
    }

    /**
     * Returns when the event was sent or cannot be sent; the latter is a line in the log.
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
        EventDelivery delivery;
        try {
            FailEventState event = BuildEvent.of(
                    failure,
                    channel,
                    account,
                    run,
                    OperationsRuntime.get().clock().instant());
            delivery = new EventDelivery(account, event, new BuildStepAlert(run, log));
        } catch (OperationException e) {
            log.line(StepAlert.notSent(channel, e));
            return false;
        }
        try {
            delivery.start().get();
        } catch (ExecutionException e) {
            log.line(StepAlert.notSent(channel, e.getCause()));
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

    /** A freestyle build ends with the controller: there is nothing to keep. */
    @Override
    public void publish(FailEventState next) {}

    @Override
    public void save(FailEventState intent) {}
}
