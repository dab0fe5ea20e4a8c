package io.jenkins.plugins.awsoperations.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Watches how many threads there are at most, the simulator's own and the watcher not counted. */
final class ThreadPeak {

    private static final long EVERY_MILLIS = 20;

    /** Threads that the JDK's HTTP server, which the simulator is, starts by these names. */
    private static final Set<String> SERVER = Set.of("HTTP-Dispatcher", "idle-timeout-task");

    private final Thread watcher = new Thread(this::watch, "thread-peak");
    private List<String> names = new ArrayList<>();

    private ThreadPeak() {}

    static ThreadPeak start() {
        ThreadPeak peak = new ThreadPeak();
        peak.watcher.setDaemon(true);
        peak.watcher.start();
        return peak;
    }

    void stop() throws InterruptedException {
        watcher.interrupt();
        watcher.join();
    }

    synchronized int peak() {
        return names.size();
    }

    synchronized List<String> names() {
        return List.copyOf(names);
    }

    private void watch() {
        try {
            while (true) {
                look(Thread.getAllStackTraces());
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            look(Thread.getAllStackTraces());
        }
    }

    private synchronized void look(Map<Thread, StackTraceElement[]> threads) {
        List<String> now = threads.keySet().stream()
                .map(Thread::getName)
                .filter(name ->
                        !name.startsWith("simulator") && !SERVER.contains(name) && !name.equals(watcher.getName()))
                .sorted()
                .toList();
        if (now.size() > names.size()) {
            names = now;
        }
    }
}
