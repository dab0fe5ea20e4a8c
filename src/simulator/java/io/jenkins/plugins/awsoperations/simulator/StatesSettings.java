package io.jenkins.plugins.awsoperations.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Step Functions is like. All durations are simulated time.
 *
 * @param consistencyDelay how long an execution cannot be read after its start; default null: as long as
 *     {@link SimulatorSettings#consistencyDelay}
 * @param statusDelay how long DescribeExecution and ListExecutions show the status before a change of it; default 500 ms
 *     (API reference of DescribeExecution: "eventually consistent")
 * @param openExecutionLimit executions that may run at once; default 1,000,000 (Developer Guide, "Service quotas")
 */
public record StatesSettings(@Nullable Duration consistencyDelay, Duration statusDelay, int openExecutionLimit) {

    /** Checks that the numbers make sense. */
    public StatesSettings {
        if (statusDelay.isNegative() || openExecutionLimit < 1) {
            throw new IllegalArgumentException(
                    "no settings: status delay " + statusDelay + ", limit " + openExecutionLimit);
        }
    }
}
