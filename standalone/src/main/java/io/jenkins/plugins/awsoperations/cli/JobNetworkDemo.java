package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.alert.SendFailEvent;
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
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
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

/** The demo's job network: three jobs one after another, each on one worker; the second one fails, and an alert says so. */
final class JobNetworkDemo {

    /** Whether the simulated workers can run commands for real on this machine. */
    static final boolean REAL =
            Files.isExecutable(Path.of("/bin/sh")) && Files.isExecutable(Path.of("/usr/bin/setsid"));

    /** The tags of the workers. */
    static final Map<String, String> WORKER = Map.of("role", "job_worker", "env", "production");

    private static final String CHANNEL = "high";

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

    /**
     * What the network came to.
     *
     * @param first of Job 1
     * @param second of Job 2, or null when it did not fail
     * @param commandsRun by all workers
     * @param events what EventBridge has received
     */
    record Outcome(
            CommandResult first, @Nullable OperationFailure second, long commandsRun, List<ReceivedEvent> events) {

        Outcome {
            events = List.copyOf(events);
        }

        /** Job 1 succeeded, Job 2 failed and was told, Job 3 never ran. */
        boolean isAsItShouldBe() {
            return Integer.valueOf(0).equals(first.exitCode())
                    && "SUCCESS\n".equals(first.stdout())
                    && second != null
                    && second.message().contains("exit code 1")
                    && commandsRun == 2
                    && events.size() == 1
                    && events.get(0).detail().contains("failed with exit code 1");
        }
    }

    Outcome run() {
        workers();
        CommandResult first = job("Job 1", "echo 'SUCCESS'", "true");
        try {
            job("Job 2", "echo 'FAILURE'", "false");
            job("Job 3", "echo 'NEVER EXECUTED'", "true");
        } catch (OperationException failed) {
            alert(failed);
            return outcome(first, failed.failure());
        }
        return outcome(first, null);
    }

    private Outcome outcome(CommandResult first, @Nullable OperationFailure second) {
        return new Outcome(first, second, aws.ssm().runs().size(), aws.events().received());
    }

    /** What a Pipeline does in post { failure { … } }, and the command line with --alert-channel. */
    private void alert(OperationException failed) {
        EventDetails details = failed.result() instanceof CommandResult result
                ? EventDetails.ofResult(result.toMap())
                : EventDetails.none();
        SendFailEvent operation = new SendFailEvent(connection);
        FailEventState state = operation.begin(
                details.event(failed.failure()).channel(CHANNEL).build(), RunIdentity.create("network", "1"));
        loop.start(new Conversation<>(operation, state, aws.clock(), logOf.apply("alert"), StateStore.none()))
                .join();
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
