package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Drives one operation while the calling thread waits: the command line and the freestyle build step. Interrupting the thread
 * cancels the operation; the failure says what stays in AWS.
 *
 * <p>The polls run on a thread of their own, because the AWS SDK may lose an interrupt that meets it in a call.
 */
public final class BlockingRunner {

    private static final Duration CANCEL_GRACE = Duration.ofSeconds(60);

    private final @Nullable Executor polls;
    private final UnaryOperator<Duration> realTime;

    /** Waits in real time. */
    public BlockingRunner() {
        this(UnaryOperator.identity());
    }

    /** @param realTime how long a wait of the operation's clock lasts on the wall; for clocks that run fast */
    public BlockingRunner(UnaryOperator<Duration> realTime) {
        this.polls = null;
        this.realTime = realTime;
    }

    /**
     * @param polls where the polls run, for callers that have many operations
     * @param realTime how long a wait of the operation's clock lasts on the wall
     */
    public BlockingRunner(Executor polls, UnaryOperator<Duration> realTime) {
        this.polls = polls;
        this.realTime = realTime;
    }

    /**
     * Polls until the operation ends.
     *
     * @param status told the short phrase of every poll
     * @return the result
     * @throws OperationException when it failed; of kind CANCELLED, with the thread's interrupt status set, when the thread
     *     was interrupted
     */
    public <S extends Serializable, R extends Serializable> R run(
            Conversation<S, R> conversation, Consumer<String> status) {
        if (polls != null) {
            return run(polls, conversation, status);
        }
        ExecutorService own = ownThread();
        try {
            return run(own, conversation, status);
        } finally {
            own.shutdown();
        }
    }

    private <S extends Serializable, R extends Serializable> R run(
            Executor poller, Conversation<S, R> conversation, Consumer<String> status) {
        Semaphore bell = new Semaphore(0);
        conversation.onWakeUp(bell::release);
        try {
            return result(await(poller, conversation, bell, status, Long.MAX_VALUE));
        } catch (InterruptedException e) {
            throw cancelled(poller, conversation, bell);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a wait without end ended", e);
        }
    }

    private static ExecutorService ownThread() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "aws-operations-poll");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static <S extends Serializable, R extends Serializable> R result(Progress<S, R> end) {
        if (end instanceof Progress.Succeeded<S, R> succeeded) {
            return succeeded.result();
        }
        Progress.Failed<S, R> failed = (Progress.Failed<S, R>) end;
        throw new OperationException(failed.failure(), failed.result(), failed.cause());
    }

    /** Polls until the end, or until a number of nanoseconds is over. */
    private <S extends Serializable, R extends Serializable> Progress<S, R> await(
            Executor poller, Conversation<S, R> conversation, Semaphore bell, Consumer<String> status, long longest)
            throws InterruptedException, TimeoutException {
        long began = System.nanoTime();
        while (true) {
            bell.drainPermits();
            FutureTask<Progress<S, R>> poll = new FutureTask<>(conversation::poll);
            poller.execute(poll);
            Progress<S, R> progress = get(poll, longest - (System.nanoTime() - began));
            if (!(progress instanceof Progress.Running<S, R> running)) {
                return progress;
            }
            status.accept(running.status());
            long wait = realTime.apply(Duration.between(conversation.now(), running.notBefore()))
                    .toNanos();
            long left = longest - (System.nanoTime() - began);
            if (!bell.tryAcquire(Math.min(wait, left), TimeUnit.NANOSECONDS) && left <= wait) {
                throw new TimeoutException();
            }
        }
    }

    private static <T> T get(Future<T> poll, long nanos) throws InterruptedException, TimeoutException {
        try {
            return poll.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            // A conversation lets no exception out: only an error of the JVM comes here.
            throw new IllegalStateException("the poll was cut short", e.getCause());
        } finally {
            // One that has not begun must not begin after it was given up.
            poll.cancel(false);
        }
    }

    private <S extends Serializable, R extends Serializable> OperationException cancelled(
            Executor poller, Conversation<S, R> conversation, Semaphore bell) {
        conversation.cancel("interrupted");
        try {
            Progress<S, R> end = await(poller, conversation, bell, s -> {}, CANCEL_GRACE.toNanos());
            if (end instanceof Progress.Failed<S, R> failed) {
                return new OperationException(failed.failure(), failed.result(), failed.cause());
            }
            return cancelled(
                    "interrupted when everything was already done",
                    "Nothing is left to do.",
                    ((Progress.Succeeded<S, R>) end).result());
        } catch (TimeoutException e) {
            abandon(poller, conversation);
            return cancelled(
                    "interrupted; AWS did not answer within " + CANCEL_GRACE.toSeconds() + " seconds",
                    "Look in the AWS console at what the log names.",
                    null);
        } catch (InterruptedException again) {
            abandon(poller, conversation);
            return cancelled(
                    "interrupted twice, so it was left as it was",
                    "Look in the AWS console at what the log names.",
                    null);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    /** Not here: a poll may still wait for AWS. */
    private static void abandon(Executor poller, Conversation<?, ?> conversation) {
        try {
            poller.execute(conversation::abandon);
        } catch (RejectedExecutionException e) {
            conversation.abandon();
        }
    }

    private static OperationException cancelled(String message, String remedy, @Nullable Serializable result) {
        return new OperationException(OperationFailure.of(FailureKind.CANCELLED, message, remedy), result, null);
    }
}
