package io.jenkins.plugins.awsoperations.simulator.states;

/**
 * A task that waits for its token.
 *
 * @param executionArn of which execution
 * @param stateName in which state
 * @param token the token
 */
public record WaitingTask(String executionArn, String stateName, String token) {}
