package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Drives one operation on the calling thread: the command line and the freestyle build step. Interrupting the thread
 * cancels the operation; the failure says what stays in AWS.
 */
public final class BlockingRunner {

    private static final Duration CANCEL_GRACE = Duration.ofSeconds(60);

    private final UnaryOperator<Duration> realTime;

    /** Waits in real time. */
    public BlockingRunner() {
        this(UnaryOperator.identity());
    }

    /** @param realTime how long a wait of the operation's clock lasts on the wall; for clocks that run fast */
    public BlockingRunner(UnaryOperator<Duration> realTime) {
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
        Bell bell = new Bell();
        conversation.onWakeUp(bell::ring);
        while (true) {
            if (Thread.interrupted()) {
                throw cancelled(conversation);
            }
            Progress<S, R> progress = conversation.poll();
            if (progress instanceof Progress.Succeeded<S, R> succeeded) {
                return succeeded.result();
            }
            if (progress instanceof Progress.Failed<S, R> failed) {
                throw new OperationException(failed.failure(), failed.result(), failed.cause());
            }
            Progress.Running<S, R> running = (Progress.Running<S, R>) progress;
            status.accept(running.status());
            try {
                bell.await(realTime.apply(Duration.between(conversation.now(), running.notBefore())));
            } catch (InterruptedException e) {
                throw cancelled(conversation);
            }
        }
    }

    private <S extends Serializable, R extends Serializable> OperationException cancelled(
            Conversation<S, R> conversation) {
        conversation.cancel("interrupted");
        Bell bell = new Bell();
        conversation.onWakeUp(bell::ring);
        long end = System.nanoTime() + CANCEL_GRACE.toNanos();
        try {
            while (System.nanoTime() < end) {
                Progress<S, R> progress = conversation.poll();
                if (progress instanceof Progress.Failed<S, R> failed) {
                    return new OperationException(failed.failure(), failed.result(), failed.cause());
                }
                if (progress instanceof Progress.Succeeded<S, R> succeeded) {
                    return new OperationException(
                            OperationFailure.of(
                                    FailureKind.CANCELLED,
                                    "interrupted when everything was already done",
                                    "Nothing is left to do."),
                            succeeded.result(),
                            null);
                }
                Progress.Running<S, R> running = (Progress.Running<S, R>) progress;
                bell.await(realTime.apply(Duration.between(conversation.now(), running.notBefore())));
            }
            return new OperationException(OperationFailure.of(
                    FailureKind.CANCELLED,
                    "interrupted; AWS did not confirm within " + CANCEL_GRACE.toSeconds() + " seconds what it stopped",
                    "Look in the AWS console at what the log names."));
        } catch (InterruptedException again) {
            return new OperationException(OperationFailure.of(
                    FailureKind.CANCELLED,
                    "interrupted twice, so it was left as it was",
                    "Look in the AWS console at what the log names."));
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    /** A wait that a ring ends; a ring before the wait counts. */
    private static final class Bell {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rung = lock.newCondition();
        private boolean ringing;

        void ring() {
            lock.lock();
            try {
                ringing = true;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void await(Duration longest) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = Math.max(0, longest.toNanos());
                while (!ringing && left > 0) {
                    left = rung.awaitNanos(left);
                }
                ringing = false;
            } finally {
                lock.unlock();
            }
        }
    }
}
