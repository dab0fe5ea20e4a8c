package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionCalls.Description;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionCalls.Started;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Starts the execution once. Its name is the same whenever this run asks, and AWS answers a second request with the same name and
 * input as it answered the first, as long as the execution runs; after that it refuses the name (API reference, StartExecution).
 */
final class StartPhase {

    private static final String STATUS = "starts the execution";

    /** AWS may say that it has an execution and not yet show it. */
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(60);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private StartPhase() {}

    static Step advance(Turn turn) {
        ExecutionState state = turn.state;
        if (state.startIntendedAt == null && !state.hasNameOfItsOwn()) {
            Optional<Step> taken = lookAtName(turn);
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        Optional<Step> later = turn.permit("StartExecution", STATUS);
        if (later.isPresent()) {
            return later.get();
        }
        boolean isAgain = state.startIntendedAt != null;
        // Who asks again asked first, whatever this process knows of it.
        if (!claim(turn) && !isAgain) {
            return taken(turn, "another step has just asked AWS for it");
        }
        if (!isAgain) {
            state.startIntendedAt = turn.now();
            try {
                turn.save();
            } catch (StateNotSavedException e) {
                notStarted(turn);
                throw e;
            }
        }
        return start(turn, isAgain);
    }

    private static Step start(Turn turn, boolean isAgain) {
        ExecutionState state = turn.state;
        try {
            Started started =
                    turn.calls.start(String.valueOf(state.startArn), String.valueOf(state.name), turn.request.input());
            state.executionStartedAt = started.startedAt();
            // The call may have taken long, and AWS shows the execution a moment from now on.
            claim(turn);
            FollowPhase.begin(turn, started.arn(), isAgain ? "AWS has the execution: " : "execution ");
            return Step.GO_ON;
        } catch (AwsCallException e) {
            boolean isFirst = !isAgain && !e.mayHaveTakenEffect();
            if (e.hasCode("ExecutionAlreadyExists")) {
                return exists(turn, isFirst);
            }
            if (e.effect() == AwsCallException.Effect.REFUSED) {
                if (isFirst) {
                    notStarted(turn);
                }
                return turn.fail(e.failure());
            }
            // Whatever AWS said last: the SDK may have sent it before, and got no answer.
            throw e;
        }
    }

    /** An answer was lost, and the execution has ended already; or somebody else has taken a name in the same moment. */
    private static Step exists(Turn turn, boolean isFirst) {
        ExecutionState state = turn.state;
        if (isFirst && !state.hasNameOfItsOwn()) {
            notStarted(turn);
            return taken(turn, "AWS has an execution of this name, which it does not show yet");
        }
        if (!state.hasNameOfItsOwn()) {
            Optional<Step> later = turn.permit("DescribeExecution", STATUS);
            if (later.isPresent()) {
                return later.get();
            }
            Description other;
            try {
                other = turn.calls.describe(arn(state));
            } catch (AwsCallException e) {
                if (ExecutionCalls.isUnknown(e)
                        && turn.now().isBefore(intended(state).plus(KNOWN_WITHIN))) {
                    return new Wait(turn.now().plus(LOOK_AGAIN), STATUS);
                }
                throw e;
            }
            if (!isOurs(turn, other)) {
                notStarted(turn);
                return taken(turn, other);
            }
        }
        FollowPhase.begin(turn, arn(state), "AWS has the execution already, it is not started again: ");
        return Step.GO_ON;
    }

    /** Whether nobody else in this process is just asking for the name. */
    private static boolean claim(Turn turn) {
        return turn.state.hasNameOfItsOwn() || names(turn).claim(arn(turn.state), turn.state.token(), turn.now());
    }

    private static void notStarted(Turn turn) {
        turn.state.startIntendedAt = null;
        names(turn).release(arn(turn.state), turn.state.token());
    }

    private static NamesBeingGiven names(Turn turn) {
        return turn.aws.shared(NamesBeingGiven.class, NamesBeingGiven::new);
    }

    private static Instant intended(ExecutionState state) {
        return state.startIntendedAt == null ? Instant.EPOCH : state.startIntendedAt;
    }

    /** Whether an execution of our name may be the one that we have started: a name that a person chose is not ours alone. */
    static boolean isOurs(Turn turn, Description found) {
        return turn.state.hasNameOfItsOwn()
                || found.input() == null
                || JsonText.isSame(found.input(), turn.request.input());
    }

    /** A name that a person chose may be taken, and AWS would answer with somebody else's execution if its input is the same. */
    private static Optional<Step> lookAtName(Turn turn) {
        ExecutionState state = turn.state;
        Optional<Step> later = turn.permit("DescribeExecution", STATUS);
        if (later.isPresent()) {
            return later;
        }
        Description taken;
        try {
            taken = turn.calls.describe(arn(state));
        } catch (AwsCallException e) {
            if (ExecutionCalls.isUnknown(e)) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(taken(turn, taken));
    }

    private static Step taken(Turn turn, Description other) {
        Instant since = other.ending().stoppedAt() == null
                ? other.ending().startedAt()
                : other.ending().stoppedAt();
        return taken(
                turn,
                turn.state.title() + " has an execution of this name, "
                        + other.ending().status() + " since " + since);
    }

    private static Step taken(Turn turn, String why) {
        ExecutionState state = turn.state;
        return turn.fail(OperationFailure.of(
                FailureKind.CONFLICT,
                "executionName '" + state.name + "' is taken: " + why,
                "Leave executionName out for one that is unique, put the build's number into it, or follow that execution with"
                        + " executionArn: " + arn(state) + ". AWS keeps a name for 90 days. Nothing was started."));
    }

    /** The ARN that the execution has when AWS has it. */
    static String arn(ExecutionState state) {
        return StateMachineRef.parse(String.valueOf(state.startArn))
                .orElseThrow()
                .executionArn(String.valueOf(state.name));
    }
}
