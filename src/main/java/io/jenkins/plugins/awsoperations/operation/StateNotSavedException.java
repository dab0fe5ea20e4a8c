package io.jenkins.plugins.awsoperations.operation;

/** The state could not be written away, so what it announces must not be done. */
public final class StateNotSavedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StateNotSavedException(RuntimeException cause) {
        super("the state of the operation could not be saved: " + cause.getMessage(), cause);
    }
}
