package io.jenkins.plugins.awsoperations.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of the thread that works, and lets it say what stays in AWS before the process ends. The process
 * then ends with 130, as the JVM does for SIGINT.
 */
final class InterruptOnExit implements AutoCloseable {

    private static final long GRACE_SECONDS = 70;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;

    private InterruptOnExit() {}

    static InterruptOnExit install() {
        InterruptOnExit interrupt = new InterruptOnExit();
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt.stop(worker), "interrupt-on-exit"));
        return interrupt;
    }

    private void stop(Thread worker) {
        if (ended.getCount() == 0) {
            return;
        }
        requested = true;
        worker.interrupt();
        try {
            // Give up in the end: a process that cannot be stopped is worse than a missing line.
            if (!ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("AWS did not answer; look in the console at what the log names");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody ends the process. */
    boolean isRequested() {
        return requested;
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
