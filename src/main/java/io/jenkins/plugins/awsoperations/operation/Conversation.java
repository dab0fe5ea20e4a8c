package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Instant;
import java.time.InstantSource;

/**
 * One operation under way: its state, log and store. The drivers ({@link BlockingRunner}, {@link PollLoop}) differ only in
 * when they call {@link #poll}.
 */
public final class Conversation<S extends Serializable, R extends Serializable> {

    private final Operation<?, S, R> operation;
    private final InstantSource clock;
    private final OperationLog log;
    private final StateStore<S> store;
    private volatile S state;
    private volatile Runnable wakeUp = () -> {};

    public Conversation(
            Operation<?, S, R> operation, S state, InstantSource clock, OperationLog log, StateStore<S> store) {
        this.operation = operation;
        this.state = state;
        this.clock = clock;
        this.log = log;
        this.store = store;
    }

    /** What to do when the operation wants to be polled soon. Set by the driver before the first poll. */
    public void onWakeUp(Runnable action) {
        this.wakeUp = action;
    }

    /** The time by which this conversation goes. */
    public Instant now() {
        return clock.instant();
    }

    /** Polls once. Never throws: an exception that the operation lets out ends it. */
    public synchronized Progress<S, R> poll() {
        Progress<S, R> progress;
        try {
            progress = operation.poll(state, new Context());
        } catch (OperationException e) {
            progress = new Progress.Failed<>(state, e.failure(), null, e);
        } catch (RuntimeException e) {
            progress = new Progress.Failed<>(state, bug(e), null, e);
        }
        state = progress.state();
        store.publish(state);
        return progress;
    }

    /** Asks the operation to stop; the following polls end it. */
    public synchronized void cancel(String reason) {
        state = operation.cancel(state, reason);
        store.publish(state);
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
        public void save(S intent) {
            state = intent;
            store.save(intent);
        }

        @Override
        public Runnable wakeUp() {
            return () -> wakeUp.run();
        }
    }
}
