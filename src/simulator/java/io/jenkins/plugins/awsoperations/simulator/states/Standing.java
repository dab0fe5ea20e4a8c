package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an execution stands from some instant on.
 *
 * @param since that instant
 * @param status its status
 * @param ending how it ended; null while it runs
 * @param redriveCount how often it was redriven
 * @param redrivenAt when it was last; null: never
 * @param before how it stood before; null: it is the first
 */
record Standing(
        Instant since,
        ExecutionStatus status,
        @Nullable Ending ending,
        int redriveCount,
        @Nullable Instant redrivenAt,
        @Nullable Standing before) {

    static Standing started(Instant now) {
        return new Standing(now, ExecutionStatus.RUNNING, null, 0, null, null);
    }

    Standing ended(ExecutionStatus how, Ending newEnding, Instant now) {
        return new Standing(now, how, newEnding, redriveCount, redrivenAt, this);
    }

    Standing redriven(Instant now) {
        return new Standing(now, ExecutionStatus.RUNNING, null, redriveCount + 1, now, this);
    }

    /** How it stands as far as changes until an instant are seen. */
    Standing seen(Instant horizon) {
        Standing seen = this;
        while (seen.before != null && seen.since.isAfter(horizon)) {
            seen = seen.before;
        }
        return seen;
    }

    /**
     * How an execution ended.
     *
     * @param output what it came to, or null
     * @param error name of its error, or null
     * @param cause cause of its error, or null
     */
    record Ending(
            @Nullable String output,
            @Nullable String error,
            @Nullable String cause) {}
}
