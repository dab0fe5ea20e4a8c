package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The failed state of a history of which only the end was read. */
class HistoryReaderTest {

    private static Event event(long id, long previousId, String type, @Nullable String name) {
        return new Event(id, previousId, Instant.EPOCH, type, name, null, null, null, null);
    }

    @Test
    void theFailureIsFollowedBackToTheStateThatWasEntered() {
        assertThat(HistoryReader.followedFrom(List.of(
                        event(5001, 4987, "TaskStateExited", "Within"),
                        event(5002, 5001, "MapStateExited", "Each"),
                        event(5003, 5002, "TaskStateEntered", "Job 2"),
                        event(5004, 5003, "TaskScheduled", null),
                        event(5005, 5004, "TaskFailed", null),
                        event(5006, 5005, "ExecutionFailed", null))))
                .isEqualTo(new FailedState("Job 2", false, null));
    }

    @Test
    void aStateWithinAMapIsNotTakenForTheMap() {
        assertThat(HistoryReader.followedFrom(List.of(
                        event(5001, 4000, "TaskStateEntered", "Load"),
                        event(5002, 4001, "TaskStateEntered", "Load"),
                        event(5003, 4500, "TaskFailed", null),
                        event(5004, 5003, "MapStateFailed", null),
                        event(5005, 5004, "ExecutionFailed", null))))
                .isNull();
    }

    @Test
    void whatIsEndedFromOutsideFollowsFromNothing() {
        assertThat(HistoryReader.followedFrom(List.of(
                        event(5001, 4000, "TaskStateEntered", "Load"), event(5002, 0, "ExecutionAborted", null))))
                .isNull();
    }
}
