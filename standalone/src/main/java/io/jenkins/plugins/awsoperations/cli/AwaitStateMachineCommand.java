package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.statemachine.AwaitStateMachine;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionResult;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState;
import io.jenkins.plugins.awsoperations.statemachine.StateRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code await-state-machine}: starts an execution of a state machine, or follows one, until its end. */
@Command(
        name = "await-state-machine",
        description = {
            "Starts an execution of a Step Functions state machine, tells its states, and waits for its end.",
            "With --execution-arn it starts nothing and follows what was started elsewhere. Ctrl-C stops the execution,"
                    + " and AWS keeps who did it; --on-abort DETACH lets it go on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:SUCCEEDED, or an error of --unstable-error",
            "1:FAILED, TIMED_OUT, stopped by somebody else, or it could not be started or followed",
            "2:bad input; nothing was started",
            "75:a quota is used up; try again later",
            "130:interrupted (Ctrl-C)"
        })
final class AwaitStateMachineCommand extends OperationCommand<ExecutionRequest, ExecutionState, ExecutionResult> {

    @Mixin
    ExecutionOptions execution = new ExecutionOptions();

    @Mixin
    RunOptions run = new RunOptions();

    @Override
    RunOptions run() {
        return run;
    }

    @Override
    ExecutionRequest request() {
        return execution.request();
    }

    @Override
    Operation<ExecutionRequest, ExecutionState, ExecutionResult> operation(AwsConnection aws) {
        return new AwaitStateMachine(aws);
    }

    @Override
    Class<ExecutionResult> resultType() {
        return ExecutionResult.class;
    }

    /** The result with its states. {@code error} is the failure, as with every command, so the execution's own is {@code executionError}. */
    @Override
    Map<String, Object> map(ExecutionResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        result.toMap().forEach((name, value) -> map.put(name.equals("error") ? "executionError" : name, value));
        map.put("statesEntered", result.statesEntered());
        map.put(
                "states",
                result.states().stream().map(AwaitStateMachineCommand::state).toList());
        return map;
    }

    private static Map<String, Object> state(StateRow row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", row.name());
        map.put("type", row.type());
        map.put("status", row.status().name());
        map.put("startedAt", time(row.startedAtMillis()));
        map.put("endedAt", row.endedAtMillis() == 0 ? null : time(row.endedAtMillis()));
        map.put("attempts", row.attempts());
        map.put("error", row.error());
        map.put("cause", row.cause());
        map.put("counts", row.counts());
        map.put("childExecutionArn", row.childExecutionArn());
        return map;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    @Override
    @Nullable
    String unstableReason(ExecutionResult result) {
        return result.unstableReason();
    }

    @Override
    EventDetails eventDetails(@Nullable ExecutionResult result) {
        return result == null
                ? EventDetails.none()
                : EventDetails.ofResult(result.toMap()).inWordsOf(result.error(), result.cause());
    }

    @Override
    int exitCode(OperationException failed, @Nullable ExecutionResult result, boolean interrupted) {
        FailureKind kind = failed.failure().kind();
        if (kind == FailureKind.BUSY) {
            return AwsOperations.TRY_LATER;
        }
        // What somebody else has stopped has failed; who calls this has not interrupted it.
        return kind == FailureKind.CANCELLED && !interrupted ? ExitCode.SOFTWARE : AwsOperations.exitCode(kind);
    }
}
