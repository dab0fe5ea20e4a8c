package io.jenkins.plugins.awsoperations.simulator.asl;

import org.jspecify.annotations.Nullable;

/** A state fails, with an error name that Retry and Catch may know (Step Functions Developer Guide, "Handling errors"). */
public final class StateFailure extends RuntimeException {

    /** What cannot be processed; neither retried nor caught. */
    public static final String RUNTIME = "States.Runtime";

    /** A task takes too long, or its heartbeat stays away. */
    public static final String TIMEOUT = "States.Timeout";

    private static final long serialVersionUID = 1L;

    private final @Nullable String error;
    private final @Nullable String explanation;

    /**
     * A failure.
     *
     * @param error its name; null: none
     * @param explanation its cause; null: none
     */
    public StateFailure(@Nullable String error, @Nullable String explanation) {
        super(explanation, null, false, false);
        this.error = error;
        this.explanation = explanation;
    }

    /** A failure that nobody can catch. */
    public static StateFailure runtime(String explanation) {
        return new StateFailure(RUNTIME, explanation);
    }

    /** Its name, or null. */
    public @Nullable String error() {
        return error;
    }

    /** Its cause, or null. */
    public @Nullable String explanation() {
        return explanation;
    }
}
