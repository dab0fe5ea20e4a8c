package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.alert.FailEventResult;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.alert.SendFailEvent;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** One alert on its way: driven as all operations are, but for a short time only, because a build that failed waits for it. */
final class EventDelivery {

    private static final Logger LOGGER = Logger.getLogger(EventDelivery.class.getName());

    /** How long the build waits. */
    private static final Duration LIMIT = Duration.ofSeconds(110);

    /** What a call under way may take to end after that. */
    private static final Duration LAST_CALL = Duration.ofSeconds(10);

    private final AccountChoice account;
    private final Sender sender;
    private final CompletableFuture<FailEventResult> outcome = new CompletableFuture<>();
    private volatile FailEventState event;
    private volatile Conversation<FailEventState, FailEventResult> conversation;
    private volatile String stopReason;

    EventDelivery(AccountChoice account, FailEventState event, Sender sender) {
        this.account = account;
        this.event = event;
        this.sender = sender;
    }

    /**
     * Begins.
     *
     * @return completes within two minutes: with the result, or exceptionally with an {@link OperationException}; while the
     *     controller stops, with any other exception
     */
    CompletableFuture<FailEventResult> start() {
        OperationsRuntime runtime = OperationsRuntime.get();
        Future<?> limit = runtime.after(
                LIMIT, () -> stop("no more than " + LIMIT.toSeconds() + " seconds are spent on an alert"));
        outcome.whenComplete((sent, error) -> limit.cancel(false));
        try {
            runtime.workers(account).execute(this::converse);
        } catch (RejectedExecutionException e) {
            outcome.completeExceptionally(e);
        }
        return outcome;
    }

    /**
     * Lets it end soon, whether the event was sent or not; when asked again, at once.
     *
     * @param reason who or what stops it
     */
    void stop(String reason) {
        boolean again = stopReason != null;
        stopReason = reason;
        Conversation<?, ?> talk = conversation;
        if (talk != null) {
            talk.cancel(reason);
        }
        if (again) {
            giveUp();
        } else {
            Timer.get().schedule(this::giveUp, LAST_CALL.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** For an AWS, or one who keeps the credentials, that does not answer. */
    private void giveUp() {
        if (OperationsRuntime.get().isStopping()) {
            return;
        }
        String stays = event.whatStays();
        outcome.completeExceptionally(new OperationException(OperationFailure.of(
                FailureKind.CANCELLED,
                "stopped (" + stopReason + ") without an answer of AWS: "
                        + (stays == null ? "no event was sent" : "in AWS stays " + stays),
                "See whether who listens to the channel got it.")));
    }

    private void converse() {
        OperationsRuntime runtime = OperationsRuntime.get();
        try {
            saveFailure();
            Run<?, ?> run = sender.run();
            AwsConnection aws = runtime.connections().connect(account.resolve(run));
            Conversation<FailEventState, FailEventResult> talk = new Conversation<>(
                    new WhileWanted<>(new SendFailEvent(aws), sender::isWanted),
                    event,
                    runtime.clock(),
                    sender.log(),
                    new Store());
            conversation = talk;
            String reason = stopReason;
            if (reason != null) {
                talk.cancel(reason);
            }
            runtime.loop(account).start(talk).whenComplete(this::ended);
        } catch (IOException | RuntimeException | LinkageError e) {
            outcome.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome.completeExceptionally(e);
        }
    }

    /** From here on a restart finds what failed, and not what was about to fail. */
    private void saveFailure() {
        try {
            sender.save(event);
        } catch (IllegalStateException e) {
            // The event itself is not sent before this has succeeded.
            LOGGER.log(Level.FINE, e, () -> "event " + event.token() + " is not kept yet");
        }
    }

    private void ended(@CheckForNull FailEventResult sent, @CheckForNull Throwable error) {
        if (error == null) {
            outcome.complete(sent);
        } else {
            outcome.completeExceptionally(error);
        }
    }

    /** For whom the event is sent, and where its state is kept. */
    interface Sender extends StateStore<FailEventState> {

        Run<?, ?> run() throws IOException, InterruptedException;

        OperationLog log();

        /** Whether the build still waits. */
        boolean isWanted();
    }

    /** Also for who asks here what may have been sent. */
    private final class Store implements StateStore<FailEventState> {

        @Override
        public void publish(FailEventState next) {
            event = next;
            sender.publish(next);
        }

        @Override
        public void save(FailEventState intent) {
            event = intent;
            sender.save(intent);
        }
    }
}
