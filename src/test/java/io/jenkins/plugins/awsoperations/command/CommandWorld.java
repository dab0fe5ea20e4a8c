package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.SimulatedWorld;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A simulator by virtual time with workers in it, and an engine that talks to it through the real SDK. */
final class CommandWorld extends SimulatedWorld<CommandRequestBuilder, CommandState, CommandResult> {

    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    static final String LOG_GROUP = "/jobs/batch";
    static final String BUCKET = "job-output";

    private final List<AwsConnections> others = new ArrayList<>();

    CommandWorld() {
        this(SimulatorSettings.defaults());
    }

    CommandWorld(SimulatorSettings settings) {
        super(START, 20261123, settings);
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

    /** Lets the next runs be those of another controller, which knows nothing of the others. */
    void otherController() {
        others.add(connections);
        connections = new AwsConnections(clock);
    }

    @Override
    protected RunOnTaggedInstance operation() {
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

    @Override
    protected VirtualTime.Run<CommandState, CommandResult> start(CommandRequestBuilder request) {
        RunOnTaggedInstance operation = operation();
        return time.start(operation, operation.begin(request.build(), nextRun("batch/nightly")));
    }

    /** How often a node started the commands of a run, by the nodes' own ledger. */
    List<NodeRun> nodeRuns() {
        return aws.ssm().runs();
    }

    @Override
    public void close() {
        others.forEach(AwsConnections::close);
        super.close();
    }
}
