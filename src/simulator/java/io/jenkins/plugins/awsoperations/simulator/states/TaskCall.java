package io.jenkins.plugins.awsoperations.simulator.states;

/**
 * A task that starts.
 *
 * @param executionArn of which execution
 * @param executionName its name
 * @param stateName in which state
 * @param resource Resource of the state
 * @param parametersJson what the task is given
 * @param attempt 1 for the first, more for retries; again from 1 after a redrive
 * @param redriveCount how often the execution was redriven
 */
public record TaskCall(
        String executionArn,
        String executionName,
        String stateName,
        String resource,
        String parametersJson,
        int attempt,
        int redriveCount) {}
