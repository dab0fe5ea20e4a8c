package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.RunOnTaggedInstance;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The benchmark of {@link RunOnTaggedInstance}: many commands that start in the same second, each on a worker of its own. */
final class CommandBench {

    private final int commands;
    private final Duration duration;
    private final double speed;
    private final Map<String, Instant> noticed = new ConcurrentHashMap<>();

    CommandBench(int commands, Duration duration, double speed) {
        this.commands = commands;
        this.duration = duration;
        this.speed = speed;
    }

    /**
     * What was measured. Times are simulated seconds.
     *
     * @param ranOnce how many commands ran exactly once, by the workers' own ledger
     * @param makespanSeconds from the start to the end of the last one
     * @param averageNoticeSeconds from the end of a command on its worker to the end of its operation
     * @param longestNoticeSeconds the longest such time
     * @param callsPerAction how often each action was called
     * @param callsPerCommand calls divided by commands
     * @param peakThreads the most threads at once, the simulator's own not counted
     * @param wallSeconds how long the run took on this machine
     */
    record Report(
            int commands,
            double speed,
            int failed,
            long ranOnce,
            double makespanSeconds,
            double averageNoticeSeconds,
            double longestNoticeSeconds,
            Map<String, Long> callsPerAction,
            double callsPerCommand,
            int peakThreads,
            double wallSeconds) {}

    Report run() throws InterruptedException {
        SimulatorClock clock = SimulatorClock.scaled(speed);
        long wall = System.nanoTime();
        try (AwsSimulator aws = AwsSimulator.builder().clock(clock).start();
                AwsConnections connections = new AwsConnections(clock);
                EnginePool pool = new EnginePool(clock::toReal)) {
            for (int n = 0; n < commands; n++) {
                String id = aws.ec2().runInstance(Map.of("Name", "bench-" + n, "role", "worker"));
                aws.ssm()
                        .agent(id)
                        .script(c -> NodeOutcome.exit(0).after(duration).stdout("done\n"));
            }
            ThreadPeak threads = ThreadPeak.start();
            // The first call of a process loads the SDK, which at this speed would count for many seconds.
            connections.connect(account(aws)).identity();
            connections.connect(account(aws)).ssm();
            aws.ledger().clear();
            Instant began = clock.instant();
            int failed = runAll(aws, connections, pool);
            Instant ended = clock.instant();
            threads.stop();
            return report(aws, failed, Duration.between(began, ended), threads, (System.nanoTime() - wall) / 1e9);
        }
    }

    private int runAll(AwsSimulator aws, AwsConnections connections, EnginePool pool) {
        List<CompletableFuture<CommandResult>> running = new ArrayList<>();
        for (int n = 0; n < commands; n++) {
            RunOnTaggedInstance operation = new RunOnTaggedInstance(connections.connect(account(aws)));
            CommandRequest request = CommandRequest.builder()
                    .tag("role", "worker")
                    .commands(List.of("job " + n))
                    .build();
            RunIdentity run = RunIdentity.create("bench-" + n, "1");
            CommandState state = operation.begin(request, run);
            running.add(pool.loop()
                    .start(new Conversation<>(operation, state, aws.clock(), line -> {}, StateStore.none()))
                    .whenComplete(
                            (result, e) -> noticed.put(run.token(), aws.clock().instant())));
        }
        int failed = 0;
        for (CompletableFuture<CommandResult> future : running) {
            try {
                future.join();
            } catch (CompletionException e) {
                failed++;
                System.err.println(e.getCause());
            }
        }
        return failed;
    }

    private static AwsAccount account(AwsSimulator aws) {
        return AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIABENCH", "secret", null))
                .build();
    }

    private Report report(AwsSimulator aws, int failed, Duration makespan, ThreadPeak threads, double wallSeconds) {
        Map<String, List<NodeRun>> runs = aws.ssm().runs().stream()
                .collect(Collectors.groupingBy(run -> run.comment().split("[ .]")[1]));
        List<Double> notices = new ArrayList<>();
        runs.forEach((token, of) -> {
            Instant end = of.get(of.size() - 1).endedAt();
            if (end != null && noticed.containsKey(token)) {
                notices.add(Duration.between(end, noticed.get(token)).toMillis() / 1000.0);
            }
        });
        List<Call> calls = aws.ledger().calls();
        return new Report(
                commands,
                speed,
                failed,
                runs.values().stream().filter(of -> of.size() == 1).count(),
                tenths(makespan.toMillis() / 1000.0),
                tenths(notices.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0)),
                tenths(notices.stream().mapToDouble(Double::doubleValue).max().orElse(0)),
                calls.stream().collect(Collectors.groupingBy(Call::action, TreeMap::new, Collectors.counting())),
                tenths((double) calls.size() / commands),
                threads.peak(),
                tenths(wallSeconds));
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
