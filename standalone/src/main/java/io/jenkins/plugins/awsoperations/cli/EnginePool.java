package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.operation.PollLoop;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** One timer and four workers: enough for any number of operations, because none of them waits on a thread. */
final class EnginePool implements AutoCloseable {

    private static final int WORKERS = 4;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(named("aws-operations-timer"));
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, named("aws-operations-poll"));
    private final PollLoop loop;

    EnginePool(UnaryOperator<Duration> realTime) {
        this.loop = new PollLoop(timer, workers, realTime);
    }

    PollLoop loop() {
        return loop;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
