package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.Ec2Backup;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.operation.TicketQueueAccess;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.RequestBuckets;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** The benchmark of {@link Ec2Backup}: many jobs that start in the same second against one account's request buckets. */
final class BackupBench {

    private static final int GENERATIONS = 3;
    private static final String PLAN = "bench";
    private static final String REGION = "ap-northeast-1";

    private final int instances;
    private final int jobs;
    private final Duration imageDuration;
    private final double speed;

    BackupBench(int instances, int jobs, Duration imageDuration, double speed) {
        this.instances = instances;
        this.jobs = jobs;
        this.imageDuration = imageDuration;
        this.speed = speed;
    }

    /**
     * What was measured. Times are simulated seconds, so they depend on AWS's published numbers and not on this machine.
     *
     * @param makespanSeconds from the first job's start to the last job's end
     * @param idealMakespanSeconds see {@link IdealBackup}
     * @param ratio ideal to measured; 1 is perfect
     * @param callsPerAction how often each action was called
     * @param callsPerBackup calls divided by instances
     * @param throttledAnswers how many calls AWS refused as too many
     * @param throttledShare their share of all calls
     * @param pollRounds rounds of five seconds from the first accepted to the last available image
     * @param describeImagesOfPending calls of DescribeImages that asked for images being made
     * @param mostDescribeImagesInARound the most of them in one round, for each 1000 pending images
     * @param peakPending the most images pending at once
     * @param peakThreads the most threads at once, the simulator's own not counted
     * @param engineThreads names of the threads at that moment
     * @param wallSeconds how long the run took on this machine
     */
    record Report(
            int instances,
            int jobs,
            double speed,
            int failedJobs,
            int imagesCreated,
            int imagesDeleted,
            double makespanSeconds,
            double idealMakespanSeconds,
            double ratio,
            Map<String, Long> callsPerAction,
            double callsPerBackup,
            long throttledAnswers,
            double throttledShare,
            long pollRounds,
            long describeImagesOfPending,
            long mostDescribeImagesInARound,
            int peakPending,
            int peakThreads,
            List<String> engineThreads,
            double wallSeconds) {}

    Report run() throws InterruptedException {
        SimulatorClock clock = SimulatorClock.scaled(speed);
        SimulatorSettings settings = SimulatorSettings.builder()
                .imageDuration(imageDuration, imageDuration)
                .buckets(RequestBuckets.aws())
                .build();
        long wall = System.nanoTime();
        try (AwsSimulator aws =
                        AwsSimulator.builder().clock(clock).settings(settings).start();
                AwsConnections connections = new AwsConnections(clock);
                EnginePool pool = new EnginePool(clock::toReal)) {
            seed(aws);
            ThreadPeak threads = ThreadPeak.start();
            // The first call of a process loads the SDK, which at this speed would count for many seconds.
            connections.connect(account(aws)).identity();
            aws.ledger().clear();
            Instant began = clock.instant();
            List<BackupResult> results = backUp(aws, connections, pool, clock);
            Instant ended = clock.instant();
            threads.stop();
            double makespan = Duration.between(began, ended).toMillis() / 1000.0;
            return report(aws, results, makespan, threads, (System.nanoTime() - wall) / 1e9);
        }
    }

    /** Instances with as many images as the plan keeps. */
    private void seed(AwsSimulator aws) {
        for (int n = 0; n < instances; n++) {
            String id = aws.ec2().runInstance(Map.of("Name", "bench-" + n, "job", String.valueOf(n % jobs)));
            for (int g = 1; g <= GENERATIONS; g++) {
                Instant created = aws.clock().instant().minus(Duration.ofDays(g));
                aws.ec2()
                        .addImage(ImageSpec.named(id + "_old-" + g)
                                .sourceInstance(id)
                                .createdAt(created)
                                .tags(Map.of(
                                        "aws-operations:run",
                                        "old" + g,
                                        "aws-operations:instance",
                                        id,
                                        "aws-operations:plan:" + PLAN,
                                        created.toString())));
            }
        }
    }

    private List<BackupResult> backUp(
            AwsSimulator aws, AwsConnections connections, EnginePool pool, SimulatorClock clock) {
        TicketQueueAccess locks = new TicketQueueAccess();
        List<CompletableFuture<BackupResult>> running = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            Ec2Backup operation = new Ec2Backup(connections.connect(account(aws)), locks);
            BackupRequest request = BackupRequest.builder()
                    .tag("job", String.valueOf(job))
                    .plan(PLAN)
                    .generations(GENERATIONS)
                    .parallelism(50)
                    .build();
            BackupState state = operation.begin(request, RunIdentity.create("bench-" + job, "1"));
            running.add(pool.loop().start(new Conversation<>(operation, state, clock, line -> {}, StateStore.none())));
        }
        List<BackupResult> results = new ArrayList<>();
        for (CompletableFuture<BackupResult> future : running) {
            try {
                results.add(future.join());
            } catch (CompletionException e) {
                System.err.println(e.getCause());
            }
        }
        return results;
    }

    private static AwsAccount account(AwsSimulator aws) {
        return AwsAccount.in(REGION)
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIABENCH", "secret", null))
                .build();
    }

    private Report report(
            AwsSimulator aws, List<BackupResult> results, double makespan, ThreadPeak threads, double wallSeconds) {
        List<Call> calls = aws.ledger().calls();
        Map<String, Long> perAction =
                calls.stream().collect(Collectors.groupingBy(Call::action, TreeMap::new, Collectors.counting()));
        long throttled = aws.ledger().throttled().size();
        PollRounds rounds = PollRounds.of(calls, imageDuration);
        double ideal = new IdealBackup(imageDuration.toSeconds()).makespan(instances);
        return new Report(
                instances,
                jobs,
                speed,
                jobs - results.size(),
                results.stream().mapToInt(BackupResult::created).sum(),
                results.stream().mapToInt(BackupResult::deleted).sum(),
                Math.round(makespan * 10) / 10.0,
                Math.round(ideal * 10) / 10.0,
                Math.round(ideal / makespan * 1000) / 1000.0,
                perAction,
                Math.round(100.0 * calls.size() / instances) / 100.0,
                throttled,
                (double) throttled / calls.size(),
                rounds.rounds(),
                rounds.calls(),
                rounds.mostInARound(),
                rounds.peakPending(),
                threads.peak(),
                threads.names(),
                Math.round(wallSeconds * 10) / 10.0);
    }
}
