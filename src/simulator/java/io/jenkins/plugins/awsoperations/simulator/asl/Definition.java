package io.jenkins.plugins.awsoperations.simulator.asl;

import org.jspecify.annotations.Nullable;

/**
 * What a state machine does.
 *
 * @param flow its states
 * @param timeoutSeconds after which an execution has timed out; null: a year
 */
public record Definition(Flow flow, @Nullable Long timeoutSeconds) {

    /**
     * Reads a definition in the Amazon States Language.
     *
     * @throws DefinitionError when it is none
     */
    public static Definition read(String json) {
        return DefinitionReader.read(json);
    }
}
