package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Drives any number of operations with one timer and a small pool: no thread waits. The timer only schedules; polls, which
 * call AWS, run on the pool.
 */
public final class PollLoop {

    /** When to try again to get a place in the pool. */
    private static final Duration FULL = Duration.ofSeconds(1);

    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final UnaryOperator<Duration> realTime;

    /**
     * @param timer schedules; never blocked
     * @param workers a bounded pool on which the polls run
     * @param realTime how long a wait of the operations' clock lasts on the wall
     */
    public PollLoop(ScheduledExecutorService timer, Executor workers, UnaryOperator<Duration> realTime) {
        this.timer = timer;
        this.workers = workers;
        this.realTime = realTime;
    }

    /**
     * Polls the conversation until it ends.
     *
     * @return completes with the result, or exceptionally with an {@link OperationException}
     */
    public <S extends Serializable, R extends Serializable> CompletableFuture<R> start(
            Conversation<S, R> conversation) {
        Driven<S, R> driven = new Driven<>(conversation);
        conversation.onWakeUp(driven::wake);
        driven.wake();
        return driven.outcome;
    }

    private final class Driven<S extends Serializable, R extends Serializable> {

        private final Conversation<S, R> conversation;
        private final CompletableFuture<R> outcome = new CompletableFuture<>();
        private @Nullable ScheduledFuture<?> next;
        private boolean polling;
        private boolean wokenMeanwhile;

        Driven(Conversation<S, R> conversation) {
            this.conversation = conversation;
        }

        synchronized void wake() {
            if (outcome.isDone()) {
                return;
            }
            if (polling) {
                wokenMeanwhile = true;
                return;
            }
            if (next != null) {
                next.cancel(false);
                next = null;
            }
            try {
                polling = true;
                workers.execute(this::poll);
            } catch (RejectedExecutionException e) {
                // The pool is full, or ends; whoever woke us has nothing to do with it.
                polling = false;
                later(FULL);
            }
        }

        private void later(Duration delay) {
            try {
                next = timer.schedule(this::wake, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                outcome.completeExceptionally(e);
            }
        }

        private void poll() {
            Progress<S, R> progress;
            try {
                progress = conversation.poll();
            } catch (Error e) {
                outcome.completeExceptionally(e);
                throw e;
            }
            if (progress instanceof Progress.Succeeded<S, R> succeeded) {
                outcome.complete(succeeded.result());
            } else if (progress instanceof Progress.Failed<S, R> failed) {
                outcome.completeExceptionally(
                        new OperationException(failed.failure(), failed.result(), failed.cause()));
            } else {
                schedule((Progress.Running<S, R>) progress);
            }
        }

        private synchronized void schedule(Progress.Running<S, R> running) {
            polling = false;
            if (wokenMeanwhile) {
                wokenMeanwhile = false;
                wake();
                return;
            }
            later(realTime.apply(Duration.between(conversation.now(), running.notBefore())));
        }
    }
}
