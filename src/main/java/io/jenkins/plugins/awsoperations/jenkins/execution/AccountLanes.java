package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Gives each account some places in a pool that all share: one whose endpoint does not answer keeps its own operations waiting,
 * and nobody else's.
 */
final class AccountLanes {

    private final ExecutorService pool;
    private final int width;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param pool where everything runs
     * @param width how many places one account has
     */
    AccountLanes(ExecutorService pool, int width) {
        this.pool = pool;
        this.width = width;
    }

    Executor of(String account) {
        return lanes.computeIfAbsent(account, a -> new Lane());
    }

    private final class Lane implements Executor {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;

        @Override
        public synchronized void execute(@NonNull Runnable task) {
            if (running < width) {
                pool.execute(() -> run(task));
                running++;
            } else if (pool.isShutdown()) {
                throw new RejectedExecutionException("the controller stops");
            } else {
                waiting.add(task);
            }
        }

        private void run(Runnable task) {
            try {
                task.run();
            } finally {
                next();
            }
        }

        private synchronized void next() {
            running--;
            Runnable task = waiting.poll();
            if (task == null) {
                return;
            }
            try {
                execute(task);
            } catch (RejectedExecutionException e) {
                // The controller stops: whoever waits is found again after the start.
                waiting.clear();
            }
        }
    }
}
