package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** Commands that are executed on this machine. */
class SsmAgentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.real();

    @TempDir
    Path directory;

    private String node;

    @BeforeAll
    static void needsAShell() {
        boolean present = Files.isExecutable(Path.of("/bin/sh"))
                && Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "setsid")));
        assumeTrue(present, "NOT RUN: there is no /bin/sh or no setsid");
    }

    @BeforeEach
    void startANode() {
        aws.settings(s -> s.invocationDelay(Duration.ZERO).rebootDuration(Duration.ofMillis(200)));
        node = aws.node();
        aws.simulator().ssm().agent(node).pickupDelay(Duration.ofMillis(10));
    }

    @Test
    void reportsOutputAndExitCode() {
        GetCommandInvocationResponse ended = run("echo out; echo err >&2", "exit 3");

        assertThat(ended.status()).isEqualTo(CommandInvocationStatus.FAILED);
        assertThat(ended.responseCode()).isEqualTo(3);
        assertThat(ended.standardOutputContent()).isEqualTo("out\n");
        assertThat(ended.standardErrorContent()).isEqualTo("err\n");
        assertThat(aws.simulator().ssm().runs())
                .singleElement()
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(3));
    }

    @Test
    void goesOnAfterALineThatFailsUnlessToldOtherwise() {
        assertThat(run("false", "echo on").standardOutputContent()).isEqualTo("on\n");
        assertThat(run("set -e", "false", "echo on").standardOutputContent()).isEmpty();
    }

    @Test
    void obeysTheFirstLineOfAScript() {
        assertThat(run("#!/bin/cat", "not a shell").standardOutputContent()).isEqualTo("#!/bin/cat\nnot a shell\n");
    }

    @Test
    void tellsTheScriptWhichCommandItIsAndGivesItNothingToRead() {
        GetCommandInvocationResponse ended = run(
                "echo $SSM_COMMAND_ID $AWS_SSM_INSTANCE_ID $AWS_SSM_REGION_NAME", "cat", "ls -l \"$0\" | cut -c1-10");

        assertThat(ended.standardOutputContent())
                .isEqualTo(ended.commandId() + " " + node + " ap-northeast-1\n-rwx------\n");
    }

    @Test
    void worksInTheDirectoryThatWasAskedFor() throws IOException {
        assertThat(in(directory.toString(), "pwd").standardOutputContent().strip())
                .isEqualTo(directory.toRealPath().toString());
        GetCommandInvocationResponse missing = in(directory.resolve("missing").toString(), "pwd");
        assertThat(missing.status()).isEqualTo(CommandInvocationStatus.FAILED);
        assertThat(missing.responseCode()).isEqualTo(1);
        assertThat(missing.standardErrorContent()).contains("no such file or directory");
    }

    @Test
    void keepsAPlaceForEachNode() {
        run("echo first > note");
        assertThat(run("cat note").standardOutputContent()).isEqualTo("first\n");

        String other = aws.node();
        String id = aws.send(other, "cat note");
        assertThat(ended(id, other).standardErrorContent()).contains("note");
    }

    private GetCommandInvocationResponse in(String workingDirectory, String... commands) {
        String id = aws.send(
                node,
                r -> r.parameters(
                        Map.of("commands", List.of(commands), "workingDirectory", List.of(workingDirectory))));
        return ended(id, node);
    }

    @Test
    void killsGrandchildrenWhenTheTimeIsOver() {
        String id = aws.send(
                node,
                r -> r.parameters(Map.of("commands", List.of(withGrandchild()), "executionTimeout", List.of("1"))));

        GetCommandInvocationResponse ended = ended(id, node);

        assertThat(ended.statusDetails()).isEqualTo("ExecutionTimedOut");
        assertThat(ended.responseCode()).isEqualTo(137);
        assertThat(ended.standardOutputContent()).isEqualTo("begun\n");
        assertGrandchildIsDead();
    }

    @Test
    void killsGrandchildrenWhenTheCommandIsCancelled() {
        String id = aws.send(node, withGrandchild());
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("pid")));

        aws.ssm().cancelCommand(r -> r.commandId(id));
        GetCommandInvocationResponse ended = ended(id, node);

        assertThat(ended.statusDetails()).isEqualTo("Cancelled");
        assertThat(ended.responseCode()).isEqualTo(137);
        assertGrandchildIsDead();
    }

    @Test
    void killsEverythingWhenItIsClosed() {
        aws.send(
                node,
                "setsid sleep 600 & echo $! > " + directory + "/pid.new",
                "mv " + directory + "/pid.new " + directory + "/pid",
                "sleep 600");
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("pid")));

        aws.simulator().close();

        assertGrandchildIsDead();
    }

    @Test
    void killsWhatRunsOnAnInstanceThatGoesDown() {
        aws.send(node, withGrandchild());
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("pid")));

        aws.simulator().ec2().stopInstance(node);

        assertGrandchildIsDead();
        assertThat(aws.simulator().ssm().runs())
                .singleElement()
                .satisfies(run -> assertThat(run.exitCode()).isNull());
    }

    /** A script that writes the id of a process of a process of its own, and waits. */
    private String[] withGrandchild() {
        String file = directory.resolve("pid").toString();
        return new String[] {
            "echo begun",
            "sh -c 'sleep 600 & echo $! > " + file + ".new; mv " + file + ".new " + file + "; wait'",
            "echo on"
        };
    }

    private void assertGrandchildIsDead() {
        await().atMost(PATIENCE).until(() -> {
            long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
            // A killed process whose parent is gone may wait for a while to be buried.
            Path status = Path.of("/proc/" + pid + "/status");
            return ProcessHandle.of(pid).isEmpty()
                    || Files.exists(status) && Files.readString(status).contains("State:\tZ");
        });
    }

    @Test
    void waitsForABackgroundProcessThatHoldsTheOutput() {
        GetCommandInvocationResponse ended = run("(sleep 0.3; echo late; sleep 0.3; echo later >&2) &", "echo early");

        assertThat(ended.standardOutputContent()).isEqualTo("early\nlate\n");
        assertThat(ended.standardErrorContent()).isEqualTo("later\n");
    }

    @Test
    void rebootsWhenTheScriptAsksForItAndRunsItAgain() {
        GetCommandInvocationResponse ended =
                run("echo run >> count", "echo line $(wc -l < count)", "[ $(wc -l < count) -ge 3 ] || exit 194");

        assertThat(ended.statusDetails()).isEqualTo("Success");
        assertThat(ended.standardOutputContent().replaceAll(" +", " ")).isEqualTo("line 1\nline 2\nline 3\n");
        assertThat(aws.simulator().ssm().runs()).extracting(NodeRun::exitCode).containsExactly(194, 194, 0);
    }

    @Test
    void keepsLargeOutputInFilesAndSendsAllOfItAway() {
        aws.simulator().s3().createBucket("bucket");
        String id = aws.send(node, r -> r.outputS3BucketName("bucket"), "head -c 20000000 /dev/zero | tr '\\0' 'x'");

        GetCommandInvocationResponse ended = ended(id, node);

        assertThat(ended.standardOutputContent()).hasSize(24_000);
        String key = id + "/" + node + "/awsrunShellScript/0.awsrunShellScript/stdout";
        assertThat(aws.s3().headObject(r -> r.bucket("bucket").key(key)).contentLength())
                .isEqualTo(20_000_000);
        assertThat(aws.s3()
                        .getObjectAsBytes(r -> r.bucket("bucket").key(key).range("bytes=19999998-"))
                        .asUtf8String())
                .isEqualTo("xx");
    }

    @Test
    void sendsItsLinesToTheLogsWhileItRuns() {
        aws.settings(s -> s.logVisibility(Duration.ZERO));
        String id = aws.send(
                node,
                r -> r.cloudWatchOutputConfig(
                        c -> c.cloudWatchOutputEnabled(true).cloudWatchLogGroupName("jobs")),
                "echo one",
                "while [ ! -e " + directory + "/go ]; do sleep 0.05; done",
                "printf two");
        String stream = id + "/" + node + "/aws-runShellScript/stdout";

        await().atMost(PATIENCE)
                .until(() -> aws.simulator().logs().streams("jobs").contains(stream));
        assertThat(aws.simulator().logs().text("jobs", stream)).isEqualTo("one\n");
        assertThat(aws.details(id, node)).isEqualTo("InProgress");
        touch("go");

        assertThat(ended(id, node).statusDetails()).isEqualTo("Success");
        assertThat(aws.simulator().logs().text("jobs", stream)).isEqualTo("one\ntwo");
    }

    private void touch(String name) {
        try {
            Files.createFile(directory.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void runsNothingOnANodeThatHasAScript() {
        aws.simulator().ssm().agent(node).script(command -> NodeOutcome.exit(0).stdout("scripted"));

        assertThat(run("touch " + directory + "/touched").standardOutputContent())
                .isEqualTo("scripted");
        assertThat(directory.resolve("touched")).doesNotExist();
    }

    @Test
    void goesOnWhenItsAgentDiesMidway() {
        aws.simulator().ssm().agent(node).diesMidway();
        String id = aws.send(node, "touch " + directory + "/touched");

        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("touched")));
        await().atMost(PATIENCE).until(() -> aws.simulator().ssm().runs().get(0).endedAt() != null);

        assertThat(aws.details(id, node)).isEqualTo("InProgress");
    }

    private GetCommandInvocationResponse run(String... commands) {
        return ended(aws.send(node, commands), node);
    }

    private GetCommandInvocationResponse ended(String commandId, String instanceId) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> aws.invocation(commandId, instanceId), invocation -> invocation.responseCode() >= 0);
    }
}
