package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.RunOnTaggedInstance;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.operation.PollLoop;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The demo's job network: three jobs one after another, each on one worker; the second one fails. */
final class JobNetworkDemo {

    /** Whether the simulated workers can run commands for real on this machine. */
    static final boolean REAL =
            Files.isExecutable(Path.of("/bin/sh")) && Files.isExecutable(Path.of("/usr/bin/setsid"));

    private static final Map<String, String> WORKER = Map.of("role", "job_worker", "env", "production");

    private final AwsSimulator aws;
    private final AwsConnection connection;
    private final PollLoop loop;
    private final Function<String, OperationLog> logOf;

    /** @param logOf the log of a job by its name */
    JobNetworkDemo(AwsSimulator aws, AwsConnection connection, PollLoop loop, Function<String, OperationLog> logOf) {
        this.aws = aws;
        this.connection = connection;
        this.loop = loop;
        this.logOf = logOf;
    }

    /** What the network came to. */
    record Outcome(CommandResult first, @Nullable OperationFailure second, long commandsRun) {

        /** Job 1 succeeded, Job 2 failed, Job 3 never ran. */
        boolean isAsItShouldBe() {
            return Integer.valueOf(0).equals(first.exitCode())
                    && "SUCCESS\n".equals(first.stdout())
                    && second != null
                    && second.message().contains("exit code 1")
                    && commandsRun == 2;
        }
    }

    Outcome run() {
        workers();
        CommandResult first = job("Job 1", "echo 'SUCCESS'", "true");
        try {
            job("Job 2", "echo 'FAILURE'", "false");
            job("Job 3", "echo 'NEVER EXECUTED'", "true");
        } catch (OperationException failed) {
            return new Outcome(first, failed.failure(), aws.ssm().runs().size());
        }
        return new Outcome(first, null, aws.ssm().runs().size());
    }

    private void workers() {
        for (String name : List.of("batch-1", "batch-2", "batch-3")) {
            Map<String, String> tags = new java.util.HashMap<>(WORKER);
            tags.put("Name", name);
            String id = aws.ec2().runInstance(tags);
            if (name.equals("batch-3")) {
                aws.ssm().agent(id).connectionLost();
            } else if (!REAL) {
                aws.ssm()
                        .agent(id)
                        .script(c -> c.commands().toString().contains("SUCCESS")
                                ? NodeOutcome.exit(0).stdout("SUCCESS\n")
                                : NodeOutcome.exit(1).stdout("FAILURE\n"));
            }
        }
        aws.ec2().runInstance(Map.of("Name", "staging-1", "role", "job_worker", "env", "staging"));
    }

    private CommandResult job(String name, String... commands) {
        CommandRequest request = CommandRequest.builder()
                .tag("role", "job_worker")
                .tag("env", "production")
                .commands(List.of(commands))
                .workingDirectory(REAL ? "/tmp" : null)
                .executionTimeoutSeconds((int) Duration.ofMinutes(30).toSeconds())
                .build();
        RunOnTaggedInstance operation = new RunOnTaggedInstance(connection);
        CommandState state = operation.begin(request, RunIdentity.create("network/" + name, "1"));
        try {
            return loop.start(new Conversation<>(
                            operation, state, aws.clock(), withOutput(logOf.apply(name)), StateStore.none()))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OperationException failed) {
                logOf.apply(name).line("FAILED: " + failed.failure().describe());
                throw failed;
            }
            throw e;
        }
    }

    /** What the commands write, with a mark before each line. */
    private static OperationLog withOutput(OperationLog log) {
        return new OperationLog() {
            @Override
            public void line(String text) {
                log.line(text);
            }

            @Override
            public void output(OutputChannel channel, byte[] bytes) {
                new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> log.line("> " + line));
            }
        };
    }
}
