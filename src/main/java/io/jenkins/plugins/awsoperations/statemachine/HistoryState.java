package io.jenkins.plugins.awsoperations.statemachine;

import java.io.Serializable;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * How far an execution's history was read, and what there was. States outside of Map and Parallel follow one another, so what lies
 * between two of them belongs to the one that is open.
 */
final class HistoryState implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A state machine may run in circles; of what it did, the last states are kept. */
    static final int MOST_ROWS = 200;

    /** The last event that was read; ids begin at 1. */
    long lastId;

    /** When that event was, milliseconds since 1970. */
    long lastAtMillis;

    /** States in the order in which they were entered; the last one may be open. */
    ArrayList<StateRow> rows = new ArrayList<>();

    /** How many states were entered, those that are not kept included. */
    int entered;

    /** Whether the last row's state is open. */
    boolean open;

    /** Whether the execution's end is among what was read. */
    boolean ended;

    /** Whether the open state has failed, and either is retried, caught, or ends the execution. */
    boolean failed;

    /** 0 outside of Map and Parallel states; 1 within one, and more by one for each that is open within it. */
    int depth;

    int iterations;
    int iterationsFailed;
    int innerStates;
    int innerErrors;

    /** The error that was seen last within the open Map or Parallel state. */
    @Nullable
    String innerError;

    /** The event that said last that the open Map or Parallel state, or one within it, failed. */
    long innerFailureId;

    int lines;
    boolean toldLimit;

    /** Lines are not written before this many redrives were seen: what the runs before have told. */
    int mutedRedrives;

    int redrives;

    /** The row of the open state, or of the last one. */
    @Nullable
    StateRow last() {
        return rows.isEmpty() ? null : rows.get(rows.size() - 1);
    }

    HistoryState copy() {
        HistoryState copy = new HistoryState();
        copy.lastId = lastId;
        copy.lastAtMillis = lastAtMillis;
        copy.rows = new ArrayList<>(rows);
        if (!rows.isEmpty()) {
            // Only the last one is ever changed.
            copy.rows.set(rows.size() - 1, rows.get(rows.size() - 1).copy());
        }
        copy.entered = entered;
        copy.open = open;
        copy.ended = ended;
        copy.failed = failed;
        copy.depth = depth;
        copy.iterations = iterations;
        copy.iterationsFailed = iterationsFailed;
        copy.innerStates = innerStates;
        copy.innerErrors = innerErrors;
        copy.innerError = innerError;
        copy.innerFailureId = innerFailureId;
        copy.lines = lines;
        copy.toldLimit = toldLimit;
        copy.mutedRedrives = mutedRedrives;
        copy.redrives = redrives;
        return copy;
    }
}
