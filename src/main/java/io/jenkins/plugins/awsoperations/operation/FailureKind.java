package io.jenkins.plugins.awsoperations.operation;

/** What sort of thing went wrong, and so who can mend it and whether trying again helps. */
public enum FailureKind {
    /** The request is wrong; nothing was written to AWS. The author of the job mends it. */
    CONFIGURATION,
    /** What was asked for does not exist (any more). */
    NOT_FOUND,
    /** AWS refused: a permission, a policy or the credentials. */
    ACCESS_DENIED,
    /** Something else works on the same resource. */
    CONFLICT,
    /** A quota or a limit of concurrent work is reached; later it may succeed. */
    BUSY,
    /** AWS took the order and what it ran failed. */
    REMOTE_FAILED,
    /** It did not end in the time that the request allows. */
    TIMED_OUT,
    /** A person or the build system stopped it. */
    CANCELLED,
    /** AWS or the network did not answer as it should; later it may succeed. */
    UNAVAILABLE,
    /** A fault of this program. */
    BUG;

    /** Whether the same request may succeed later without anybody mending anything. */
    public boolean isTransient() {
        return this == CONFLICT || this == BUSY || this == UNAVAILABLE;
    }
}
