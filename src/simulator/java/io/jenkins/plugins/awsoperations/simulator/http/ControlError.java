package io.jenkins.plugins.awsoperations.simulator.http;

/** A request to the control plane that is refused. */
final class ControlError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ControlError(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
