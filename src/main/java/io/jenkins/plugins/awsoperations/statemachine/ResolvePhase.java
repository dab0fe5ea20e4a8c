package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.RecentReads;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState.Phase;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.time.Duration;
import java.util.Optional;

/** Finds out which state machine or execution is meant, and that it can be waited for, before anything is written. */
final class ResolvePhase {

    static final String WHY_NOT_EXPRESS =
            "AWS keeps nothing of EXPRESS executions that could be asked for, so their end cannot be awaited and they cannot be"
                    + " stopped";

    private static final String ACTION = "DescribeStateMachine";

    /** A state machine's type never changes; whether it exists may. */
    private static final Duration TYPE_IS_FRESH = Duration.ofMinutes(1);

    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private ResolvePhase() {}

    static Step advance(Turn turn) {
        String execution = turn.request.executionArn();
        return execution == null ? machine(turn) : follow(turn, execution);
    }

    private static Step follow(Turn turn, String arn) {
        ExecutionState state = turn.state;
        ExecutionRef ref = ExecutionRef.parse(arn).orElseThrow();
        Optional<Step> elsewhere = elsewhere(turn, "executionArn", ref.region(), ref.account());
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        state.machineArn = ref.machineArn();
        state.name = ref.name();
        FollowPhase.begin(turn, arn, "follows execution ");
        return Step.GO_ON;
    }

    private static Step machine(Turn turn) {
        ExecutionState state = turn.state;
        StateMachineRef given = StateMachineRef.parse(String.valueOf(turn.request.stateMachine()))
                .orElseThrow()
                .in(state.partition, state.region, state.accountId);
        Optional<Step> elsewhere =
                elsewhere(turn, "stateMachine", String.valueOf(given.region()), String.valueOf(given.account()));
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        Optional<Boolean> isExpress;
        try {
            isExpress = isExpress(turn, given.machineArn());
        } catch (AwsCallException e) {
            if (e.hasCode("StateMachineDoesNotExist")) {
                return turn.fail(NearestNames.failure(turn, given.name(), e));
            }
            throw e;
        }
        if (isExpress.isEmpty()) {
            return new Wait(turn.now().plus(A_MOMENT), "looks for the state machine");
        }
        if (isExpress.get()) {
            return turn.fail(OperationFailure.of(
                    FailureKind.CONFIGURATION,
                    "stateMachine " + given.name() + " is EXPRESS: " + WHY_NOT_EXPRESS,
                    "Make it a STANDARD one, or start it by a task of a STANDARD one that waits for it. Nothing was"
                            + " started."));
        }
        state.machineArn = given.machineArn();
        state.startArn = given.startArn();
        state.name = turn.request.executionName() == null ? ExecutionName.of(state.run) : turn.request.executionName();
        state.phase = turn.request.redrive() ? Phase.REDRIVING : Phase.STARTING;
        return Step.GO_ON;
    }

    private static Optional<Boolean> isExpress(Turn turn, String machineArn) {
        return turn.aws.shared(Types.class, Types::new).isExpress.get(machineArn, turn.now(), () -> {
            // A hundred jobs of the same minute ask once, so the bucket of 200 is no concern.
            turn.aws.pacing().tryTake(ACTION, turn.now());
            return turn.calls.isExpress(machineArn);
        });
    }

    /** An ARN names region and account itself; AWS would answer that it knows nothing of the sort. */
    private static Optional<Step> elsewhere(Turn turn, String field, String region, String account) {
        ExecutionState state = turn.state;
        if (!region.equals(state.region)) {
            return Optional.of(turn.fail(OperationFailure.of(
                    FailureKind.CONFIGURATION,
                    field + " is in the region " + region + ", and this works in " + state.region,
                    "Set region to " + region + ", or name what is in " + state.region + ". Nothing was started.")));
        }
        if (!account.equals(state.accountId)) {
            return Optional.of(turn.fail(OperationFailure.of(
                    FailureKind.CONFIGURATION,
                    field + " is in the account " + account + ", and these are credentials of " + state.accountId,
                    "Choose an account or a role that is in " + account + ". Nothing was started.")));
        }
        return Optional.empty();
    }

    private static final class Types {
        final RecentReads<String, Boolean> isExpress = new RecentReads<>(TYPE_IS_FRESH);
    }
}
