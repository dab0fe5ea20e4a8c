package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;

/**
 * A state machine as it is.
 *
 * @param arn its ARN
 * @param name its name
 * @param type {@code STANDARD} or {@code EXPRESS}
 * @param createdAt simulated time of its creation
 * @param running how many of its executions run
 */
public record MachineView(String arn, String name, String type, Instant createdAt, int running) {}
