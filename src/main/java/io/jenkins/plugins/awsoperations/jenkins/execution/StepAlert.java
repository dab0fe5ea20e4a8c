package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.model.Run;
import hudson.remoting.ProxyException;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a step that has failed still has to tell, and how it ends then. Kept with the step from its failure on: a restart loses neither
 * the failure nor the event.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification =
                "After a restart the failure is there in the form that is kept, and nobody has stopped anything yet.")
final class StepAlert implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(StepAlert.class.getName());

    private final AccountChoice account;
    /** The failure, in a form that can always be written. */
    private final Throwable keptFailure;
    /** What is being sent. Replaced whole by each poll. */
    private volatile FailEventState event;

    /** What failed, as it was thrown. */
    private final transient Throwable failure;

    private transient volatile EventDelivery delivery;
    private transient volatile String stopReason;

    private StepAlert(AccountChoice account, Throwable failure, FailEventState event) {
        this.account = account;
        this.failure = failure;
        this.keptFailure = failure instanceof AwsOperationException ? failure : new ProxyException(failure);
        this.event = event;
    }

    /** The alert about a failure. */
    @NonNull
    static StepAlert of(StepContext context, AccountChoice account, String channel, Throwable failure)
            throws IOException, InterruptedException {
        AwsOperationException told = failure instanceof AwsOperationException ours
                ? ours
                : AwsOperationException.unexpected(failure, LoggedText.around(context));
        Instant now = OperationsRuntime.get().clock().instant();
        return new StepAlert(account, failure, BuildEvent.of(told, channel, account, context.get(Run.class), now));
    }

    /** How the step fails. */
    @NonNull
    Throwable failure() {
        return failure == null ? keptFailure : failure;
    }

    String channel() {
        return event.request().channel();
    }

    /**
     * Sends the event in the background; that it could not be sent is a line in the log.
     *
     * @param end ends the step
     */
    void send(StepContext context, OperationLog log, Runnable end) {
        EventDelivery way = new EventDelivery(account, event, new StepSender(context, log));
        delivery = way;
        way.start()
                .whenCompleteAsync(
                        (sent, error) -> over(log, error, end),
                        OperationsRuntime.get().ends());
        if (stopReason != null) {
            way.stop(stopReason);
        }
    }

    /** Lets it end soon; when asked again, at once. */
    void stop(String reason) {
        stopReason = reason;
        EventDelivery way = delivery;
        if (way != null) {
            way.stop(reason);
        }
    }

    private void over(OperationLog log, @CheckForNull Throwable error, Runnable end) {
        if (WhileWanted.isNotWanted(error)) {
            LOGGER.log(Level.FINE, "the step that tells {0} ended from outside", channel());
            return;
        }
        if (error != null
                && !(error instanceof OperationException)
                && OperationsRuntime.get().isStopping()) {
            LOGGER.log(Level.FINE, error, () -> "event " + event.token() + " waits until the controller is back");
            return;
        }
        if (error != null) {
            log.line(notSent(channel(), error));
        }
        end.run();
    }

    /** The line in the log about an alert that failed. */
    static String notSent(@CheckForNull String channel, Throwable error) {
        String why = error instanceof OperationException e
                ? e.failure().describe()
                : error instanceof AwsOperationException ? error.getMessage() : error.toString();
        return "the alert to channel " + channel + " could not be sent: " + why;
    }

    private final class StepSender implements EventDelivery.Sender {

        private final StepContext context;

        private final OperationLog log;

        StepSender(StepContext context, OperationLog log) {
            this.context = context;
            this.log = log;
        }

        @Override
        public Run<?, ?> run() throws IOException, InterruptedException {
            return context.get(Run.class);
        }

        @Override
        public OperationLog log() {
            return log;
        }

        @Override
        public boolean isWanted() {
            return PlaceInBuild.isWaitedFor(context);
        }

        @Override
        public void publish(FailEventState next) {
            event = next;
        }

        @Override
        public void save(FailEventState intent) {
            event = intent;
            SavedPipeline.save(context);
        }
    }
}
