package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import org.junit.jupiter.api.Test;

/** Lines and rows of events in the order in which AWS writes them. */
class HistoryTellerTest extends ToldHistory {

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
    void aCauseIsCutWhenNothingIsToBeHiddenInItAnyMore() {
        event(0, "TaskStateEntered", "Load")
                .failure(3, "TaskFailed", "Bad", "x".repeat(297) + SECRET + "y")
                .failure(4, "ExecutionFailed", "Bad", "x".repeat(297) + SECRET + "y");

        assertThat(lines).last().asString().endsWith("Bad: " + "x".repeat(297) + "***…");
        assertThat(row(0).cause()).isEqualTo("x".repeat(297) + "***…");
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
                        "Job: done after 24 s");
        assertThat(row(0).idleMillis()).isEqualTo(96_000);
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
