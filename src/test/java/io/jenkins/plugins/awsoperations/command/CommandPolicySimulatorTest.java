package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.LOG_GROUP;
import static io.jenkins.plugins.awsoperations.command.CommandWorld.START;
import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.ExamplePolicy;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The policy that users copy allows what a command calls, and nothing that it never calls. */
class CommandPolicySimulatorTest {

    @Test
    void allowsEveryActionOfACommandAndNoOther() throws IOException {
        try (CommandWorld world = new CommandWorld()) {
            world.aws.s3().createBucket("job-output");
            world.worker(
                    "worker-1",
                    c -> NodeOutcome.exit(0).after(Duration.ofMinutes(5)).stdout("x".repeat(30_000)));
            world.run(request("load").logGroup(LOG_GROUP));
            world.run(request("load").s3Bucket("job-output"));
            world.run(CommandRequest.builder().tag("role", "nobody").commands(List.of("true")));
            VirtualTime.Run<CommandState, CommandResult> stopped = world.start(request("load"));
            world.time.runUntil(world.clock.instant().plusSeconds(30));
            stopped.cancel("stopped");
            world.time.run();

            Set<String> called = world.aws.ledger().calls().stream()
                    .filter(c -> !c.service().equals("sts"))
                    .map(c -> c.service() + ":" + c.action())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(ExamplePolicy.actions("run-on-tagged-instance.json")).isEqualTo(called);
            assertThat(world.clock.instant()).isAfter(START);
        }
    }

    @Test
    void aWorkersOwnRoleMayWriteWhatItsAgentWrites() throws IOException {
        assertThat(ExamplePolicy.actions("worker-output.json"))
                .containsExactlyInAnyOrder(
                        "logs:CreateLogGroup",
                        "logs:CreateLogStream",
                        "logs:DescribeLogGroups",
                        "logs:DescribeLogStreams",
                        "logs:PutLogEvents",
                        "s3:PutObject",
                        // The agent lets the bucket's owner control what it writes (its source, s3util).
                        "s3:PutObjectAcl");
    }
}
