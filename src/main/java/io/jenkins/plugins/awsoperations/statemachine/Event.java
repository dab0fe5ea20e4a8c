package io.jenkins.plugins.awsoperations.statemachine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of an execution's history, as far as it is told (Step Functions API reference, HistoryEvent).
 *
 * @param id from 1, in the order in which things happened
 * @param previousId of the event that it follows from
 * @param at when
 * @param type as {@code TaskStateEntered}
 * @param name of the state that was entered or left, or null
 * @param error of what failed, or null
 * @param cause of what failed, or null
 * @param output of the execution, when it succeeded, or null
 * @param childArn the execution that a task started, or null
 */
record Event(
        long id,
        long previousId,
        Instant at,
        String type,
        @Nullable String name,
        @Nullable String error,
        @Nullable String cause,
        @Nullable String output,
        @Nullable String childArn) {

    boolean isEntered() {
        return type.endsWith("StateEntered");
    }

    boolean isExited() {
        return type.endsWith("StateExited");
    }

    /** {@code Task}, {@code Map}, … of a state that is entered or left. */
    String stateType() {
        return type.replaceFirst("State(Entered|Exited)$", "");
    }

    /** Whether a Map or Parallel state begins its work, at first or again. */
    boolean beginsInner() {
        return type.equals("MapStateStarted") || type.equals("ParallelStateStarted");
    }

    /** Whether a Map or Parallel state is entered. */
    boolean entersInner() {
        return type.equals("MapStateEntered") || type.equals("ParallelStateEntered");
    }

    /** Whether a Map or Parallel state is left, or given up because something beside it failed. */
    boolean leavesInner() {
        return switch (type) {
            case "MapStateExited", "ParallelStateExited", "MapStateAborted", "ParallelStateAborted" -> true;
            default -> false;
        };
    }

    /** Whether the work of a Map or Parallel state, or of one within it, failed. */
    boolean failsInner() {
        return type.equals("MapStateFailed") || type.equals("ParallelStateFailed");
    }

    /** Whether a state's work is given to somebody, at first or again. */
    boolean isScheduled() {
        return switch (type) {
            case "TaskScheduled", "LambdaFunctionScheduled", "ActivityScheduled" -> true;
            default -> false;
        };
    }

    /** Whether a state's work failed; the state may go on by its Retry or Catch. */
    boolean isFailure() {
        return switch (type) {
            case "TaskFailed",
                    "TaskTimedOut",
                    "TaskStartFailed",
                    "TaskSubmitFailed",
                    "LambdaFunctionFailed",
                    "LambdaFunctionTimedOut",
                    "LambdaFunctionScheduleFailed",
                    "LambdaFunctionStartFailed",
                    "ActivityFailed",
                    "ActivityTimedOut",
                    "ActivityScheduleFailed",
                    "EvaluationFailed",
                    "MapRunFailed" -> true;
            default -> false;
        };
    }

    /** The status with which the event ends the execution, or null when it goes on. */
    @Nullable
    String endStatus() {
        return switch (type) {
            case "ExecutionSucceeded" -> Ending.SUCCEEDED;
            case "ExecutionFailed" -> Ending.FAILED;
            case "ExecutionTimedOut" -> Ending.TIMED_OUT;
            case "ExecutionAborted" -> Ending.ABORTED;
            default -> null;
        };
    }
}
