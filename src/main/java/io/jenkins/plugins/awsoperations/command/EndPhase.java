package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.command.CommandState.Phase;
import io.jenkins.plugins.awsoperations.command.Step.Done;
import io.jenkins.plugins.awsoperations.command.Step.Fail;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the end of a command means: success, another try, another worker, or a failure. */
final class EndPhase {

    /** So much of the last line of standard error goes into the failure's message. */
    private static final int LONGEST_HINT = 300;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

    private EndPhase() {}

    static Step end(Turn turn) {
        CommandState state = turn.state;
        Invocation ended = ended(state);
        CommandStatus status = ended.status();
        if (status == CommandStatus.DELIVERY_TIMED_OUT || status.isForAnotherWorker()) {
            turn.slots()
                    .quarantine(
                            String.valueOf(state.instanceId),
                            "did not take a command (" + ended.details() + ")",
                            turn.now());
        }
        if (status.isForAnotherWorker()) {
            turn.tell("AWS proves that nothing ran (" + ended.details() + "): " + status.meaning()
                    + "; it is left out for ten minutes");
            state.refused.put(String.valueOf(state.instanceId), "did not take a command (" + ended.details() + ")");
            state.chooseAgain();
            return Step.GO_ON;
        }
        Integer exitCode = ended.exitCode();
        if (status == CommandStatus.FAILED && exitCode != null && exitCode != 0) {
            return exitCode(turn, exitCode);
        }
        if (status != CommandStatus.SUCCESS) {
            return new Fail(failure(turn, ended));
        }
        tellEnd(turn, "done");
        return done(turn, null);
    }

    private static Invocation ended(CommandState state) {
        Invocation ended = state.ended;
        if (ended == null) {
            throw new IllegalStateException("the command has not ended");
        }
        return ended;
    }

    private static Step exitCode(Turn turn, int exitCode) {
        CommandState state = turn.state;
        CommandRequest request = turn.request;
        if (request.retryExitCodes().contains(exitCode) && state.attempt <= request.retries()) {
            state.attempt++;
            state.busyWaits = 0;
            Duration delay = Duration.ofSeconds(request.retryDelaySeconds());
            tellEnd(turn, "exit code " + exitCode + ", which is worth a retry; runs again in " + Durations.text(delay));
            state.chooseAgain();
            state.phase = Phase.RETRYING;
            return new Wait(turn.now().plus(delay), "waits for try " + state.attempt);
        }
        tellEnd(turn, "exit code " + exitCode);
        if (request.returnStatus()) {
            return done(turn, null);
        }
        if (request.unstableExitCodes().contains(exitCode)) {
            return done(turn, "exit code " + exitCode + " of '" + state.title() + "' on " + state.worker());
        }
        return new Fail(failure(turn, ended(state)));
    }

    private static Step done(Turn turn, @Nullable String unstableReason) {
        if (!turn.request.returnStdout()) {
            return new Done(new CommandResult(turn.state, unstableReason, null));
        }
        Optional<String> stdout = CompleteStdout.read(turn);
        if (stdout.isEmpty()) {
            return new Wait(turn.now().plus(LOOK_AGAIN), "fetches the output");
        }
        return new Done(new CommandResult(turn.state, unstableReason, stdout.get()));
    }

    /** The last block of the log: what it came to, how long it took, where to see it. */
    private static void tellEnd(Turn turn, String what) {
        CommandState state = turn.state;
        if (state.output.toldEnd) {
            return;
        }
        state.output.toldEnd = true;
        Invocation ended = ended(state);
        String ran = ran(ended).map(d -> " after " + Durations.text(d)).orElse("");
        String where = state.outputUrl() == null ? "" : "; output: " + state.outputUrl();
        turn.tell(what + ran + where);
    }

    private static Optional<Duration> ran(Invocation ended) {
        if (ended.startedAt() == null || ended.endedAt() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.between(instant(ended.startedAt()), instant(ended.endedAt())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** The failure for a command that did not end well. */
    static OperationFailure failure(Turn turn, Invocation ended) {
        CommandState state = turn.state;
        CommandStatus status = ended.status();
        String command = "command " + state.commandId + " on " + state.worker();
        if (status == CommandStatus.FAILED) {
            Integer exitCode = ended.exitCode();
            String code = exitCode == null ? "failed without an exit code" : "failed with exit code " + exitCode;
            return OperationFailure.ofAws(
                    FailureKind.REMOTE_FAILED,
                    command + " " + code + lastWords(turn, ended),
                    status.remedy(),
                    null,
                    null,
                    null);
        }
        return OperationFailure.ofAws(
                status.kind(), command + ": " + status.meaning(), status.remedy(), status.awsName(), null, null);
    }

    private static String lastWords(Turn turn, Invocation ended) {
        return ended.stderr()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("failed to run commands"))
                .reduce((first, second) -> second)
                .map(line -> ": " + ShortText.of(line, LONGEST_HINT, turn::hide))
                .orElse("");
    }
}
