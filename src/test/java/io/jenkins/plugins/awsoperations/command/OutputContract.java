package io.jenkins.plugins.awsoperations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What CloudWatch Logs and S3 must do for the output of a command: run against the project's simulator and against an
 * independent emulator. The command itself has ended before; AWS has kept only the beginning of what it wrote.
 */
abstract class OutputContract {

    private static final String COMMAND = "11111111-2222-3333-4444-555555555555";
    private static final String WORKER = "i-0123456789abcdef0";
    private static final String STREAM = COMMAND + "/" + WORKER + "/aws-runShellScript/stdout";

    /** Of today, because both services stamp what they get. */
    private final SimulatorClock clock = SimulatorClock.manual(Instant.now());

    private final AwsConnections connections = new AwsConnections(clock);

    /** Starts it, or returns the one that runs. */
    abstract URI endpoint(SimulatorClock clock);

    /** Puts events into a stream of a new log group. */
    abstract void putEvents(AwsConnection aws, String group, String stream, List<String> messages);

    /** Puts an object into a new bucket. */
    abstract void putObject(AwsConnection aws, String bucket, String key, byte[] bytes);

    private AwsConnection aws;

    @BeforeEach
    void connect() {
        aws = connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(endpoint(clock))
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build());
    }

    @AfterEach
    void disconnect() {
        connections.close();
    }

    private VirtualTime.Run<CommandState, CommandResult> collect(CommandRequestBuilder request, String beginning) {
        CommandState state = CommandState.begin(
                request.tag("role", "job_worker").commands(List.of("load")).build(),
                new RunIdentity("batch", "1", "token12345"));
        state.phase = CommandState.Phase.COLLECTING;
        state.instanceId = WORKER;
        state.commandId = COMMAND;
        state.sentAt = clock.instant().minus(Duration.ofMinutes(5));
        state.endedAt = clock.instant();
        state.ended =
                new Invocation(CommandStatus.SUCCESS, "Success", 0, beginning, true, "", false, null, null, null, null);
        VirtualTime time = new VirtualTime(clock, clock::advanceTo);
        VirtualTime.Run<CommandState, CommandResult> run = time.start(new RunOnTaggedInstance(aws), state);
        time.run();
        return run;
    }

    @Test
    void aLogGroupIsReadPageByPageInTheOrderOfItsEvents() {
        String line = "0123456789".repeat(9_999) + "\n";
        List<String> messages = List.of("first\n" + line, line, line, "last\n");
        String group = "/jobs/" + clock.instant().toEpochMilli();
        putEvents(aws, group, STREAM, messages);

        VirtualTime.Run<CommandState, CommandResult> run = collect(
                CommandRequest.builder().logGroup(group),
                String.join("", messages).substring(0, Invocation.MOST_STDOUT));

        assertThat(run.text(OutputChannel.STDOUT).equals(String.join("", messages)))
                .as(run.log.toString())
                .isTrue();
        assertThat(run.log).noneMatch(l -> l.contains("cannot be read") || l.contains("does not have"));
    }

    @Test
    void anObjectIsReadPieceByPieceToItsEnd() {
        byte[] all = new byte[2_500_000];
        new Random(7).nextBytes(all);
        String bucket = "job-output-" + clock.instant().toEpochMilli();
        putObject(aws, bucket, "logs/" + COMMAND + "/" + WORKER + "/awsrunShellScript/0.awsrunShellScript/stdout", all);

        VirtualTime.Run<CommandState, CommandResult> run =
                collect(CommandRequest.builder().s3Bucket(bucket).s3Prefix("logs"), "x".repeat(Invocation.MOST_STDOUT));

        assertThat(java.util.Arrays.equals(run.output(OutputChannel.STDOUT), all))
                .as(run.log.toString())
                .isTrue();
    }

    @Test
    void anObjectOfWholePiecesEndsWhereItEnds() {
        byte[] all = "0123456789abcde\n".repeat(2 * 65_536).getBytes(StandardCharsets.UTF_8);
        String bucket = "job-output-" + clock.instant().toEpochMilli();
        putObject(aws, bucket, COMMAND + "/" + WORKER + "/awsrunShellScript/0.awsrunShellScript/stdout", all);

        VirtualTime.Run<CommandState, CommandResult> run =
                collect(CommandRequest.builder().s3Bucket(bucket), "x".repeat(Invocation.MOST_STDOUT));

        assertThat(java.util.Arrays.equals(run.output(OutputChannel.STDOUT), all))
                .as(run.log.toString())
                .isTrue();
    }

    @Test
    void anObjectThatIsNotThereIsAwaitedAndThenTold() {
        String bucket = "job-output-" + clock.instant().toEpochMilli();
        putObject(aws, bucket, "other", new byte[] {1});

        VirtualTime.Run<CommandState, CommandResult> run =
                collect(CommandRequest.builder().s3Bucket(bucket), "x".repeat(Invocation.MOST_STDOUT));

        assertThat(run.result().isTruncated()).isTrue();
        assertThat(run.log).anyMatch(l -> l.contains("NoSuchKey") && l.contains("s3:PutObject"));
    }
}
