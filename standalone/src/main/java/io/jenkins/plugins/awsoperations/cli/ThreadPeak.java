package io.jenkins.plugins.awsoperations.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Watches how many threads there are at most, the simulator's own and the watcher not counted. */
final class ThreadPeak {

    private static final long EVERY_MILLIS = 20;

    /** Threads that the JDK's HTTP server, which the simulator is, starts by these names. */
    private static final Set<String> SERVER = Set.of("HTTP-Dispatcher", "idle-timeout-task");

    /** Groups of the threads that the JVM starts for itself. */
    private static final Set<String> OF_JVM = Set.of("system", "InnocuousThreadGroup");

    private final Thread watcher = new Thread(this::watch, "thread-peak");
    private List<String> names = new ArrayList<>();
    private List<String> withoutJvm = new ArrayList<>();

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

    /** Names of the most threads at once that are not the JVM's own. */
    synchronized List<String> withoutJvm() {
        return List.copyOf(withoutJvm);
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
        List<String> now = names(threads.keySet(), thread -> true);
        if (now.size() > names.size()) {
            names = now;
        }
        List<String> besides = names(threads.keySet(), ThreadPeak::isOfProgram);
        if (besides.size() > withoutJvm.size()) {
            withoutJvm = besides;
        }
    }

    private List<String> names(Set<Thread> threads, Predicate<Thread> counts) {
        return threads.stream()
                .filter(counts)
                .map(Thread::getName)
                .filter(name ->
                        !name.startsWith("simulator") && !SERVER.contains(name) && !name.equals(watcher.getName()))
                .sorted()
                .toList();
    }

    /** The JVM starts the one that runs the program, too. */
    private static boolean isOfProgram(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null
                && !OF_JVM.contains(group.getName())
                && !thread.getName().equals("main");
    }
}
