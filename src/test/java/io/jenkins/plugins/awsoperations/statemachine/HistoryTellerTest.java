package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines and rows of events in the order in which AWS writes them. */
class HistoryTellerTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private HistoryState history = new HistoryState();

    private HistoryTellerTest event(int second, String type, @Nullable String name) {
        return event(second, type, name, null, null, null);
    }

    private HistoryTellerTest failure(int second, String type, String error, String cause) {
        return event(second, type, null, error, cause, null);
    }

    private HistoryTellerTest event(
            int second,
            String type,
            @Nullable String name,
            @Nullable String error,
            @Nullable String cause,
            @Nullable String childArn) {
        return event(events.size(), second, type, name, error, cause, childArn);
    }

    /** An event that follows from another one than the last. */
    private HistoryTellerTest after(long previousId, int second, String type, @Nullable String name) {
        return event(previousId, second, type, name, null, null, null);
    }

    private HistoryTellerTest event(
            long previousId,
            int second,
            String type,
            @Nullable String name,
            @Nullable String error,
            @Nullable String cause,
            @Nullable String childArn) {
        long id = events.size() + 1L;
        Event event = new Event(id, previousId, START.plusSeconds(second), type, name, error, cause, null, childArn);
        events.add(event);
        new HistoryTeller(history, new HistoryLines() {
                    @Override
                    public void state(String text) {
                        lines.add(text);
                    }

                    @Override
                    public void event(Event raw) {
                        // only for history: ALL
                    }
                })
                .tell(event);
        // Between any two events the run may be put down.
        history = history.copy();
        return this;
    }

    private StateRow row(int index) {
        return history.rows.get(index);
    }

    private @Nullable String failedState() {
        return new HistoryTeller(history, HistoryLines.SILENT).failedState();
    }

    @Test
    void aTaskIsALineWhenItBeginsAndOneWhenItIsDone() {
        event(0, "ExecutionStarted", null)
                .event(0, "TaskStateEntered", "Job 1")
                .event(0, "TaskScheduled", null)
                .event(0, "TaskStarted", null)
                .event(20, "TaskSucceeded", null)
                .event(20, "TaskStateExited", "Job 1")
                .event(20, "ExecutionSucceeded", null);

        assertThat(lines).containsExactly("Job 1 begins", "Job 1: done after 20 s");
        assertThat(row(0).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(row(0).endedAtMillis() - row(0).startedAtMillis()).isEqualTo(20_000);
        assertThat(failedState()).isNull();
    }

    @Test
    void aRetryIsTheSameRowAndAnotherTry() {
        event(0, "TaskStateEntered", "Load")
                .event(0, "LambdaFunctionScheduled", null)
                .failure(3, "LambdaFunctionFailed", "Lambda.TooManyRequestsException", "slow\ndown")
                .event(5, "LambdaFunctionScheduled", null)
                .event(9, "LambdaFunctionSucceeded", null)
                .event(9, "TaskStateExited", "Load");

        assertThat(lines)
                .containsExactly(
                        "Load begins",
                        "Load failed after 3 s: Lambda.TooManyRequestsException: slow down",
                        "Load is tried again (try 2)",
                        "Load: done after 9 s");
        assertThat(row(0).attempts()).isEqualTo(2);
        assertThat(row(0).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(history.rows).hasSize(1);
    }

    @Test
    void theSeedsJobNetworkEndsInItsFailState() {
        event(0, "TaskStateEntered", "Job 2")
                .event(0, "TaskScheduled", null)
                .event(1, "TaskSubmitted", null, null, null, "arn:aws:states:ap-northeast-1:1:execution:RunJob:x")
                .failure(6, "TaskFailed", "ExecutionFailed", "{\"exitCode\": 1}")
                .event(6, "TaskStateExited", "Job 2")
                .event(6, "TaskStateEntered", "Send fail event")
                .event(6, "TaskScheduled", null)
                .event(8, "TaskSucceeded", null)
                .event(8, "TaskStateExited", "Send fail event")
                .event(8, "FailStateEntered", "Fail")
                .event(8, "ExecutionFailed", null);

        assertThat(lines)
                .containsExactly(
                        "Job 2 begins",
                        "Job 2 started the execution arn:aws:states:ap-northeast-1:1:execution:RunJob:x",
                        "Job 2 failed after 6 s: ExecutionFailed: {\"exitCode\": 1}",
                        "Job 2 is caught after 6 s; the execution goes on",
                        "Send fail event begins",
                        "Send fail event: done after 2 s",
                        "Fail failed after 0 s");
        assertThat(row(0).status()).isEqualTo(Status.CAUGHT);
        assertThat(row(0).error()).isEqualTo("ExecutionFailed");
        assertThat(row(0).childExecutionArn()).endsWith("RunJob:x");
        assertThat(failedState()).isEqualTo("Fail");
    }

    @Test
    void anErrorThatNobodyCatchesEndsTheExecutionInItsState() {
        event(0, "TaskStateEntered", "Job")
                .event(0, "TaskScheduled", null)
                .failure(4, "TaskTimedOut", "States.Timeout", "")
                .failure(4, "ExecutionFailed", "States.Timeout", "");

        assertThat(lines).containsExactly("Job begins", "Job failed after 4 s: States.Timeout");
        assertThat(row(0).status()).isEqualTo(Status.FAILED);
        assertThat(failedState()).isEqualTo("Job");
    }

    @Test
    void whatIsWithinAMapIsCounted() {
        event(0, "MapStateEntered", "Each").event(0, "MapStateStarted", null);
        for (int i = 0; i < 400; i++) {
            event(i, "MapIterationStarted", "Each");
            event(i, "TaskStateEntered", "Load");
            event(i, "TaskScheduled", null);
            if (i < 3) {
                failure(i, "TaskFailed", "Oops", "no");
                event(i, "MapIterationFailed", "Each");
            } else {
                event(i, "TaskStateExited", "Load");
                event(i, "MapIterationSucceeded", "Each");
            }
        }
        event(400, "MapStateSucceeded", null)
                .event(400, "MapStateExited", "Each")
                .event(400, "PassStateEntered", "After")
                .event(400, "PassStateExited", "After");

        assertThat(lines)
                .containsExactly("Each begins", "Each: done after 6 min 40 s, 400 iterations, 3 failed", "After: done");
        assertThat(row(0).counts()).isEqualTo("400 iterations, 3 failed");
        assertThat(history.rows).extracting(StateRow::name).containsExactly("Each", "After");
    }

    @Test
    void aParallelStateThatFailsAndIsRetriedAndCaughtSaysSo() {
        event(0, "ParallelStateEntered", "Both")
                .event(0, "ParallelStateStarted", null)
                .event(0, "TaskStateEntered", "Left")
                .event(0, "MapStateEntered", "Inner")
                .event(0, "MapStateStarted", null)
                .failure(2, "TaskFailed", "Oops", "no")
                .event(2, "MapStateFailed", null)
                .event(2, "MapStateExited", "Inner")
                .failure(3, "TaskFailed", "Worse", "no")
                .event(3, "ParallelStateFailed", null)
                .event(4, "ParallelStateStarted", null)
                .event(4, "TaskStateEntered", "Left")
                .failure(5, "TaskFailed", "Worst", "no")
                .event(5, "ParallelStateFailed", null)
                .event(5, "ParallelStateExited", "Both");

        assertThat(lines)
                .containsExactly(
                        "Both begins",
                        "Both failed after 3 s, 2 states, 2 errors: Worse",
                        "Both is tried again (try 2)",
                        "Both failed after 5 s, 1 state, 1 error: Worst",
                        "Both is caught after 5 s, 1 state, 1 error; the execution goes on");
        assertThat(row(0).status()).isEqualTo(Status.CAUGHT);
        assertThat(row(0).attempts()).isEqualTo(2);
        assertThat(history.rows).hasSize(1);
    }

    @Test
    void aRetryOfAMapIsTheBeginningThatFollowsFromAFailure() {
        // AWS writes MapStateFailed only when nothing is tried again.
        event(0, "MapStateEntered", "Each")
                .event(0, "MapStateStarted", null)
                .event(0, "MapIterationStarted", "Each")
                .event(0, "TaskStateEntered", "Load")
                .failure(2, "TaskFailed", "Oops", "no")
                .after(5, 2, "MapIterationFailed", "Each")
                .after(5, 4, "MapStateStarted", null)
                .event(4, "MapIterationStarted", "Each")
                .event(4, "FailStateEntered", "Give up")
                .after(9, 5, "MapIterationFailed", "Each")
                .after(9, 5, "MapStateFailed", null)
                .failure(5, "ExecutionFailed", "GivenUp", "really");

        assertThat(lines)
                .containsExactly(
                        "Each begins",
                        "Each failed after 2 s, 1 iteration, 1 failed: Oops",
                        "Each is tried again (try 2)",
                        "Each failed after 5 s, 1 iteration, 1 failed: GivenUp: really");
        assertThat(row(0).attempts()).isEqualTo(2);
        assertThat(row(0).error()).isEqualTo("GivenUp");
        assertThat(row(0).counts()).isEqualTo("1 iteration, 1 failed");
        assertThat(failedState()).isEqualTo("Each");
    }

    @Test
    void aRetryWithinAMapIsNoneOfTheMap() {
        event(0, "MapStateEntered", "Each")
                .event(0, "MapStateStarted", null)
                .event(0, "MapIterationStarted", "Each")
                .event(0, "MapStateEntered", "Inner")
                .event(0, "MapStateStarted", null)
                .event(0, "MapIterationStarted", "Inner")
                .event(0, "TaskStateEntered", "Load")
                .failure(1, "TaskFailed", "Oops", "no")
                .after(8, 1, "MapIterationFailed", "Inner")
                .after(8, 2, "MapStateStarted", null)
                .event(2, "MapStateFailed", null);
        assertThat(lines).containsExactly("Each begins");

        after(11, 2, "MapIterationFailed", "Each")
                .after(11, 3, "MapStateStarted", null)
                .event(3, "MapIterationStarted", "Each")
                .event(4, "MapIterationSucceeded", "Each")
                .event(4, "MapStateSucceeded", null)
                .event(4, "MapStateExited", "Each");

        assertThat(lines)
                .containsExactly(
                        "Each begins",
                        "Each failed after 2 s, 2 iterations, 2 failed: Oops",
                        "Each is tried again (try 2)",
                        "Each: done after 4 s, 1 iteration");
        assertThat(row(0).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aMapWhoseItemsCannotBeEvaluatedAndThatIsCaughtSaysSo() {
        event(0, "MapStateEntered", "Each")
                .failure(1, "EvaluationFailed", "States.QueryEvaluationError", "no array")
                .event(1, "MapStateFailed", null)
                .event(1, "MapStateExited", "Each");

        assertThat(lines)
                .containsExactly(
                        "Each begins",
                        "Each failed after 1 s: States.QueryEvaluationError: no array",
                        "Each is caught after 1 s; the execution goes on");
        assertThat(row(0).status()).isEqualTo(Status.CAUGHT);
    }

    @Test
    void aMapRunThatFailsAndIsCaughtSaysSo() {
        event(0, "MapStateEntered", "Each")
                .event(0, "MapStateStarted", null)
                .event(0, "MapRunStarted", null)
                .failure(3, "MapRunFailed", "States.ItemReaderFailed", "no such key")
                .event(3, "MapStateFailed", null)
                .event(3, "MapStateExited", "Each");

        assertThat(row(0).status()).isEqualTo(Status.CAUGHT);
        assertThat(row(0).error()).isEqualTo("States.ItemReaderFailed");
    }

    @Test
    void aRedrivenMapIsOneMoreTryWhetherOrNotItSaysThatItBegins() {
        event(0, "MapStateEntered", "Each")
                .event(0, "MapStateStarted", null)
                .event(0, "MapIterationStarted", "Each")
                .after(3, 1, "MapStateFailed", null)
                .failure(1, "ExecutionFailed", "Oops", "no")
                .event(100, "ExecutionRedriven", null)
                .event(100, "MapStateStarted", null)
                .event(100, "MapIterationStarted", "Each")
                .event(101, "MapStateSucceeded", null)
                .event(101, "MapStateExited", "Each");

        assertThat(row(0).attempts()).isEqualTo(2);
        assertThat(row(0).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aNestedFailureThatIsCaughtInsideLeavesTheParallelStateDone() {
        event(0, "ParallelStateEntered", "Both")
                .event(0, "ParallelStateStarted", null)
                .event(0, "MapStateEntered", "Inner")
                .event(0, "MapStateStarted", null)
                .failure(2, "TaskFailed", "Oops", "no")
                .event(2, "MapStateFailed", null)
                .event(2, "MapStateExited", "Inner")
                .event(3, "ParallelStateSucceeded", null)
                .event(3, "ParallelStateExited", "Both");

        assertThat(row(0).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(lines.get(1)).isEqualTo("Both: done after 3 s, 1 state, 1 error");
    }

    @Test
    void anExecutionThatIsAbortedWithinAMapLeavesNothingOpen() {
        event(0, "MapStateEntered", "Each")
                .event(0, "MapStateStarted", null)
                .event(0, "MapIterationStarted", "Each")
                .failure(9, "ExecutionAborted", "Console", "by bob");

        assertThat(row(0).status()).isEqualTo(Status.ABORTED);
        assertThat(lines.get(1)).isEqualTo("Each is aborted after 9 s, 1 iteration: Console: by bob");
        assertThat(failedState()).isEqualTo("Each");
    }

    @Test
    void aRedriveGoesOnInTheStateThatFailed() {
        event(0, "TaskStateEntered", "Job")
                .event(0, "TaskScheduled", null)
                .failure(4, "TaskFailed", "Oops", "no")
                .failure(4, "ExecutionFailed", "Oops", "no")
                .event(100, "ExecutionRedriven", null)
                .event(100, "TaskScheduled", null)
                .event(120, "TaskStateExited", "Job")
                .event(120, "ExecutionSucceeded", null);

        assertThat(lines)
                .containsExactly(
                        "Job begins",
                        "Job failed after 4 s: Oops: no",
                        "the execution is redriven (redrive 1)",
                        "Job is tried again (try 2)",
                        "Job: done after 2 min");
        assertThat(history.rows).hasSize(1);
        assertThat(row(0).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aStateMachineThatRunsInCirclesKeepsItsLastStates() {
        for (int i = 0; i < 5000; i++) {
            event(i, "WaitStateEntered", "Round " + i).event(i + 1, "WaitStateExited", "Round " + i);
        }

        assertThat(history.rows).hasSize(HistoryState.MOST_ROWS);
        assertThat(history.entered).isEqualTo(5000);
        assertThat(row(HistoryState.MOST_ROWS - 1).name()).isEqualTo("Round 4999");
    }
}
