package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import org.junit.jupiter.api.Test;

/** What happens within Map and Parallel states, in the order in which AWS writes it. */
class HistoryTellerWithinTest extends ToldHistory {

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
}
