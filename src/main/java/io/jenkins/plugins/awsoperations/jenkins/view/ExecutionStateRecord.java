package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.statemachine.StateRow;

/** One state of an execution as it is kept with a build: texts and numbers, because it is written to build.xml. */
final class ExecutionStateRecord {

    /** Characters of a cause. The log has some more. */
    private static final int LONGEST_CAUSE = 200;

    private final String name;
    private final String type;
    private final String status;
    private final long startedAt;
    private final long endedAt;
    private final long idle;
    private final int attempts;
    private final String error;
    private final String cause;
    private final String counts;
    private final String childArn;

    ExecutionStateRecord(StateRow row, KeptText kept) {
        this.name = kept.whole(row.name());
        this.type = row.type();
        this.status = row.status().name();
        this.startedAt = row.startedAtMillis();
        this.endedAt = row.endedAtMillis();
        this.idle = row.idleMillis();
        this.attempts = row.attempts();
        this.error = kept.whole(row.error());
        this.cause = kept.beginning(row.cause(), LONGEST_CAUSE);
        this.counts = row.counts();
        this.childArn = row.childExecutionArn();
    }

    @NonNull
    String getName() {
        return Util.fixNull(name);
    }

    /** {@code Task}, {@code Map}, … */
    @NonNull
    String getType() {
        return Util.fixNull(type);
    }

    /** Where it stood when it was last seen; null for what this version does not know. */
    @CheckForNull
    StateRow.Status status() {
        for (StateRow.Status one : StateRow.Status.values()) {
            if (one.name().equals(status)) {
                return one;
            }
        }
        return null;
    }

    /** When it was entered, milliseconds since 1970; 0 when that is not known. */
    long getStartedAt() {
        return startedAt;
    }

    /** When it was left, milliseconds since 1970; 0 when it was not seen to end. */
    long getEndedAt() {
        return endedAt;
    }

    /** How long of that nothing ran, because the execution had ended and was redriven later, in milliseconds. */
    long getIdle() {
        return idle;
    }

    int getAttempts() {
        return attempts;
    }

    /** The error of the last try with the beginning of its cause, or null. */
    @CheckForNull
    String getReason() {
        return KeptText.reason(error, cause);
    }

    /** What a Map or Parallel state did, or null. */
    @CheckForNull
    String getCounts() {
        return counts;
    }

    /** The execution that it started and waited for, or null. */
    @CheckForNull
    String getChildArn() {
        return childArn;
    }
}
