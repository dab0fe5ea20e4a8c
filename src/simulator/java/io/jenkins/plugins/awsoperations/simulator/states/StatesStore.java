package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** State machines and executions. Guarded by the simulator's lock. */
final class StatesStore {

    /** How long an execution is known after its end, and its name taken (API reference, StartExecution). */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final SplittableRandom ids;
    private final Map<String, StateMachine> machines = new LinkedHashMap<>();
    private final Map<String, Execution> executions = new HashMap<>();
    private final List<Execution> inOrder = new ArrayList<>();

    StatesStore(long seed) {
        // Another sequence than that of the request ids.
        this.ids = new SplittableRandom(seed * 31 + "states".hashCode());
    }

    String newId() {
        return new UUID(ids.nextLong(), ids.nextLong()).toString();
    }

    /** A number from 0 up to a bound. */
    int draw(int bound) {
        return ids.nextInt(bound);
    }

    void add(StateMachine machine) {
        machines.put(machine.arn(), machine);
    }

    /** Removes a state machine that is being deleted, once nothing of it runs any more. */
    void forgetDeleted(StateMachine machine) {
        if (machine.deleting() && machine.running() == 0) {
            machines.remove(machine.arn());
        }
    }

    /** All state machines, oldest first. */
    List<StateMachine> machines() {
        return new ArrayList<>(machines.values());
    }

    @Nullable
    StateMachine machine(String arn) {
        return machines.get(arn);
    }

    /** How many executions there have been. */
    int count() {
        return inOrder.size();
    }

    void add(Execution execution) {
        executions.put(execution.arn(), execution);
        inOrder.add(execution);
        execution.machine().executions().add(execution);
        execution.machine().runningChanged(1);
    }

    /** How many executions run, of all state machines. */
    int running() {
        return machines.values().stream().mapToInt(StateMachine::running).sum();
    }

    /** All executions, oldest first. */
    List<Execution> executions() {
        return inOrder;
    }

    /** An execution that AWS still knows. */
    @Nullable
    Execution execution(String arn, Instant now) {
        Execution execution = executions.get(arn);
        return execution == null || forgotten(execution, now) ? null : execution;
    }

    static boolean forgotten(Execution execution, Instant now) {
        Instant stoppedAt = execution.stoppedAt();
        return stoppedAt != null && stoppedAt.plus(REMEMBERED).isBefore(now);
    }
}
