package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.aws.SimulatedWorld;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A simulator by virtual time with state machines in it, and an engine that talks to it through the real SDK. */
final class ExecutionWorld extends SimulatedWorld<ExecutionRequestBuilder, ExecutionState, ExecutionResult> {

    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    /** Three jobs, one after the other; the first error ends it. */
    static final String JOBS = JsonText.write(Map.of(
            "StartAt", "Job 1", "States", Map.of("Job 1", job("Job 2"), "Job 2", job("Job 3"), "Job 3", job(null))));

    ExecutionWorld() {
        this(SimulatorSettings.defaults());
    }

    ExecutionWorld(SimulatorSettings settings) {
        super(START, 20261123, settings);
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

    @Override
    protected AwaitStateMachine operation() {
        return new AwaitStateMachine(connection());
    }

    static ExecutionRequestBuilder request(String stateMachine) {
        return ExecutionRequest.builder().stateMachine(stateMachine);
    }

    @Override
    protected VirtualTime.Run<ExecutionState, ExecutionResult> start(ExecutionRequestBuilder request) {
        AwaitStateMachine operation = operation();
        return time.start(operation, operation.begin(request.build(), nextRun("batch/nightly")));
    }

    ExecutionView onlyExecution() {
        List<ExecutionView> executions = aws.states().executions();
        assertThat(executions).hasSize(1);
        return executions.get(0);
    }
}
