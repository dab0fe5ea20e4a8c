package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import java.time.Instant;

/** What a Task state does by itself, without a script. */
@FunctionalInterface
interface Integration {

    /**
     * Does it, and ends the attempt unless it waits for something.
     *
     * @throws AwsError which fails the task
     */
    void call(Attempt attempt, JsonNode parameters, Instant now);
}
