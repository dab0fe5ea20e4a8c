package io.jenkins.plugins.awsoperations.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupRequestBuilder;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.Ec2Backup;
import io.jenkins.plugins.awsoperations.backup.InstanceResult;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.operation.TicketQueueAccess;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The demo's script: nine days of a daily and a weekly backup, then a job network, and the same one as a state machine. */
final class Demo implements AutoCloseable {

    private static final int DAILY_GENERATIONS = 7;
    private static final int WEEKLY_GENERATIONS = 4;
    private static final int FURTHER_DAYS = 8;
    private static final Instant FIRST_NIGHT = Instant.parse("2024-04-10T00:45:00Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final SimulatorClock clock;
    private final AwsSimulator aws;
    private final AwsConnections connections;
    private final EnginePool pool;
    private final TicketQueueAccess locks = new TicketQueueAccess();
    private final AtomicInteger builds = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    Demo(double speed, PrintWriter out) {
        this.out = out;
        this.clock = SimulatorClock.scaled(speed, FIRST_NIGHT);
        this.aws = AwsSimulator.builder()
                .clock(clock)
                .seed(7)
                .runCommandsForReal(JobNetworkDemo.REAL)
                .start();
        this.connections = new AwsConnections(clock);
        this.pool = new EnginePool(clock::toReal);
    }

    /** @return whether everything went as it should */
    boolean run() {
        say("AWS Operations, demo. A simulated AWS runs inside this program at " + aws.endpoint() + ", its time x"
                + (int) clock.speed() + ".");
        say("No account, no network, nothing to clean up.");
        for (String name : List.of("web-1", "web-2", "db-1")) {
            aws.ec2().runInstance(Map.of("Name", name, "Backup", "yes"));
        }
        connections.connect(account()).identity();
        clock.advance(Duration.ofMinutes(10));
        double longestWait = sameSecond();
        furtherDays();
        failingImage();
        dryRun();
        jobNetwork();
        stateMachine();
        summary(longestWait);
        return failures.get() == 0;
    }

    /** @return the longest wait of one job for the other, in simulated seconds */
    private double sameSecond() {
        title("1. A daily and a weekly job back up the same three instances, started in the same second, with reboot");
        say(
                "   Elsewhere one of them fails: InvalidAMIName.Duplicate, then \"Another CreateImage operation is in progress\".");
        CompletableFuture<BackupResult> daily = start(daily().reboot(true), lines("daily "));
        CompletableFuture<BackupResult> weekly = start(weekly().reboot(true), lines("weekly"));
        BackupResult d = report("daily ", daily);
        BackupResult w = report("weekly", weekly);
        sayWaits("daily ", d, "weekly");
        sayWaits("weekly", w, "daily");
        expect(aws.ec2().images().size() == 6, "six images, one for each job and instance");
        return Stream.of(d, w)
                .flatMap(result -> result.instances().stream())
                .mapToDouble(InstanceResult::lockWaitSeconds)
                .max()
                .orElse(0);
    }

    private void sayWaits(String job, BackupResult result, String other) {
        for (InstanceResult i : result.instances()) {
            if (i.lockWaitSeconds() >= 5) {
                say("   " + job + " waited " + Math.round(i.lockWaitSeconds()) + " s for " + other + " on " + i.name()
                        + ", then made its own image " + i.imageId());
            }
        }
    }

    private void furtherDays() {
        title("2. " + FURTHER_DAYS + " more nights of both: daily keeps " + DAILY_GENERATIONS + " generations, weekly "
                + WEEKLY_GENERATIONS + ", each counted for itself");
        for (int day = 1; day <= FURTHER_DAYS; day++) {
            nextNight();
            CompletableFuture<BackupResult> daily = start(daily(), line -> {});
            CompletableFuture<BackupResult> weekly = start(weekly(), line -> {});
            BackupResult d = join(daily);
            BackupResult w = join(weekly);
            say(String.format(
                    Locale.ROOT,
                    "   night %d  daily: %d created, %d deleted   weekly: %d created, %d deleted   images now: %d daily, %d weekly",
                    day + 1,
                    d.created(),
                    d.deleted(),
                    w.created(),
                    w.deleted(),
                    imagesOf("daily"),
                    imagesOf("weekly")));
        }
        expect(imagesOf("daily") == 3 * DAILY_GENERATIONS, "3 x " + DAILY_GENERATIONS + " daily images");
        expect(imagesOf("weekly") == 3 * WEEKLY_GENERATIONS, "3 x " + WEEKLY_GENERATIONS + " weekly images");
    }

    private void failingImage() {
        title("3. An image ends \"failed\": it is removed with its snapshots and made again");
        nextNight();
        aws.faults().add(Fault.on("CreateImage").times(1).imageFails("Client.VolumeInUse", "a volume was busy"));
        report("daily ", start(daily(), lines("daily ")));
        expect(imagesOf("daily") == 3 * DAILY_GENERATIONS, "still 3 x " + DAILY_GENERATIONS + " daily images");
    }

    private void dryRun() {
        title("4. A dry run of the daily job with two generations: what would go, and why; nothing is written");
        int before = aws.ec2().images().size();
        join(start(daily().generations(2).dryRun(true), lines("dry   ")));
        expect(aws.ec2().images().size() == before, "as many images as before");
    }

    private void jobNetwork() {
        title(
                "5. A job network: Job 1, then Job 2, then Job 3, each on one worker with role=job_worker, env=production");
        JobNetworkDemo.Outcome outcome =
                new JobNetworkDemo(aws, connections.connect(account()), pool.loop(), this::lines).run();
        say("   Job 1 succeeded, Job 2 failed, so Job 3 was never sent: the workers ran " + outcome.commandsRun()
                + " commands");
        outcome.events()
                .forEach(event -> say("   EventBridge received: " + event.detailType() + " from " + event.source()
                        + "\n" + indented(event.detail())));
        expect(outcome.isAsItShouldBe(), "Job 1 to succeed, Job 2 to fail and be told, and Job 3 not to run");
    }

    private void stateMachine() {
        title(
                "6. The same network as a state machine of Step Functions that is there already: JobNetwork-example starts RunJob for each job");
        StateMachineDemo.Outcome outcome =
                new StateMachineDemo(aws, connections.connect(account()), pool.loop(), lines("net  ")).run();
        ReceivedEvent event = outcome.event();
        if (event != null) {
            say("   EventBridge received: " + event.detailType() + " from " + event.source() + "\n"
                    + indented(event.detail()));
        }
        expect(outcome.isAsItShouldBe(), "the state machine to fail after Job 2, and to send its event");
    }

    private static String indented(String json) {
        try {
            ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            return mapper.writeValueAsString(mapper.readTree(json)).indent(5).stripTrailing();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void summary(double longestWait) {
        title("Summary");
        say("   " + builds.get() + " runs of two jobs over three instances; runs that failed or went wrong: "
                + failures);
        say("   longest wait of one job for the other in the first night: " + Math.round(longestWait)
                + " s (simulated time)");
        say("   CreateImage was called " + aws.ledger().count("CreateImage") + " times (3 of them dry), DescribeImages "
                + aws.ledger().count("DescribeImages") + " times, throttled answers: "
                + aws.ledger().throttled().size());
        say(
                failures.get() == 0
                        ? "   All as it should be. Next: docs/command-line.md, for the same against an AWS account."
                        : "   NOT as it should be: see the lines that begin with !!");
    }

    private BackupRequestBuilder daily() {
        return BackupRequest.builder().tag("Backup", "yes").plan("daily").generations(DAILY_GENERATIONS);
    }

    private BackupRequestBuilder weekly() {
        return BackupRequest.builder().tag("Backup", "yes").plan("weekly").generations(WEEKLY_GENERATIONS);
    }

    private CompletableFuture<BackupResult> start(BackupRequestBuilder builder, OperationLog log) {
        BackupRequest request = builder.build();
        Ec2Backup operation = new Ec2Backup(connections.connect(account()), locks);
        RunIdentity run = RunIdentity.create("backup/" + request.plan(), String.valueOf(builds.incrementAndGet()));
        BackupState state = operation.begin(request, run);
        return pool.loop().start(new Conversation<>(operation, state, clock, log, StateStore.none()));
    }

    private AwsAccount account() {
        return AwsAccount.in("ap-northeast-1")
                .name("demo")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIADEMO", "secret", null))
                .build();
    }

    private BackupResult report(String job, CompletableFuture<BackupResult> future) {
        BackupResult result = join(future);
        say("   " + job + " SUCCESS: " + result.created() + " created, " + result.deleted() + " deleted, "
                + result.failed() + " failed");
        return result;
    }

    private BackupResult join(CompletableFuture<BackupResult> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OperationException failed && failed.result() instanceof BackupResult partial) {
                failures.incrementAndGet();
                say("!! FAILED: " + failed.failure().describe());
                return partial;
            }
            throw e;
        }
    }

    private void expect(boolean asItShouldBe, String what) {
        if (!asItShouldBe) {
            failures.incrementAndGet();
            say("!! expected " + what);
        }
    }

    private long imagesOf(String plan) {
        return aws.ec2().images().stream()
                .filter(i -> i.tags().containsKey("aws-operations:plan:" + plan))
                .count();
    }

    private void nextNight() {
        clock.advance(Duration.ofHours(23));
    }

    private OperationLog lines(String job) {
        return line -> say("   " + TIME.format(clock.instant()) + "  " + job + "  " + OperationLog.PREFIX + line);
    }

    private void title(String text) {
        say("");
        say(text);
    }

    private synchronized void say(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void close() {
        pool.close();
        connections.close();
        aws.close();
    }
}
