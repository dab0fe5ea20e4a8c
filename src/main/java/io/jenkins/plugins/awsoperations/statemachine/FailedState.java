package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import org.jspecify.annotations.Nullable;

/**
 * The state in which an execution failed, or stood when it was ended.
 *
 * @param name its name
 * @param isFail whether it is a Fail state: a redrive would enter it and fail again
 * @param caught the last state before it that failed and was caught, as far as is known; null for none
 */
record FailedState(String name, boolean isFail, @Nullable StateRow caught) {

    private static final String FAIL = "Fail";

    /** Null when the execution stood in none when it ended. */
    static @Nullable FailedState in(HistoryState history) {
        StateRow last = history.last();
        if (last == null || last.status == Status.SUCCEEDED || last.status == Status.CAUGHT) {
            return null;
        }
        StateRow caught = null;
        for (StateRow row : history.rows) {
            caught = row.status == Status.CAUGHT ? row : caught;
        }
        return new FailedState(last.name, last.type.equals(FAIL), caught);
    }

    /** As the event says it with which the state was entered. */
    static FailedState entered(Event event) {
        return new FailedState(String.valueOf(event.name()), event.stateType().equals(FAIL), null);
    }

    static @Nullable String name(@Nullable FailedState state) {
        return state == null ? null : state.name;
    }
}
