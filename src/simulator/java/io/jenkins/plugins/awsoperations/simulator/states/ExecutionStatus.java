package io.jenkins.plugins.awsoperations.simulator.states;

/** The statuses of an execution, as the API writes them. The simulator never has one PENDING_REDRIVE. */
enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED,
    PENDING_REDRIVE;

    boolean redrivable() {
        return this == FAILED || this == TIMED_OUT || this == ABORTED;
    }
}
