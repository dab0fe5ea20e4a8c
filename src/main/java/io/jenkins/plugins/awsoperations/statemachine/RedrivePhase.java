package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionCalls.Description;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState.Phase;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Continues the execution that the run before has left failed, from the state in which it failed, or finds out why that cannot be
 * done, and then starts anew (Step Functions developer guide, "Restarting state machine executions with redrive").
 */
final class RedrivePhase {

    private static final String STATUS = "continues the execution before";

    /** How long DescribeExecution may tell what was before; AWS publishes no number. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

    private RedrivePhase() {}

    static Step advance(Turn turn) {
        ExecutionState state = turn.state;
        String previous = turn.request.previousExecutionArn();
        if (previous == null) {
            return anew(turn, "the run before has left no failed execution of this state machine");
        }
        Optional<ExecutionRef> ref = ExecutionRef.parse(previous);
        if (ref.isEmpty() || !ref.get().machineArn().equals(state.machineArn)) {
            return anew(turn, "the execution before is " + previous);
        }
        Optional<Step> later = turn.permit("DescribeExecution", STATUS);
        if (later.isPresent()) {
            return later.get();
        }
        Description before;
        try {
            before = turn.calls.describe(previous);
        } catch (AwsCallException e) {
            if (ExecutionCalls.isUnknown(e)) {
                return anew(turn, "AWS does not know the execution before any more");
            }
            throw e;
        }
        if (state.redriveIntendedAt != null
                && state.redriveRefusedAt == null
                && before.ending().redriveCount() > state.redrivesBefore) {
            return accepted(turn, previous, "AWS continues the execution before, it is not asked again: ");
        }
        String whyNot = whyNot(turn, before);
        if (whyNot != null) {
            return anew(turn, whyNot);
        }
        if (!before.ending().isOver()) {
            return turn.fail(OperationFailure.of(
                    FailureKind.CONFLICT,
                    "execution " + previous + ", with which the run before did not succeed, runs",
                    "It was left running, or somebody has redriven it: follow it with executionArn, or run again when it"
                            + " has ended. Nothing was started."));
        }
        if (state.redriveRefusedAt != null) {
            return refused(turn, "it says that it can be, and then that it cannot");
        }
        if (state.redriveIntendedAt == null && before.ending().status().equals(Ending.FAILED)) {
            later = turn.permit("GetExecutionHistory", STATUS);
            if (later.isPresent()) {
                return later.get();
            }
            FailedState failed = HistoryReader.failedState(turn, previous);
            if (failed != null && failed.isFail()) {
                return anew(
                        turn, "the execution before ended in the Fail state '" + failed.name() + "', and would again");
            }
        }
        later = turn.permit("RedriveExecution", STATUS);
        if (later.isPresent()) {
            return later.get();
        }
        return redrive(turn, previous, before);
    }

    /** Why the execution before is not one to continue, or null. */
    private static @Nullable String whyNot(Turn turn, Description before) {
        String machineArn = StateMachineRef.parse(before.machineArn())
                .map(StateMachineRef::machineArn)
                .orElse(before.machineArn());
        if (!machineArn.equals(turn.state.machineArn)) {
            return "the execution before is one of " + before.machineArn();
        }
        if (before.ending().isSuccess()) {
            return "the execution before has succeeded";
        }
        if (before.input() != null
                && !StartedBy.without(before.input()).equals(StartedBy.without(turn.request.input()))) {
            return "the execution before had another input";
        }
        if (before.ending().isOver() && !before.isRedrivable()) {
            return "AWS does not continue it (" + (before.whyNot() == null ? "not redrivable" : before.whyNot()) + ")";
        }
        return null;
    }

    private static Step redrive(Turn turn, String previous, Description before) {
        ExecutionState state = turn.state;
        if (state.redriveIntendedAt == null) {
            state.redriveIntendedAt = turn.now();
            state.redrivesBefore = before.ending().redriveCount();
            try {
                turn.save();
            } catch (StateNotSavedException e) {
                state.redriveIntendedAt = null;
                throw e;
            }
        }
        try {
            turn.calls.redrive(previous, state.token());
        } catch (AwsCallException e) {
            if (e.hasCode("ExecutionNotRedrivable")) {
                state.redriveIntendedAt = null;
                state.redriveRefusedAt = turn.now();
                return refused(turn, e.failure().awsMessage());
            }
            if (e.effect() == AwsCallException.Effect.REFUSED) {
                state.redriveIntendedAt = e.mayHaveTakenEffect() ? state.redriveIntendedAt : null;
                return turn.fail(e.failure());
            }
            throw e;
        }
        return accepted(turn, previous, "continues the execution before from where it failed: ");
    }

    /**
     * Perhaps somebody else has continued it in the same moment, of which DescribeExecution does not tell at once. AWS would have
     * recognised a request of ours by its token.
     */
    private static Step refused(Turn turn, @Nullable String why) {
        Instant since = turn.state.redriveRefusedAt;
        return since != null && turn.now().isBefore(since.plus(TOLD_WITHIN))
                ? new Wait(turn.now().plus(LOOK_AGAIN), STATUS)
                : anew(turn, "AWS does not continue it (" + why + ")");
    }

    private static Step accepted(Turn turn, String previous, String how) {
        ExecutionState state = turn.state;
        state.name = ExecutionRef.parse(previous).orElseThrow().name();
        state.redriveCount = state.redrivesBefore + 1;
        state.history.mutedRedrives = state.redriveCount;
        FollowPhase.begin(turn, previous, how);
        return Step.GO_ON;
    }

    private static Step anew(Turn turn, String why) {
        turn.state.whyNotRedriven = why;
        turn.state.phase = Phase.STARTING;
        turn.tell("starts anew: " + why);
        return Step.GO_ON;
    }
}
