package io.jenkins.plugins.awsoperations.statemachine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an execution stands or has ended, as AWS tells it.
 *
 * @param status RUNNING, PENDING_REDRIVE, SUCCEEDED, FAILED, TIMED_OUT or ABORTED
 * @param output JSON, when it succeeded
 * @param error the error's name, when it did not
 * @param cause its cause, when AWS has one
 * @param startedAt when it began, if it is known
 * @param stoppedAt when it ended
 * @param redriveCount how often it was redriven
 */
record Ending(
        String status,
        @Nullable String output,
        @Nullable String error,
        @Nullable String cause,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        int redriveCount) {

    static final String SUCCEEDED = "SUCCEEDED";
    static final String FAILED = "FAILED";
    static final String TIMED_OUT = "TIMED_OUT";
    static final String ABORTED = "ABORTED";

    boolean isOver() {
        return switch (status) {
            case SUCCEEDED, FAILED, TIMED_OUT, ABORTED -> true;
            // PENDING_REDRIVE, and whatever AWS may add, is not the end.
            default -> false;
        };
    }

    Ending withCause(String newCause) {
        return new Ending(status, output, error, newCause, startedAt, stoppedAt, redriveCount);
    }

    boolean isSuccess() {
        return status.equals(SUCCEEDED);
    }
}
