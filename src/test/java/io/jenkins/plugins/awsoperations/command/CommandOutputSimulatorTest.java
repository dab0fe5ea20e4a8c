package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.LOG_GROUP;
import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDERR;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.OutputLimits;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a command writes arrives in the log: every byte, once, in its order. */
class CommandOutputSimulatorTest {

    private static final String BUCKET = "job-output";
    private static final int NO_LIMIT = 1024 * 1024 * 1024;

    /** What a worker writes, with the times at which it does. */
    private static final class Writing {

        private final Random random;
        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        private NodeOutcome outcome = NodeOutcome.exit(0);
        private long millis;
        private final Set<OutputChannel> afterEmpty = EnumSet.noneOf(OutputChannel.class);

        Writing(long seed) {
            this.random = new Random(seed);
        }

        /** Lines of text as programs write them, some of them long, in pieces that end anywhere. */
        Writing lines(int most) {
            int wanted = random.nextInt(most + 1);
            while (stdout.size() + stderr.size() < wanted) {
                OutputChannel channel = random.nextInt(4) == 0 ? STDERR : STDOUT;
                byte[] line = line(channel).getBytes(StandardCharsets.UTF_8);
                int cut = random.nextInt(line.length + 1);
                write(channel, Arrays.copyOf(line, cut));
                pause();
                write(channel, Arrays.copyOfRange(line, cut, line.length));
            }
            if (random.nextBoolean()) {
                write(STDOUT, "no line break at the end".getBytes(StandardCharsets.UTF_8));
            }
            return this;
        }

        private String line(OutputChannel channel) {
            int kind = random.nextInt(12);
            if (afterEmpty.contains(channel) && (kind == 4 || kind == 5)) {
                // An empty line that has an event of its own is lost by the agent: AWS takes no empty events.
                kind = 6;
            }
            if (kind == 0) {
                afterEmpty.add(channel);
            } else {
                afterEmpty.remove(channel);
            }
            return switch (kind) {
                case 0 -> "\n";
                case 1 -> "日本語のログ é ü 🙂 " + random.nextInt() + "\n";
                case 2 -> "windows\r\n";
                case 3 -> "progress 1 %\rprogress 2 %\r\n";
                case 4 -> text(random.nextInt(200_000)) + "\n";
                case 5 -> random.nextInt(4) == 0 ? text(random.nextInt(1_000_000)) + "\n" : "short\n";
                default -> random.nextInt() + " " + text(random.nextInt(200)) + "\n";
            };
        }

        private String text(int length) {
            return IntStream.range(0, length)
                    .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(26))))
                    .collect(Collectors.joining());
        }

        /** Bytes without any sense. */
        Writing bytes(int most) {
            byte[] bytes = new byte[random.nextInt(most + 1)];
            random.nextBytes(bytes);
            write(STDOUT, bytes);
            byte[] errors = new byte[random.nextInt(100_000)];
            random.nextBytes(errors);
            write(STDERR, errors);
            return this;
        }

        private void pause() {
            millis += random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(300);
        }

        private void write(OutputChannel channel, byte[] bytes) {
            (channel == STDOUT ? stdout : stderr).writeBytes(bytes);
            Duration at = Duration.ofMillis(millis);
            outcome = channel == STDOUT ? outcome.stdoutAt(at, bytes) : outcome.stderrAt(at, bytes);
        }

        NodeOutcome outcome() {
            return outcome.after(Duration.ofMillis(millis + 1));
        }

        byte[] written(OutputChannel channel) {
            return (channel == STDOUT ? stdout : stderr).toByteArray();
        }

        /** The agent writes "\n" for "\r\n" to a log group; what AWS keeps as text is as it was written. */
        void assertArrived(byte[] actual, OutputChannel channel, long seed) {
            if (!Arrays.equals(actual, written(channel))) {
                byte[] inLogGroup = new String(written(channel), StandardCharsets.UTF_8)
                        .replace("\r\n", "\n")
                        .getBytes(StandardCharsets.UTF_8);
                assertSame(actual, inLogGroup, channel + ", seed " + seed);
            }
        }
    }

    private static CommandRequestBuilder unlimited() {
        return request("load").maxLogBytes(NO_LIMIT).executionTimeoutSeconds(100_000);
    }

    /**
     * Compares megabytes, and shows where they part. Of a long output line breaks at the very end are not to be told from none:
     * the agent cuts them off.
     */
    private static void assertSame(byte[] actual, byte[] expected, String what) {
        int a = length(actual);
        int e = length(expected);
        int at = Arrays.mismatch(actual, 0, a, expected, 0, e);
        if (at >= 0) {
            throw new AssertionError(what + ": " + a + " instead of " + e + " bytes, different from " + at + " on: "
                    + around(actual, at) + " instead of " + around(expected, at));
        }
    }

    private static int length(byte[] bytes) {
        int length = bytes.length;
        while (length > 5_000 && bytes[length - 1] == '\n') {
            length--;
        }
        return length;
    }

    private static String around(byte[] bytes, int at) {
        int from = Math.min(bytes.length, Math.max(0, at - 30));
        return "..." + new String(bytes, from, Math.min(60, bytes.length - from), StandardCharsets.UTF_8) + "...";
    }

    private static void nasty(CommandWorld world, Random random) {
        world.aws.settings(world.aws
                .settings()
                .with(s -> s.logVisibility(Duration.ZERO, Duration.ofSeconds(5)).sloppyLogPages(true)));
        world.aws.faults().add(Fault.on("FilterLogEvents").probability(0.2).throttle());
        world.aws.faults().add(Fault.on("FilterLogEvents").probability(0.05).serverError(false));
        world.aws.faults().add(Fault.on("GetCommandInvocation").probability(0.1).throttle());
        if (random.nextBoolean()) {
            world.aws
                    .ec2()
                    .instances()
                    .forEach(i -> world.aws
                            .ssm()
                            .agent(i.instanceId())
                            .clockSkew(Duration.ofSeconds(random.nextInt(600) - 300)));
        }
    }

    @Property(tries = 40)
    void fromALogGroupEveryByteArrivesOnceAndInItsOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Writing writing = new Writing(seed).lines(random.nextInt(3) == 0 ? 3_000_000 : 40_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> writing.outcome());
            nasty(world, random);

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(unlimited().logGroup(LOG_GROUP));

            assertThat(run.result().exitCode()).isZero();
            for (OutputChannel channel : OutputChannel.values()) {
                writing.assertArrived(run.output(channel), channel, seed);
            }
            assertThat(run.partsOfLines()).as("only the last ones").isLessThanOrEqualTo(2);
        }
    }

    @Property(tries = 15)
    void aNewProcessAtAnyTimeLosesAndRepeatsNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Writing writing = new Writing(seed).lines(60_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> writing.outcome());
            nasty(world, random);
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(unlimited().logGroup(LOG_GROUP));
            run.onCrash(world.newProcess());
            run.betweenPolls(CommandWorld::throughBytes);
            run.afterPoll(r -> {
                if (!r.ended() && r.saves() > 0 && random.nextInt(4) == 0) {
                    r.crash();
                }
            });

            world.time.run();

            writing.assertArrived(run.output(STDOUT), STDOUT, seed);
            assertThat(world.nodeRuns()).hasSize(1);
        }
    }

    @Property(tries = 30)
    void fromABucketAnyBytesArriveUnchanged(@ForAll long seed) {
        Random random = new Random(seed);
        Writing writing = new Writing(seed).bytes(random.nextInt(3) == 0 ? 3_000_000 : 60_000);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(BUCKET);
            world.worker("worker-1", c -> writing.outcome());
            world.aws.faults().add(Fault.on("GetObject").probability(0.2).throttle());

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(unlimited().s3Bucket(BUCKET).s3Prefix("run_command/logs"));

            assertThat(run.result().exitCode()).isZero();
            for (OutputChannel channel : OutputChannel.values()) {
                if (writing.written(channel).length > 50_000) {
                    assertThat(Arrays.mismatch(run.output(channel), writing.written(channel)))
                            .as("%s, seed %s", channel, seed)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void fiftyMegabytesFromALogGroupArriveWithoutBeingKept() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(50_000_100);
        for (int i = 0; lines.size() < 50_000_000; i++) {
            lines.writeBytes((i + " the quick brown fox jumps over the lazy dog\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = lines.toByteArray();
        try (CommandWorld world = new CommandWorld()) {
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0).after(Duration.ofSeconds(10)).stdout(all));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(unlimited().logGroup(LOG_GROUP));
            run.afterPoll(r -> assertThat(size(r.state())).isLessThan(500_000));

            world.time.run();

            assertThat(run.result().isTruncated()).isTrue();
            assertSame(run.output(STDOUT), all, "50 MB");
        }
    }

    @Test
    void fiftyMegabytesFromABucketArriveWithoutBeingKept() {
        byte[] all = new byte[50_000_000];
        new Random(1).nextBytes(all);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(unlimited().s3Bucket(BUCKET));
            run.afterPoll(r -> assertThat(size(r.state())).isLessThan(500_000));

            world.time.run();

            assertThat(Arrays.equals(run.output(STDOUT), all)).isTrue();
        }
    }

    private static int size(CommandState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(state);
            return bytes.size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void outputComesWhileTheCommandRuns() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0)
                            .after(Duration.ofMinutes(10))
                            .stdoutAt(Duration.ofSeconds(10), "early\n")
                            .stderrAt(Duration.ofSeconds(20), "oops\n")
                            .stdoutAt(Duration.ofSeconds(30), "later\n"));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(request("load").logGroup(LOG_GROUP));

            world.time.runUntil(CommandWorld.START.plusSeconds(90));

            assertThat(run.text(STDOUT)).isEqualTo("early\nlater\n");
            assertThat(run.text(STDERR)).isEqualTo("oops\n");
            assertThat(run.ended()).isFalse();
            world.time.run();
            assertThat(run.text(STDOUT)).isEqualTo("early\nlater\n");
            assertThat(run.result().exitCode()).isZero();
        }
    }

    @Test
    void aShortOutputDoesNotWaitForTheLogGroup() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout("SUCCESS\n"));

            assertThat(world.run(request("load").logGroup(LOG_GROUP)).text(STDOUT))
                    .isEqualTo("SUCCESS\n");
            assertThat(Duration.between(CommandWorld.START, world.clock.instant()))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void whatAwsCutsIsToldWithTheSizesAndTheRemedy() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0).stdout("x".repeat(30_000)).stderr("y".repeat(10_000)));

            VirtualTime.Run<CommandState, CommandResult> run = world.run(request("load"));

            assertThat(run.result().isTruncated()).isTrue();
            assertThat(run.output(STDOUT).length).isEqualTo(23_980);
            assertThat(run.log)
                    .anyMatch(l ->
                            l.contains("first 23980 characters of stdout") && l.contains("give logGroup or s3Bucket"))
                    .anyMatch(l -> l.contains("first 8000 characters of stderr"));
        }
    }

    @Test
    void theLogIsBoundedAtAWholeLineAndSaysWhereTheRestIs() {
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout("0123456789\n".repeat(10_000)));

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").s3Bucket(BUCKET).maxLogBytes(50_000));

            assertThat(run.output(STDOUT).length).isLessThanOrEqualTo(50_000).isGreaterThan(49_980);
            assertThat(run.text(STDOUT)).endsWith("0123456789\n");
            assertThat(run.log)
                    .filteredOn(l -> l.contains("maxLogBytes (50000)"))
                    .hasSize(1)
                    .allMatch(l -> l.contains("s3://job-output/"));
        }
    }

    @Test
    void aLogGroupThatDoesNotAnswerForAWhileLosesNothing() {
        String all = "line of output\n".repeat(20_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));
            world.aws.faults().add(Fault.on("FilterLogEvents").skip(1).times(30).serverError(false));

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").logGroup(LOG_GROUP));

            assertSame(run.output(STDOUT), bytes(all), "after an outage");
        }
    }

    @Test
    void aLogGroupThatNeverAnswersDoesNotKeepTheExitCodeForEver() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout("x".repeat(30_000)));
            world.aws.faults().add(Fault.on("FilterLogEvents").always().serverError(false));

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").logGroup(LOG_GROUP));

            assertThat(run.result().exitCode()).isZero();
            assertThat(run.output(STDOUT).length).isBetween(23_900, 24_000);
            assertThat(run.log).anyMatch(l -> l.contains("is not waited for any longer"));
            assertThat(Duration.between(CommandWorld.START, world.clock.instant()))
                    .isLessThan(Duration.ofMinutes(8));
        }
    }

    @Test
    void aLogGroupThatMayNotBeReadFailsNothing() {
        try (CommandWorld world = new CommandWorld()) {
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0).after(Duration.ofMinutes(2)).stdout("SUCCESS\n"));
            world.aws.faults().add(Fault.on("FilterLogEvents").always().deny());

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").logGroup(LOG_GROUP));

            assertThat(run.result().exitCode()).isZero();
            assertThat(run.text(STDOUT)).isEqualTo("SUCCESS\n");
            assertThat(run.log)
                    .filteredOn(l -> l.contains("logs:FilterLogEvents"))
                    .hasSize(1);
        }
    }

    @Test
    void aBucketThatMayNotBeReadFailsNothing() {
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout("x".repeat(30_000)));
            world.aws.faults().add(Fault.on("GetObject").always().deny());

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").s3Bucket(BUCKET));

            assertThat(run.result().exitCode()).isZero();
            assertThat(run.output(STDOUT).length).isEqualTo(23_980);
            assertThat(run.log)
                    .anyMatch(l -> l.contains("cannot be read from the bucket") && l.contains("s3:GetObject"));
        }
    }

    @Test
    void standardOutputIsReturnedWholeAndNotShown() {
        String all = "line of output\n".repeat(20_000);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all).stderr("seen\n"));

            VirtualTime.Run<CommandState, CommandResult> bucket =
                    world.run(request("load").returnStdout(true).s3Bucket(BUCKET));
            VirtualTime.Run<CommandState, CommandResult> group =
                    world.run(request("load").returnStdout(true).logGroup(LOG_GROUP));
            VirtualTime.Run<CommandState, CommandResult> text =
                    world.run(request("load").returnStdout(true));

            assertSame(bytes(bucket.result().completeStdout()), bytes(all), "from the bucket");
            assertSame(bytes(group.result().completeStdout()), bytes(all), "from the log group");
            assertThat(text.result().completeStdout()).hasSize(23_980);
            assertThat(text.log).anyMatch(l -> l.contains("first 23980 characters"));
            assertThat(bucket.text(STDOUT)).isEmpty();
            assertThat(group.text(STDOUT)).isEmpty();
            assertThat(group.text(STDERR)).isEqualTo("seen\n");
        }
    }

    @Test
    void manyBytesInFewCharactersAreKnownToBeCut() {
        String all = "日本語\n".repeat(3_000);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket(BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));

            VirtualTime.Run<CommandState, CommandResult> cut = world.run(request("load"));
            VirtualTime.Run<CommandState, CommandResult> whole =
                    world.run(request("load").s3Bucket(BUCKET));
            VirtualTime.Run<CommandState, CommandResult> live =
                    world.run(request("load").logGroup(LOG_GROUP));

            assertThat(cut.result().isTruncated()).isTrue();
            assertThat(all).startsWith(cut.text(STDOUT)).startsWith(cut.result().stdout());
            assertThat(cut.log).anyMatch(l -> l.contains("characters of stdout") && l.contains("the rest is lost"));
            assertThat(whole.text(STDOUT)).isEqualTo(all);
            assertSame(live.output(STDOUT), bytes(all), "from the log group");
        }
    }

    @Test
    void theAgentsMarkOfACutIsNoOutput() {
        String all = "0123456789\n".repeat(3_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all).stderr(all));

            VirtualTime.Run<CommandState, CommandResult> run = world.run(request("load"));

            assertThat(all).startsWith(run.text(STDOUT)).startsWith(run.text(STDERR));
            assertThat(run.result().stdout()).hasSizeGreaterThan(23_900);
        }
    }

    @Test
    void whatALogGroupDoesNotGiveForAWhileIsNotLost() {
        String half = "0123456789\n".repeat(5_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0)
                            .after(Duration.ofSeconds(60))
                            .stdoutAt(Duration.ofSeconds(5), half)
                            .stdoutAt(Duration.ofSeconds(59), half));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(unlimited().logGroup(LOG_GROUP));
            world.time.runUntil(CommandWorld.START.plusSeconds(55));
            assertThat(run.text(STDOUT)).isEqualTo(half);
            world.aws.faults().add(Fault.on("FilterLogEvents").times(14).throttle());

            world.time.run();

            assertSame(run.output(STDOUT), bytes(half + half), "throttled when the command had ended");
        }
    }

    @Test
    void aLogGroupThatStaysOutOfReachIsGivenUpInWords() {
        String all = "0123456789\n".repeat(10_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));
            world.aws.faults().add(Fault.on("FilterLogEvents").always().throttle());

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(unlimited().logGroup(LOG_GROUP));

            assertThat(run.result().exitCode()).isZero();
            assertThat(run.text(STDOUT)).startsWith(all.substring(0, 20_000));
            assertThat(run.log)
                    .anyMatch(l -> l.contains("FilterLogEvents") && l.contains("is throttled"))
                    .anyMatch(l -> l.contains("the rest could not be read"));
        }
    }

    @Test
    void aLogGroupThatIsSearchedForLongIsSearchedToItsEnd() {
        String all = "0123456789\n".repeat(100_000);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.settings(world.aws
                    .settings()
                    .with(s ->
                            s.emptyLogPages(250).outputLimits(OutputLimits.aws().logPages(300_000, 10_000))));
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));
            VirtualTime.Run<CommandState, CommandResult> run =
                    world.start(unlimited().logGroup(LOG_GROUP));

            world.time.runUntil(CommandWorld.START.plus(Duration.ofMinutes(10)));

            assertThat(run.ended()).isTrue();
            assertSame(run.output(STDOUT), bytes(all), "behind many empty pages");
            List<Call> calls = world.aws.ledger().calls("FilterLogEvents");
            for (int i = 1; i < calls.size(); i++) {
                if (calls.get(i).parameters().containsKey("nextToken")) {
                    assertThat(calls.get(i).parameters())
                            .as("a token is for the same search")
                            .containsEntry(
                                    "startTime", calls.get(i - 1).parameters().get("startTime"));
                }
            }
        }
    }

    @Test
    void aStreamWithoutNewsDoesNotLetTheOtherBeReadFromItsBeginningEachTime() {
        NodeOutcome outcome = NodeOutcome.exit(0).after(Duration.ofMinutes(30));
        for (int minute = 0; minute < 30; minute++) {
            outcome = outcome.stdoutAt(Duration.ofMinutes(minute), "0123456789\n");
        }
        NodeOutcome chatty = outcome;
        for (NodeOutcome each : List.of(chatty, chatty.stderrAt(Duration.ofSeconds(1), "once\n"))) {
            try (CommandWorld world = new CommandWorld()) {
                world.worker("worker-1", c -> each);

                world.run(unlimited().logGroup(LOG_GROUP));

                List<Call> calls = world.aws.ledger().calls("FilterLogEvents");
                assertThat(Long.parseLong(String.valueOf(
                                calls.get(calls.size() - 1).parameters().get("startTime"))))
                        .isGreaterThan(
                                CommandWorld.START.plus(Duration.ofMinutes(25)).toEpochMilli());
            }
        }
    }

    @Test
    void standardOutputThatTheLogGroupDoesNotHaveIsReturnedAsFarAsAwsHasIt() {
        String all = "line of output\n".repeat(5_000);
        try (CommandWorld world = new CommandWorld()) {
            world.aws.settings(world.aws.settings().with(s -> s.logVisibility(Duration.ofDays(9), Duration.ofDays(9))));
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").returnStdout(true).logGroup(LOG_GROUP));

            assertThat(run.result().completeStdout()).startsWith(all.substring(0, 20_000));
            assertThat(run.log).anyMatch(l -> l.contains("does not have all of stdout"));
        }
    }

    private static byte[] bytes(@Nullable String text) {
        return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    }
}
