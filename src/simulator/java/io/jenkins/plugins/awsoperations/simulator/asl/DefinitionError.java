package io.jenkins.plugins.awsoperations.simulator.asl;

/** A text is no definition of a state machine. The message is what AWS would say. */
public final class DefinitionError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private DefinitionError(String message) {
        super(message, null, false, false);
    }

    static DefinitionError schema(String text, String location) {
        return new DefinitionError("SCHEMA_VALIDATION_FAILED: " + text + " at " + location);
    }

    static DefinitionError target(String text, String location) {
        return new DefinitionError("MISSING_TRANSITION_TARGET: " + text + " at " + location);
    }

    static DefinitionError json(String text) {
        return new DefinitionError("INVALID_JSON_DESCRIPTION: " + text);
    }
}
