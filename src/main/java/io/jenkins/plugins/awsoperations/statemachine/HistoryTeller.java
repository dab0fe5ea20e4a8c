package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines and a table of an execution's events: a line for each state that is entered, retried, caught, failed or finished. What
 * happens within Map and Parallel states is counted, because it may be thousands of states. The order of events is that of
 * "Execution event history" in the Step Functions developer guide.
 */
final class HistoryTeller {

    /** How much of a cause is shown of a state; the failure of the execution shows more. */
    private static final int LONGEST_CAUSE = 300;

    private final HistoryState history;
    private final HistoryLines lines;

    HistoryTeller(HistoryState history, HistoryLines lines) {
        this.history = history;
        this.lines = lines;
    }

    /** Takes the next event. */
    void tell(Event event) {
        take(event);
        history.lastId = event.id();
        history.lastAtMillis = event.at().toEpochMilli();
    }

    private void take(Event event) {
        if (event.type().equals("ExecutionRedriven")) {
            redriven(event);
            return;
        }
        lines.event(event);
        StateRow row = history.open ? history.last() : null;
        if (event.endStatus() != null) {
            ended(event, row);
        } else if (row != null && event.isExited() && row.name.equals(event.name())) {
            exited(event, row);
        } else if (row != null && history.depth > 0) {
            inner(event, row);
        } else if (event.isEntered() && event.name() != null) {
            entered(event, event.name());
        } else if (row != null) {
            within(event, row);
        }
    }

    private void entered(Event event, String name) {
        StateRow before = history.last();
        if (history.open && before != null) {
            if (history.failed && before.name.equals(name)) {
                // A redrive may enter the state anew.
                again(before);
                return;
            }
            close(before, event, Status.SUCCEEDED);
        }
        history.entered++;
        history.open = true;
        history.failed = false;
        history.depth = 0;
        if (history.rows.size() >= HistoryState.MOST_ROWS) {
            history.rows.remove(0);
        }
        history.rows.add(new StateRow(name, event.stateType(), event.at().toEpochMilli()));
        resetCounts();
        if (takesTime(event.stateType())) {
            lines.state(name + " begins");
        }
    }

    /** Something of the open state itself. */
    private void within(Event event, StateRow row) {
        if (event.beginsInner()) {
            if (history.failed) {
                again(row);
            }
            history.depth = 1;
            resetCounts();
        } else if (event.isScheduled()) {
            if (history.failed) {
                again(row);
            }
        } else if (event.isFailure()) {
            failed(event, row);
        } else if (event.failsInner()) {
            // It failed before its work began, as by an expression that could not be evaluated.
            history.innerFailureId = event.id();
        } else if (event.childArn() != null) {
            row.childExecutionArn = event.childArn();
            lines.state(row.name + " started the execution " + event.childArn());
        }
    }

    private void again(StateRow row) {
        row.attempts++;
        history.failed = false;
        lines.state(row.name + " is tried again (try " + row.attempts + ")");
    }

    private void failed(Event event, StateRow row) {
        row.error = event.error();
        row.cause = shown(event.cause());
        history.failed = true;
        lines.state(row.name + " failed" + after(row, event) + OneLine.why(row.error, row.cause, LONGEST_CAUSE));
    }

    /** Something within the open Map or Parallel state. */
    private void inner(Event event, StateRow row) {
        boolean isJustRedriven = history.failed;
        history.failed = false;
        if (event.beginsInner()) {
            if (!isJustRedriven && isRetry(event, row)) {
                failedInside(row, history.lastAtMillis);
                again(row);
                history.depth = 1;
                resetCounts();
            }
        } else if (event.failsInner()) {
            history.innerFailureId = event.id();
        } else if (event.leavesInner()) {
            history.depth = Math.max(1, history.depth - 1);
        } else if (event.type().equals("MapIterationStarted")) {
            history.iterations++;
        } else if (event.type().equals("MapIterationFailed")) {
            history.iterationsFailed++;
        } else if (event.isEntered()) {
            enteredInside(event);
        } else if (event.isFailure()) {
            history.innerErrors++;
            history.innerError = event.error();
            if (event.type().equals("EvaluationFailed")) {
                history.innerFailureId = event.id();
            }
        }
        row.counts = counts(row, "");
    }

    private void enteredInside(Event event) {
        history.innerStates++;
        if (event.entersInner()) {
            history.depth++;
        } else if (event.stateType().equals("Fail")) {
            history.innerErrors++;
            // Its error is told by nothing but the end of the execution.
            history.innerError = null;
        }
    }

    /**
     * Whether the open Map or Parallel state begins its work again. AWS writes that it failed only when nothing is tried again, and
     * the new beginning follows from the event that made it fail; a state within begins after it was entered.
     */
    private boolean isRetry(Event event, StateRow row) {
        boolean isAfterFailureWithin = history.depth == 2 && event.previousId() == history.innerFailureId;
        return event.type().equals(row.type + "StateStarted") && (history.depth == 1 || isAfterFailureWithin);
    }

    private void failedInside(StateRow row, long atMillis) {
        row.error = history.innerError;
        lines.state(row.name + " failed" + after(row, atMillis) + counts(row, ", ")
                + OneLine.why(row.error, null, LONGEST_CAUSE));
    }

    private void exited(Event event, StateRow row) {
        boolean isInner = isInner(row);
        boolean isCaught = history.failed || isInner && event.previousId() == history.innerFailureId;
        if (isCaught && !history.failed) {
            failedInside(row, event.at().toEpochMilli());
        }
        close(row, event, isCaught ? Status.CAUGHT : Status.SUCCEEDED);
        if (isCaught) {
            lines.state(row.name + " is caught" + after(row, event) + counts(row, ", ") + "; the execution goes on");
        } else {
            lines.state(row.name + ": done" + (takesTime(row.type) ? after(row, event) + counts(row, ", ") : ""));
        }
    }

    private void ended(Event event, @Nullable StateRow row) {
        history.ended = true;
        if (row == null) {
            return;
        }
        String status = String.valueOf(event.endStatus());
        boolean isTold = history.failed;
        if (status.equals(Ending.SUCCEEDED)) {
            close(row, event, Status.SUCCEEDED);
            return;
        }
        if (!isTold) {
            row.error = event.error();
            row.cause = shown(event.cause());
        }
        close(row, event, status.equals(Ending.ABORTED) ? Status.ABORTED : Status.FAILED);
        if (!isTold) {
            String what = status.equals(Ending.ABORTED) ? " is aborted" : " failed";
            lines.state(row.name
                    + what
                    + after(row, event)
                    + counts(row, ", ")
                    + OneLine.why(row.error, row.cause, LONGEST_CAUSE));
        }
    }

    /** What had failed goes on; the states before it keep what they did. */
    private void redriven(Event event) {
        history.redrives++;
        history.ended = false;
        lines.event(event);
        lines.state("the execution is redriven (redrive " + history.redrives + ")");
        StateRow row = history.last();
        if (row == null || row.status != Status.FAILED && row.status != Status.ABORTED) {
            return;
        }
        row.status = Status.RUNNING;
        row.idleMillis += event.at().toEpochMilli() - row.endedAtMillis;
        row.endedAtMillis = 0;
        history.open = true;
        history.failed = true;
        if (isInner(row)) {
            again(row);
            history.depth = 1;
            // AWS may or may not write that its work begins again.
            history.failed = true;
        }
    }

    private void close(StateRow row, Event event, Status status) {
        row.endedAtMillis = event.at().toEpochMilli();
        row.status = status;
        history.open = false;
        history.failed = false;
        history.depth = 0;
    }

    private void resetCounts() {
        history.iterations = 0;
        history.iterationsFailed = 0;
        history.innerStates = 0;
        history.innerErrors = 0;
        history.innerError = null;
    }

    /** {@code 400 iterations, 3 failed}; an empty text for a state that counts nothing. */
    private String counts(StateRow row, String before) {
        if (!isInner(row) || history.innerStates == 0 && history.iterations == 0) {
            return "";
        }
        if (row.type.equals("Map") && history.iterations > 0) {
            return before + history.iterations + (history.iterations == 1 ? " iteration" : " iterations") + failures();
        }
        return before + history.innerStates + (history.innerStates == 1 ? " state" : " states") + failures();
    }

    private String failures() {
        if (history.iterationsFailed > 0) {
            return ", " + history.iterationsFailed + " failed";
        }
        return history.innerErrors == 0
                ? ""
                : ", " + history.innerErrors + (history.innerErrors == 1 ? " error" : " errors");
    }

    private @Nullable String shown(@Nullable String cause) {
        return cause == null ? null : OneLine.of(lines.hide(cause), LONGEST_CAUSE);
    }

    private static boolean isInner(StateRow row) {
        return row.type.equals("Map") || row.type.equals("Parallel");
    }

    /** The others pass within milliseconds: one line is enough for them. */
    private static boolean takesTime(String type) {
        return switch (type) {
            case "Pass", "Choice", "Succeed", "Fail" -> false;
            default -> true;
        };
    }

    private static String after(StateRow row, Event event) {
        return after(row, event.at().toEpochMilli());
    }

    private static String after(StateRow row, long atMillis) {
        return " after " + Durations.text(Duration.ofMillis(atMillis - row.startedAtMillis - row.idleMillis));
    }
}
