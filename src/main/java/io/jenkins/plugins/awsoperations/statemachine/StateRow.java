package io.jenkins.plugins.awsoperations.statemachine;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One state of an execution, as a table shows it. A plain class of texts and numbers, because it is kept with a build. */
public final class StateRow implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where the state stands. */
    public enum Status {
        RUNNING,
        SUCCEEDED,
        /** It failed, and the state machine went on as its Catch says. */
        CAUGHT,
        FAILED,
        ABORTED
    }

    final String name;
    final String type;
    final long startedAtMillis;
    long endedAtMillis;
    /** How long the execution had ended meanwhile, until it was redriven. */
    long idleMillis;

    Status status = Status.RUNNING;
    /** From 1; more after a Retry or a redrive. */
    int attempts = 1;

    @Nullable
    String error;

    /** The beginning of the cause. */
    @Nullable
    String cause;

    /** Counts of what a Map or Parallel state did. */
    @Nullable
    String counts;

    /** The last execution that the state started and waited for. */
    @Nullable
    String childExecutionArn;

    StateRow(String name, String type, long startedAtMillis) {
        this.name = name;
        this.type = type;
        this.startedAtMillis = startedAtMillis;
    }

    /** The state's name. */
    public String name() {
        return name;
    }

    /** {@code Task}, {@code Map}, {@code Parallel}, {@code Wait}, … */
    public String type() {
        return type;
    }

    public Status status() {
        return status;
    }

    /** When it was entered, milliseconds since 1970. */
    public long startedAtMillis() {
        return startedAtMillis;
    }

    /** When it was left, milliseconds since 1970; 0 while it runs. */
    public long endedAtMillis() {
        return endedAtMillis;
    }

    /** How long of the time since it was entered nothing ran, because the execution had ended and was redriven later. */
    public long idleMillis() {
        return idleMillis;
    }

    /** How often it was tried. */
    public int attempts() {
        return attempts;
    }

    /** The error of the last try, or null. */
    public @Nullable String error() {
        return error;
    }

    /** The beginning of the cause of the last error, one line; null when there is none. */
    public @Nullable String cause() {
        return cause;
    }

    /** What a Map or Parallel state did, as {@code 400 iterations, 3 failed}; null for other states. */
    public @Nullable String counts() {
        return counts;
    }

    /** The execution that it started and waited for, the last one after a Retry; null for none. */
    public @Nullable String childExecutionArn() {
        return childExecutionArn;
    }

    StateRow copy() {
        StateRow copy = new StateRow(name, type, startedAtMillis);
        copy.endedAtMillis = endedAtMillis;
        copy.idleMillis = idleMillis;
        copy.status = status;
        copy.attempts = attempts;
        copy.error = error;
        copy.cause = cause;
        copy.counts = counts;
        copy.childExecutionArn = childExecutionArn;
        return copy;
    }
}
