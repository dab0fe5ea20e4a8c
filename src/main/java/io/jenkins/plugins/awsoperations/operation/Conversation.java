package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One operation under way: its state, log and store. The drivers ({@link BlockingRunner}, {@link PollLoop}) differ only in
 * when they call {@link #poll}.
 */
public final class Conversation<S extends Serializable, R extends Serializable> {

    private final Operation<?, S, R> operation;
    private final InstantSource clock;
    private final OperationLog log;
    private final StateStore<S> store;
    private final UnaryOperator<String> hidden;
    private volatile S state;
    private volatile Runnable wakeUp = () -> {};
    private volatile @Nullable String cancelReason;
    private volatile boolean cancelled;
    private volatile String status = "begins";

    /** One in which nothing is to be hidden. */
    public Conversation(
            Operation<?, S, R> operation, S state, InstantSource clock, OperationLog log, StateStore<S> store) {
        this(operation, state, clock, log, store, UnaryOperator.identity());
    }

    /** @param hidden makes of a whole text the same without what must not be shown; never throws */
    public Conversation(
            Operation<?, S, R> operation,
            S state,
            InstantSource clock,
            OperationLog log,
            StateStore<S> store,
            UnaryOperator<String> hidden) {
        this.operation = operation;
        this.state = state;
        this.clock = clock;
        this.log = log;
        this.store = store;
        this.hidden = hidden;
    }

    /** What to do when the operation wants to be polled soon. Set by the driver before the first poll. */
    public void onWakeUp(Runnable action) {
        this.wakeUp = action;
    }

    /** The time by which this conversation goes. */
    public Instant now() {
        return clock.instant();
    }

    /** The short lower case phrase of the last poll. */
    public String status() {
        return status;
    }

    /** Polls once. Never throws an exception: one that the operation lets out ends it. */
    public synchronized Progress<S, R> poll() {
        String reason = cancelReason;
        if (reason != null && !cancelled) {
            cancelled = true;
            state = operation.cancel(state, reason);
            store.publish(state);
        }
        Progress<S, R> progress;
        try {
            progress = operation.poll(state, new Context());
        } catch (OperationException e) {
            progress = ended(e.failure(), e);
        } catch (RuntimeException e) {
            progress = ended(bug(e), e);
        } catch (Error e) {
            operation.abandon(state);
            throw e;
        }
        state = progress.state();
        if (progress instanceof Progress.Running<S, R> running) {
            status = running.status();
        }
        store.publish(state);
        return progress;
    }

    /**
     * Asks the operation to stop; the following polls end it. Quick, whatever a poll is doing just now, and from any thread.
     *
     * @param reason who or what stops it, for the log
     */
    public void cancel(String reason) {
        cancelReason = reason;
        wakeUp.run();
    }

    /** Gives back what the operation holds, when nobody polls it any more. Waits for a poll that still goes on. */
    public synchronized void abandon() {
        operation.abandon(state);
    }

    private Progress<S, R> ended(OperationFailure failure, RuntimeException e) {
        operation.abandon(state);
        return new Progress.Failed<>(state, failure, null, e);
    }

    private static OperationFailure bug(RuntimeException e) {
        return OperationFailure.of(
                FailureKind.BUG,
                "unexpected " + e,
                "This is a fault of AWS Operations: please report it with the stack trace.");
    }

    private final class Context implements OperationContext<S> {

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public OperationLog log() {
            return log;
        }

        @Override
        public String hide(String text) {
            return hidden.apply(text);
        }

        @Override
        public void save(S intent) {
            S before = state;
            state = intent;
            try {
                store.save(intent);
            } catch (RuntimeException e) {
                state = before;
                throw new StateNotSavedException(e);
            }
        }

        @Override
        public boolean isCancelRequested() {
            return cancelReason != null && !cancelled;
        }

        @Override
        public Runnable wakeUp() {
            return () -> wakeUp.run();
        }
    }
}
