package io.jenkins.plugins.awsoperations.simulator.wire;

/** An error reply of AWS. Codes and texts: Amazon EC2 Developer Guide, "Error codes for the Amazon EC2 API". */
public final class AwsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    /**
     * An error reply.
     *
     * @param code AWS error code
     * @param message text for people
     * @param status HTTP status
     */
    public AwsError(String code, String message, int status) {
        // Thrown thousands of times a second in a benchmark, and never a bug: no stack trace.
        super(message, null, false, false);
        this.code = code;
        this.status = status;
    }

    /** A client error, HTTP status 400. */
    public static AwsError badRequest(String code, String message) {
        return new AwsError(code, message, 400);
    }

    /** InvalidParameterValue. */
    public static AwsError invalidValue(String message) {
        return badRequest("InvalidParameterValue", message);
    }

    /** MissingParameter. */
    public static AwsError missing(String parameter) {
        return badRequest("MissingParameter", "The request must contain the parameter " + parameter);
    }

    /** AWS error code. */
    public String code() {
        return code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }
}
