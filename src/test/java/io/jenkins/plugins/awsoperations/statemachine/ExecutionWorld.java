package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A simulator by virtual time with state machines in it, and an engine that talks to it through the real SDK. */
final class ExecutionWorld implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    /** Three jobs, one after the other; the first error ends it. */
    static final String JOBS = JsonText.write(Map.of(
            "StartAt", "Job 1", "States", Map.of("Job 1", job("Job 2"), "Job 2", job("Job 3"), "Job 3", job(null))));

    final SimulatorClock clock = SimulatorClock.manual(START);
    final AwsSimulator aws;
    final VirtualTime time = new VirtualTime(clock, clock::advanceTo);
    private AwsConnections connections = new AwsConnections(clock);
    private int runs;

    ExecutionWorld() {
        this(SimulatorSettings.defaults());
    }

    ExecutionWorld(SimulatorSettings settings) {
        this.aws = AwsSimulator.builder()
                .clock(clock)
                .settings(settings)
                .seed(20261123)
                .start();
    }

    static Map<String, Object> job(String next) {
        Map<String, Object> task = Map.of("Type", "Task", "Resource", "arn:aws:states:::job");
        Map<String, Object> all = new java.util.TreeMap<>(task);
        all.put(next == null ? "End" : "Next", next == null ? (Object) true : next);
        return all;
    }

    /** One state that waits. */
    static String waits(int seconds) {
        return JsonText.write(Map.of(
                "StartAt", "Wait", "States", Map.of("Wait", Map.of("Type", "Wait", "Seconds", seconds, "End", true))));
    }

    AwsConnection connection() {
        return connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build());
    }

    AwaitStateMachine operation() {
        return new AwaitStateMachine(connection());
    }

    static ExecutionRequestBuilder request(String stateMachine) {
        return ExecutionRequest.builder().stateMachine(stateMachine);
    }

    VirtualTime.Run<ExecutionState, ExecutionResult> start(ExecutionRequestBuilder request) {
        runs++;
        RunIdentity run = new RunIdentity("batch/nightly", String.valueOf(runs), "token" + (10000 + runs));
        AwaitStateMachine operation = operation();
        return time.start(operation, operation.begin(request.build(), run));
    }

    VirtualTime.Run<ExecutionState, ExecutionResult> run(ExecutionRequestBuilder request) {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = start(request);
        time.run();
        return run;
    }

    ExecutionResult succeed(ExecutionRequestBuilder request) {
        return run(request).result();
    }

    OperationFailure fail(ExecutionRequestBuilder request) {
        return run(request).failure();
    }

    ExecutionView onlyExecution() {
        List<ExecutionView> executions = aws.states().executions();
        assertThat(executions).hasSize(1);
        return executions.get(0);
    }

    /** A new process: nothing in memory is left. */
    Consumer<VirtualTime.Run<ExecutionState, ExecutionResult>> newProcess() {
        return run -> {
            connections.close();
            connections = new AwsConnections(clock);
            run.operation(operation());
        };
    }

    static ExecutionState throughBytes(ExecutionState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (ExecutionState) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        connections.close();
        aws.close();
    }
}
