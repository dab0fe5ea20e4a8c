package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** RedriveExecution. */
final class Redriving {

    /** Developer Guide, "Redrive eligibility for unsuccessful executions". */
    private static final Duration PERIOD = Duration.ofDays(14);

    private Redriving() {}

    /** Why an execution cannot be redriven, in AWS's words; null when it can. */
    static @Nullable String refusal(Execution execution, ExecutionStatus status, Instant now) {
        if (execution.machine().deleting()) {
            return "State machine is in DELETING status";
        }
        if (!status.redrivable()) {
            return "Execution is " + status + " and cannot be redriven";
        }
        if (execution.history().size() >= History.MAX_EVENTS - 1) {
            return "Execution history event limit exceeded";
        }
        Instant stoppedAt = execution.stoppedAt();
        return stoppedAt != null && stoppedAt.plus(PERIOD).isBefore(now)
                ? "Execution redrivable period exceeded"
                : null;
    }
}
