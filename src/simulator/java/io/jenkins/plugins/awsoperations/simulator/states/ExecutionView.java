package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An execution as it is, without AWS's delay.
 *
 * @param arn its ARN
 * @param name its name
 * @param machineArn ARN of its state machine
 * @param status ExecutionStatus of the API, for example {@code RUNNING}
 * @param input what it was started with
 * @param output what it came to; null unless it succeeded
 * @param error name of its error; null: none
 * @param cause cause of its error; null: none
 * @param startedAt simulated time of its start
 * @param stoppedAt simulated time of its end; null while it runs
 * @param redriveCount how often it was redriven
 */
public record ExecutionView(
        String arn,
        String name,
        String machineArn,
        String status,
        String input,
        @Nullable String output,
        @Nullable String error,
        @Nullable String cause,
        Instant startedAt,
        @Nullable Instant stoppedAt,
        int redriveCount) {}
