package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeScript;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A simulator by virtual time with workers in it, and an engine that talks to it through the real SDK. */
final class CommandWorld implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    static final String LOG_GROUP = "/jobs/batch";
    static final String BUCKET = "job-output";

    final SimulatorClock clock = SimulatorClock.manual(START);
    final AwsSimulator aws;
    final VirtualTime time = new VirtualTime(clock, clock::advanceTo);
    private AwsConnections connections = new AwsConnections(clock);
    private final List<AwsConnections> others = new ArrayList<>();
    private int runs;

    CommandWorld() {
        this(SimulatorSettings.defaults());
    }

    CommandWorld(SimulatorSettings settings) {
        this.aws = AwsSimulator.builder()
                .clock(clock)
                .settings(settings)
                .seed(20261123)
                .start();
    }

    /** A worker whose commands do what the script says. */
    String worker(String name, NodeScript script) {
        String id = aws.ec2().runInstance(Map.of("Name", name, "role", "job_worker", "env", "production"));
        aws.ssm().agent(id).script(script);
        return id;
    }

    List<String> workers(int count, NodeScript script) {
        return IntStream.range(0, count)
                .mapToObj(n -> worker("worker-" + n, script))
                .toList();
    }

    AwsConnection connection() {
        return connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build());
    }

    /** Lets the next runs be those of another controller, which knows nothing of the others. */
    void otherController() {
        others.add(connections);
        connections = new AwsConnections(clock);
    }

    RunOnTaggedInstance operation() {
        return new RunOnTaggedInstance(connection());
    }

    /** A request that selects the workers of {@link #worker} by their tags. */
    static CommandRequestBuilder request(String... commands) {
        return CommandRequest.builder()
                .tag("role", "job_worker")
                .tag("env", "production")
                .commands(List.of(commands));
    }

    /** A request whose output and time are not limited. */
    static CommandRequestBuilder unlimited() {
        return request("load").maxLogBytes(1024 * 1024 * 1024).executionTimeoutSeconds(100_000);
    }

    VirtualTime.Run<CommandState, CommandResult> start(CommandRequestBuilder request) {
        runs++;
        RunIdentity run = new RunIdentity("batch/nightly", String.valueOf(runs), "token" + (10000 + runs));
        RunOnTaggedInstance operation = operation();
        return time.start(operation, operation.begin(request.build(), run));
    }

    VirtualTime.Run<CommandState, CommandResult> run(CommandRequestBuilder request) {
        VirtualTime.Run<CommandState, CommandResult> run = start(request);
        time.run();
        return run;
    }

    CommandResult succeed(CommandRequestBuilder request) {
        return run(request).result();
    }

    OperationFailure fail(CommandRequestBuilder request) {
        return run(request).failure();
    }

    /** How often a node started the commands of a run, by the nodes' own ledger. */
    List<NodeRun> nodeRuns() {
        return aws.ssm().runs();
    }

    /** A new process: nothing in memory is left. */
    Consumer<VirtualTime.Run<CommandState, CommandResult>> newProcess() {
        return run -> {
            connections.close();
            connections = new AwsConnections(clock);
            run.operation(operation());
        };
    }

    static CommandState throughBytes(CommandState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (CommandState) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        others.forEach(AwsConnections::close);
        connections.close();
        aws.close();
    }
}
