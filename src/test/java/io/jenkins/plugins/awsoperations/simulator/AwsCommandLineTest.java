package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
