package io.jenkins.plugins.awsoperations.cli;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.statemachine.AwaitStateMachine;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionResult;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** The benchmark of {@link AwaitStateMachine}: many executions of one state machine that are all waited for at once. */
final class AwaitBench {

    /** One state that lasts as long as the input says. */
    static final String MACHINE = "{\"StartAt\": \"Work\", \"States\": {\"Work\": {\"Type\": \"Wait\", \"SecondsPath\":"
            + " \"$.seconds\", \"End\": true}}}";

    private static final int MOST_THREADS = 16;
    private static final double MOST_HEAP_MB = 128;
    private static final String REGION = "ap-northeast-1";

    private final Scenario scenario;
    private final Map<String, Instant> noticed = new ConcurrentHashMap<>();
    private final CountDownLatch accepted;

    AwaitBench(Scenario scenario) {
        this.scenario = scenario;
        this.accepted = new CountDownLatch(scenario.executions());
    }

    /**
     * What is measured.
     *
     * @param executions how many, all begun in the same second
     * @param history how much of the histories is told
     * @param shortestSeconds how long the shortest one runs
     * @param spanSeconds by how much longer the longest one runs; the others lie in between, evenly
     * @param speed how many times as fast as the wall clock the time runs
     */
    record Scenario(int executions, History history, int shortestSeconds, int spanSeconds, double speed) {}

    /**
     * What was measured. Times are simulated seconds.
     *
     * @param startedOnce executions that AWS has, each of which succeeded
     * @param failed waits that failed
     * @param acceptedAfterSeconds from the start of the first wait until AWS had accepted all executions
     * @param waitingWhenMeasured waits that had not ended when the heap was measured
     * @param heapMbBefore live heap before the first wait, after a garbage collection
     * @param heapMbWhileAllWait live heap while all wait, after a garbage collection
     * @param peakThreads the most threads at once, the JVM's own not counted; the simulator has a process of its own
     * @param threads their names
     * @param calls by action, beside AWS's bucket
     * @param callsPerExecution all calls divided by executions
     * @param detectionDelaySeconds from the end of an execution to the end of its wait
     * @param theoreticalMinimum the same, as it would be at best with DescribeExecution alone; see {@link IdealAwait}
     * @param endsAloneSeconds the same, if the ends were known and only read
     * @param brokenLimits which of the limits that this benchmark sets are broken
     * @param wallSeconds how long the run took on this machine
     */
    record Report(
            Scenario scenario,
            long startedOnce,
            int failed,
            double acceptedAfterSeconds,
            int waitingWhenMeasured,
            double heapMbBefore,
            double heapMbWhileAllWait,
            int peakThreads,
            List<String> threads,
            Map<String, CallRate> calls,
            double callsPerExecution,
            Percentiles detectionDelaySeconds,
            Percentiles theoreticalMinimum,
            Percentiles endsAloneSeconds,
            List<String> brokenLimits,
            double wallSeconds) {}

    Report run() throws IOException, InterruptedException {
        long wall = System.nanoTime();
        Instant origin = Instant.now();
        try (BenchSimulatorProcess simulator = BenchSimulatorProcess.start(scenario.speed(), origin)) {
            SimulatorClock clock = SharedClock.since(origin, scenario.speed());
            try (AwsConnections connections = new AwsConnections(clock);
                    EnginePool pool = new EnginePool(clock::toReal)) {
                ThreadPeak threads = ThreadPeak.start();
                AwsConnection aws =
                        connections.connect(account(simulator.ready().endpoint()));
                // The first call of a process loads the SDK, which at this speed would count for many seconds.
                aws.identity();
                aws.sfn().listStateMachines();
                simulator.clear();
                Measured measured = new Measured();
                measured.heapBefore = liveHeap();
                measured.began = clock.instant();
                List<CompletableFuture<ExecutionResult>> waits =
                        start(aws, pool, clock, simulator.ready().stateMachineArn());
                accepted.await();
                measured.accepted = clock.instant();
                measured.heap = liveHeap();
                measured.waiting =
                        (int) waits.stream().filter(wait -> !wait.isDone()).count();
                int failed = await(waits);
                threads.stop();
                measured.wallSeconds = (System.nanoTime() - wall) / 1e9;
                return report(simulator.report(), failed, threads, measured);
            }
        }
    }

    private static AwsAccount account(URI endpoint) {
        return AwsAccount.in(REGION)
                .endpoint(endpoint)
                .credentials(new AwsCredentialSource.Keys("AKIABENCH", "secret", null))
                .build();
    }

    private List<CompletableFuture<ExecutionResult>> start(
            AwsConnection aws, EnginePool pool, SimulatorClock clock, String machine) {
        List<CompletableFuture<ExecutionResult>> waits = new ArrayList<>();
        for (int n : shuffled(scenario.executions())) {
            long seconds = scenario.shortestSeconds() + (long) n * scenario.spanSeconds() / scenario.executions();
            ExecutionRequest request = ExecutionRequest.builder()
                    .stateMachine(machine)
                    .input(Map.of("seconds", seconds))
                    .history(scenario.history())
                    .build();
            AwaitStateMachine operation = new AwaitStateMachine(aws);
            ExecutionState state = operation.begin(request, RunIdentity.create("bench-" + n, "1"));
            Accepted store = new Accepted();
            waits.add(pool.loop()
                    .start(new Conversation<>(operation, state, clock, line -> {}, store))
                    .whenComplete((result, e) -> {
                        if (result != null && result.executionArn() != null) {
                            noticed.put(result.executionArn(), clock.instant());
                        }
                        store.countDown();
                    }));
        }
        return waits;
    }

    /** In which order they start must say nothing about the order in which they end: numbers by a hash of theirs. */
    private static int[] shuffled(int count) {
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(number -> number * 0x9E3779B9))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int await(List<CompletableFuture<ExecutionResult>> waits) {
        int failed = 0;
        for (CompletableFuture<ExecutionResult> wait : waits) {
            try {
                wait.join();
            } catch (CompletionException e) {
                failed++;
                System.err.println(e.getCause());
            }
        }
        return failed;
    }

    @SuppressFBWarnings(value = "DM_GC", justification = "What is left after a collection is what is measured.")
    private static double liveHeap() {
        System.gc();
        System.gc();
        return tenths(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0 / 1024.0);
    }

    private Report report(BenchSimulator.Report simulated, int failed, ThreadPeak threads, Measured measured) {
        List<BenchSimulator.End> ended = simulated.executions().stream()
                .filter(end -> end.stoppedAt() != null && noticed.containsKey(end.arn()))
                .toList();
        double[] delays = ended.stream()
                .mapToDouble(end -> seconds(Instant.parse(end.stoppedAt()), noticed.get(end.arn())))
                .toArray();
        IdealAwait ideal = new IdealAwait(ended.stream()
                .mapToDouble(end -> seconds(measured.accepted, Instant.parse(end.stoppedAt())))
                .toArray());
        long startedOnce = simulated.executions().stream()
                .filter(end -> end.status().equals("SUCCEEDED"))
                .count();
        long calls =
                simulated.calls().values().stream().mapToLong(CallRate::calls).sum();
        return new Report(
                scenario,
                startedOnce,
                failed,
                tenths(seconds(measured.began, measured.accepted)),
                measured.waiting,
                measured.heapBefore,
                measured.heap,
                threads.withoutJvm().size(),
                threads.withoutJvm(),
                simulated.calls(),
                Math.round(100.0 * calls / scenario.executions()) / 100.0,
                Percentiles.of(delays),
                ideal.describeAlone(),
                ideal.endsAlone(scenario.history() != History.NONE),
                broken(failed, simulated.executions().size(), threads, measured),
                tenths(measured.wallSeconds));
    }

    private List<String> broken(int failed, int executions, ThreadPeak threads, Measured measured) {
        List<String> broken = new ArrayList<>();
        if (failed > 0) {
            broken.add(failed + " waits failed");
        }
        if (executions != scenario.executions()) {
            broken.add(executions + " executions were started, not " + scenario.executions());
        }
        if (threads.withoutJvm().size() > MOST_THREADS) {
            broken.add(threads.withoutJvm().size() + " threads, more than " + MOST_THREADS);
        }
        if (measured.heap >= MOST_HEAP_MB) {
            broken.add(measured.heap + " MB of live heap, not less than " + MOST_HEAP_MB);
        }
        return broken;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** Counts the execution as soon as AWS has accepted it, or its wait has ended. */
    private final class Accepted implements StateStore<ExecutionState> {

        private boolean counted;

        @Override
        public void publish(ExecutionState state) {
            if (state.executionArn() != null) {
                countDown();
            }
        }

        synchronized void countDown() {
            if (!counted) {
                counted = true;
                accepted.countDown();
            }
        }

        @Override
        public void save(ExecutionState state) {
            // the conversation itself remembers it
        }
    }

    private static final class Measured {
        Instant began = Instant.EPOCH;
        Instant accepted = Instant.EPOCH;
        double heapBefore;
        double heap;
        int waiting;
        double wallSeconds;
    }
}
