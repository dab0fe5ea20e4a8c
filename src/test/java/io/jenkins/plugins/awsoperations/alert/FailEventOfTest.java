package io.jenkins.plugins.awsoperations.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailEventOfTest {

    @ParameterizedTest
    @CsvSource({
        "BUSY, WorkerBusy",
        "REMOTE_FAILED, ExecutionFailed",
        "TIMED_OUT, TimedOut",
        "CONFIGURATION, Configuration",
        "NOT_FOUND, NotFound",
        "ACCESS_DENIED, AccessDenied",
        "CANCELLED, Cancelled",
        "BUG, Bug"
    })
    void theErrorIsTheKindInTheWordsOfJobNetworks(FailureKind kind, String error) {
        assertThat(FailEventOf.error(OperationFailure.of(kind, "m", "r"))).isEqualTo(error);
    }

    @Test
    void theErrorIsAwssCodeWhenThereIsOne() {
        assertThat(FailEventOf.error(
                        OperationFailure.ofAws(FailureKind.BUSY, "m", "r", "SnapshotLimitExceeded", "too many", "id")))
                .isEqualTo("SnapshotLimitExceeded");
        assertThat(FailEventOf.error(OperationFailure.ofAws(FailureKind.BUSY, "m", "r", " ", null, null)))
                .isEqualTo("WorkerBusy");
    }

    @Test
    void theCauseIsTheWholeFailureAndWhatTheCallerAdds() {
        OperationFailure failure = OperationFailure.ofAws(
                FailureKind.ACCESS_DENIED, "ssm:SendCommand on i-1 failed", "Allow it.", "AccessDenied", "no", "req-1");

        FailEventRequest request = FailEventOf.failure(failure, Map.of("commandId", "c-1", "kind", "not mine"))
                .channel("high")
                .build();

        assertThat(request.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(request.error()).isEqualTo("AccessDenied");
        assertThat(request.cause().fit(10_000).json())
                .isEqualTo("{\"message\":\"ssm:SendCommand on i-1 failed\",\"kind\":\"ACCESS_DENIED\","
                        + "\"awsCode\":\"AccessDenied\",\"awsMessage\":\"no\",\"requestId\":\"req-1\","
                        + "\"remedy\":\"Allow it.\",\"commandId\":\"c-1\"}");
    }

    @Test
    void aStateMachinesOwnErrorAndCauseMayStandInstead() {
        FailEventRequest request = FailEventOf.failure(
                        OperationFailure.of(FailureKind.REMOTE_FAILED, "execution failed", "Look."), Map.of())
                .channel("high")
                .error("States.TaskFailed")
                .cause("{\"AutomationExecutionURL\": \"https://example.com\"}")
                .build();

        assertThat(request.error()).isEqualTo("States.TaskFailed");
        assertThat(request.kind()).isEqualTo(FailureKind.REMOTE_FAILED);
        assertThat(request.cause().fit(10_000).json())
                .isEqualTo("{\"AutomationExecutionURL\":\"https://example.com\"}");
    }
}
