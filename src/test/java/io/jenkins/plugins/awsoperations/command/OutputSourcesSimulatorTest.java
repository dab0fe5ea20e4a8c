package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.LOG_GROUP;
import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDERR;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.OutputLimits;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the output of a command comes from, and what is told when a source does not have all of it. */
class OutputSourcesSimulatorTest {

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
            world.aws.s3().createBucket(CommandWorld.BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout("0123456789\n".repeat(10_000)));

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").s3Bucket(CommandWorld.BUCKET).maxLogBytes(50_000));

            assertThat(run.output(STDOUT).length).isLessThanOrEqualTo(50_000).isGreaterThan(49_980);
            assertThat(run.text(STDOUT)).endsWith("0123456789\n");
            assertThat(run.log)
                    .filteredOn(l -> l.contains("maxLogBytes (50000)"))
                    .hasSize(1)
                    .allMatch(l -> l.contains("s3://job-output/"));
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
            world.aws.s3().createBucket(CommandWorld.BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout("x".repeat(30_000)));
            world.aws.faults().add(Fault.on("GetObject").always().deny());

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(request("load").s3Bucket(CommandWorld.BUCKET));

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
            world.aws.s3().createBucket(CommandWorld.BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all).stderr("seen\n"));

            VirtualTime.Run<CommandState, CommandResult> bucket =
                    world.run(request("load").returnStdout(true).s3Bucket(CommandWorld.BUCKET));
            VirtualTime.Run<CommandState, CommandResult> group =
                    world.run(request("load").returnStdout(true).logGroup(LOG_GROUP));
            VirtualTime.Run<CommandState, CommandResult> text =
                    world.run(request("load").returnStdout(true));

            WrittenOutput.assertSame(
                    WrittenOutput.bytes(bucket.result().completeStdout()), WrittenOutput.bytes(all), "from the bucket");
            WrittenOutput.assertSame(
                    WrittenOutput.bytes(group.result().completeStdout()),
                    WrittenOutput.bytes(all),
                    "from the log group");
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
            world.aws.s3().createBucket(CommandWorld.BUCKET);
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));

            VirtualTime.Run<CommandState, CommandResult> cut = world.run(request("load"));
            VirtualTime.Run<CommandState, CommandResult> whole =
                    world.run(request("load").s3Bucket(CommandWorld.BUCKET));
            VirtualTime.Run<CommandState, CommandResult> live =
                    world.run(request("load").logGroup(LOG_GROUP));

            assertThat(cut.result().isTruncated()).isTrue();
            assertThat(all).startsWith(cut.text(STDOUT)).startsWith(cut.result().stdout());
            assertThat(cut.log).anyMatch(l -> l.contains("characters of stdout") && l.contains("the rest is lost"));
            assertThat(whole.text(STDOUT)).isEqualTo(all);
            WrittenOutput.assertSame(live.output(STDOUT), WrittenOutput.bytes(all), "from the log group");
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
                    world.start(CommandWorld.unlimited().logGroup(LOG_GROUP));
            world.time.runUntil(CommandWorld.START.plusSeconds(55));
            assertThat(run.text(STDOUT)).isEqualTo(half);
            world.aws.faults().add(Fault.on("FilterLogEvents").times(14).throttle());

            world.time.run();

            WrittenOutput.assertSame(
                    run.output(STDOUT), WrittenOutput.bytes(half + half), "throttled when the command had ended");
        }
    }

    @Test
    void aLogGroupThatStaysOutOfReachIsGivenUpInWords() {
        String all = "0123456789\n".repeat(10_000);
        try (CommandWorld world = new CommandWorld()) {
            world.worker("worker-1", c -> NodeOutcome.exit(0).stdout(all));
            world.aws.faults().add(Fault.on("FilterLogEvents").always().throttle());

            VirtualTime.Run<CommandState, CommandResult> run =
                    world.run(CommandWorld.unlimited().logGroup(LOG_GROUP));

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
                    world.start(CommandWorld.unlimited().logGroup(LOG_GROUP));

            world.time.runUntil(CommandWorld.START.plus(Duration.ofMinutes(10)));

            assertThat(run.ended()).isTrue();
            WrittenOutput.assertSame(run.output(STDOUT), WrittenOutput.bytes(all), "behind many empty pages");
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

                world.run(CommandWorld.unlimited().logGroup(LOG_GROUP));

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
}
