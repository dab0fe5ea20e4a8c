package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who points the real command line at the simulator. */
class AwsCommandLineTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @TempDir
    Path scratch;

    @BeforeAll
    static void needsTheCommandLine() {
        boolean present = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "aws")));
        assumeTrue(present, "NOT RUN: the aws command line is not on the PATH");
    }

    @Test
    void runsAnInstanceAndMakesOneImageOfIt() throws Exception {
        Result run = aws(
                "ec2",
                "run-instances",
                "--image-id",
                "ami-0abcdef1234567890",
                "--count",
                "1",
                "--tag-specifications",
                "ResourceType=instance,Tags=[{Key=Name,Value=web}]",
                "--query",
                "Instances[0].InstanceId",
                "--output",
                "text");
        assertThat(run.exitCode).as(run.text).isZero();
        String id = run.text.strip();
        assertThat(aws.simulator().ec2().instance(id).tags()).isEqualTo(Map.of("Name", "web"));

        Result dry = createImage(id, "one", "--dry-run");
        assertThat(dry.text)
                .contains("An error occurred (DryRunOperation) when calling the CreateImage operation: Request would"
                        + " have succeeded, but DryRun flag is set.");

        assertThat(createImage(id, "one").exitCode).isZero();
        assertThat(createImage(id, "two").text)
                .contains("An error occurred (InvalidRequest) when calling the CreateImage operation: Another"
                        + " CreateImage operation is in progress on this instance. While the instance is rebooting"
                        + " during this operation, only one CreateImage operation can be in progress. Wait until the"
                        + " instance has rebooted, and then try again");
        String imageId = aws.simulator().ec2().images().get(0).imageId();
        assertThat(createImage(id, "one").text)
                .contains("An error occurred (InvalidAMIName.Duplicate) when calling the CreateImage operation: AMI"
                        + " name one is already in use by AMI " + imageId);

        aws.pass(Duration.ofMinutes(3));
        Result described = aws(
                "ec2",
                "describe-images",
                "--owners",
                "self",
                "--filters",
                "Name=name,Values=o*",
                "--query",
                "Images[].[ImageId,State,SourceInstanceId]",
                "--output",
                "text");
        assertThat(described.text.strip()).isEqualTo(imageId + "\tavailable\t" + id);
    }

    @Test
    void saysWhoTheCallerIs() throws Exception {
        assertThat(aws("sts", "get-caller-identity").text).contains("arn:aws:iam::123456789012:user/simulator");
    }

    @Test
    void runsACommandAndReadsItsOutputInEveryPlace() throws Exception {
        String id = aws.instance();
        AwsSimulator simulator = aws.simulator();
        simulator.s3().createBucket("bucket");
        simulator.ssm().agent(id).script(command -> NodeOutcome.exit(0).stdout("hello\n"));

        Result sent = aws(
                "ssm",
                "send-command",
                "--document-name",
                "AWS-RunShellScript",
                "--instance-ids",
                id,
                "--parameters",
                "commands=[\"echo hello\"],executionTimeout=[\"60\"]",
                "--output-s3-bucket-name",
                "bucket",
                "--cloud-watch-output-config",
                "CloudWatchOutputEnabled=true,CloudWatchLogGroupName=jobs",
                "--query",
                "Command.CommandId",
                "--output",
                "text");
        assertThat(sent.exitCode).as(sent.text).isZero();
        String commandId = sent.text.strip();
        String[] ask = {"ssm", "get-command-invocation", "--command-id", commandId, "--instance-id", id};
        assertThat(aws(ask).text).contains("(InvocationDoesNotExist)");

        aws.pass(Duration.ofMinutes(1));
        assertThat(aws(ask).text)
                .contains("\"Status\": \"Success\"")
                .contains("\"ResponseCode\": 0")
                .contains("\"StandardOutputContent\": \"hello\\n\"");
        Result events = aws(
                "logs",
                "filter-log-events",
                "--log-group-name",
                "jobs",
                "--log-stream-names",
                commandId + "/" + id + "/aws-runShellScript/stdout",
                "--query",
                "events[].message",
                "--output",
                "text");
        assertThat(events.text.strip()).isEqualTo("hello");
        Path file = scratch.resolve("stdout");
        Result got = aws(
                "s3api",
                "get-object",
                "--bucket",
                "bucket",
                "--key",
                commandId + "/" + id + "/awsrunShellScript/0.awsrunShellScript/stdout",
                file.toString());
        assertThat(got.exitCode).as(got.text).isZero();
        assertThat(file).hasContent("hello");
        assertThat(aws("s3api", "get-object", "--bucket", "bucket", "--key", "none", file.toString()).text)
                .contains("(NoSuchKey)");
    }

    @Test
    void createsAMachineRunsItAndReadsItsHistory() throws Exception {
        Path definition = Files.writeString(
                scratch.resolve("machine.json"),
                "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}}}");
        Result created = aws(
                "stepfunctions",
                "create-state-machine",
                "--name",
                "jobs",
                "--role-arn",
                "arn:aws:iam::123456789012:role/jobs",
                "--definition",
                "file://" + definition,
                "--query",
                "stateMachineArn",
                "--output",
                "text");
        assertThat(created.exitCode).as(created.text).isZero();
        String machine = created.text.strip();
        String[] start = {
            "stepfunctions",
            "start-execution",
            "--state-machine-arn",
            machine,
            "--name",
            "nightly",
            "--input",
            "{\"a\": 1}",
            "--query",
            "executionArn",
            "--output",
            "text"
        };
        String execution = aws(start).text.strip();
        assertThat(execution).endsWith(":execution:jobs:nightly");
        assertThat(aws("stepfunctions", "describe-execution", "--execution-arn", execution).text)
                .contains("(ExecutionDoesNotExist)");

        aws.passSeconds(60);
        assertThat(aws("stepfunctions", "describe-execution", "--execution-arn", execution).text)
                .contains("\"status\": \"SUCCEEDED\"")
                .contains("\"output\": \"{\\\"a\\\": 1}\"");
        assertThat(aws(start).text).contains("(ExecutionAlreadyExists)");
        Result history = aws(
                "stepfunctions",
                "get-execution-history",
                "--execution-arn",
                execution,
                "--reverse-order",
                "--query",
                "events[].[id,type]",
                "--output",
                "text");
        assertThat(history.text)
                .isEqualTo("4\tExecutionSucceeded\n3\tWaitStateExited\n2\tWaitStateEntered\n1\tExecutionStarted\n");
    }

    private Result createImage(String instanceId, String name, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("ec2", "create-image", "--instance-id", instanceId, "--name", name));
        arguments.addAll(List.of(more));
        return aws(arguments.toArray(new String[0]));
    }

    private Result aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", aws.simulator().endpoint().toString(), "--region", "ap-northeast-1"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(scratch, "aws", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("AWS_ACCESS_KEY_ID", "AKIASIMULATORTEST000");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        environment.put("AWS_PAGER", "");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_MAX_ATTEMPTS", "1");
        environment.remove("AWS_PROFILE");
        environment.remove("AWS_SESSION_TOKEN");
        environment.put("AWS_CONFIG_FILE", scratch.resolve("none").toString());
        environment.put("AWS_SHARED_CREDENTIALS_FILE", scratch.resolve("none").toString());
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private record Result(int exitCode, String text) {}
}
