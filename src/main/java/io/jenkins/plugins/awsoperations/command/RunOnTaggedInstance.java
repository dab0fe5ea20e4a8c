package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.Setbacks;
import io.jenkins.plugins.awsoperations.command.CommandState.Phase;
import io.jenkins.plugins.awsoperations.command.Step.Done;
import io.jenkins.plugins.awsoperations.command.Step.Fail;
import io.jenkins.plugins.awsoperations.command.Step.Wait;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.Progress;
import io.jenkins.plugins.awsoperations.operation.Progress.Failed;
import io.jenkins.plugins.awsoperations.operation.Progress.Running;
import io.jenkins.plugins.awsoperations.operation.Progress.Succeeded;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import java.util.Optional;

/**
 * Runs commands on one of the instances that carry some tags, by Systems Manager's Run Command, and waits for their end. What
 * was sent once is never sent again unless AWS proves that nothing of it ran.
 */
public final class RunOnTaggedInstance implements Operation<CommandRequest, CommandState, CommandResult> {

    private static final int MOST_STEPS_IN_A_POLL = 100;

    private final AwsConnection aws;

    /** @param aws the account and region */
    public RunOnTaggedInstance(AwsConnection aws) {
        this.aws = aws;
    }

    @Override
    public CommandState begin(CommandRequest request, RunIdentity run) {
        return CommandState.begin(request, run);
    }

    @Override
    public CommandState cancel(CommandState before, String reason) {
        CommandState state = before.copy();
        state.cancelReason = reason;
        return state;
    }

    @Override
    public void abandon(CommandState state) {
        if (aws.isIdentified()) {
            Turn.slots(aws).leave(state.token());
        }
    }

    @Override
    public Progress<CommandState, CommandResult> poll(CommandState before, OperationContext<CommandState> context) {
        CommandState state = before.copy();
        Turn turn = new Turn(state, aws, context);
        if (state.startedAt == null) {
            state.startedAt = turn.now();
            state.region = aws.region();
        }
        boolean stopping = state.cancelReason != null;
        if (state.notBefore.isAfter(turn.now()) && (!stopping || state.cancelledAt != null)) {
            return new Running<>(state, state.notBefore, "waits");
        }
        try {
            if (stopping) {
                Optional<Step> end = StopPhase.withoutAws(turn);
                if (end.isPresent()) {
                    return progress(turn, end.get()).orElseThrow();
                }
            }
            state.accountId = aws.accountOf(state.accountId, turn.log());
            keepSlot(turn);
            return advance(turn);
        } catch (AwsCallException e) {
            return setback(turn, e);
        } catch (StateNotSavedException e) {
            return notSaved(turn, e);
        } catch (OperationException e) {
            return ended(turn, withWhatStays(state, e.failure()));
        }
    }

    /** A process that has just begun does not know yet who runs where. */
    private static void keepSlot(Turn turn) {
        CommandState state = turn.state;
        if (state.instanceId != null && state.ended == null) {
            turn.slots().keep(state.token(), state.instanceId);
        }
    }

    private static Progress<CommandState, CommandResult> advance(Turn turn) {
        CommandState state = turn.state;
        for (int step = 0; step < MOST_STEPS_IN_A_POLL; step++) {
            Step next = state.cancelReason == null ? phase(turn) : StopPhase.advance(turn);
            state.setbacks = 0;
            Optional<Progress<CommandState, CommandResult>> progress = progress(turn, next);
            if (progress.isPresent()) {
                return progress.get();
            }
            if (turn.isCancelRequested()) {
                return new Running<>(state, turn.now(), "is being stopped");
            }
        }
        throw new IllegalStateException("no end of " + state.phase);
    }

    /** Empty when it goes on at once. */
    private static Optional<Progress<CommandState, CommandResult>> progress(Turn turn, Step step) {
        CommandState state = turn.state;
        if (step instanceof Wait wait) {
            state.notBefore = wait.until();
            return Optional.of(new Running<>(state, wait.until(), wait.status()));
        }
        if (step instanceof Fail fail) {
            return Optional.of(ended(turn, fail.failure()));
        }
        if (step instanceof Done done) {
            turn.release();
            return Optional.of(new Succeeded<>(state, done.result()));
        }
        return Optional.empty();
    }

    private static Step phase(Turn turn) {
        return switch (turn.state.phase) {
            case CHOOSING -> ChoosePhase.advance(turn);
            case SENDING -> SendPhase.advance(turn);
            case RUNNING -> RunPhase.advance(turn);
            case COLLECTING -> CollectPhase.advance(turn);
            case RETRYING -> {
                turn.state.phase = Phase.CHOOSING;
                yield Step.GO_ON;
            }
        };
    }

    private static OperationFailure withWhatStays(CommandState state, OperationFailure failure) {
        String stays = state.whatStays();
        return stays == null ? failure : failure.withMessage(failure.message() + "; in AWS stays " + stays);
    }

    private static Progress<CommandState, CommandResult> ended(Turn turn, OperationFailure failure) {
        CommandState state = turn.state;
        boolean mayRun = state.ended == null && (state.commandId != null || state.sendIntendedAt != null);
        if (turn.aws.isIdentified()) {
            if (mayRun) {
                turn.slots().leave(state.token());
            } else {
                turn.release();
            }
        }
        // Whoever repeats what may pass by itself must not run a command twice.
        boolean repeatable = mayRun && failure.kind().isTransient();
        OperationFailure told = repeatable ? failure.withKind(FailureKind.TIMED_OUT) : failure;
        boolean nothing = state.instanceId == null;
        return new Failed<>(state, told, nothing ? null : new CommandResult(state, null, null), null);
    }

    private static Progress<CommandState, CommandResult> setback(Turn turn, AwsCallException e) {
        CommandState state = turn.state;
        if (state.cancelReason != null) {
            return progress(turn, StopPhase.trouble(turn, e)).orElseThrow();
        }
        boolean sent = state.sendIntendedAt != null;
        if (Setbacks.isGivenUp(e, state.setbacks, sent ? Setbacks.MOST_WHILE : Setbacks.MOST_BEFORE)) {
            return ended(turn, withWhatStays(state, e.failure()));
        }
        return triedAgain(turn, e.failure().message());
    }

    /** Nothing was sent: it may be tried again, but without a place to write nothing may ever be sent. */
    private static Progress<CommandState, CommandResult> notSaved(Turn turn, StateNotSavedException e) {
        CommandState state = turn.state;
        if (state.setbacks >= Setbacks.MOST_BEFORE) {
            return ended(turn, withWhatStays(state, Setbacks.notSaved(e)));
        }
        return triedAgain(turn, String.valueOf(e.getMessage()));
    }

    private static Progress<CommandState, CommandResult> triedAgain(Turn turn, String why) {
        CommandState state = turn.state;
        if (state.setbacks == 0) {
            turn.tell(why + "; tries again");
        }
        state.notBefore = Setbacks.next(turn.now(), state.setbacks++, state.token());
        return new Running<>(state, state.notBefore, "waits for AWS");
    }
}
