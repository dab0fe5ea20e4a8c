package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.Setbacks;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.PollSchedule;
import io.jenkins.plugins.awsoperations.operation.Progress;
import io.jenkins.plugins.awsoperations.operation.Progress.Failed;
import io.jenkins.plugins.awsoperations.operation.Progress.Running;
import io.jenkins.plugins.awsoperations.operation.Progress.Succeeded;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import java.time.Duration;
import java.time.Instant;

/**
 * Puts one event on an EventBridge bus, so that its rules tell the right people that something failed. EventBridge has no
 * client token: an event whose reply was lost is sent again, with the same id in its detail, so it arrives at least once.
 */
public final class SendFailEvent implements Operation<FailEventRequest, FailEventState, FailEventResult> {

    /** For answers that AWS could not take the event just then. */
    private static final PollSchedule REJECTED =
            new PollSchedule(Duration.ofSeconds(5), 1.5, Duration.ofSeconds(30), 0.2);

    private static final int MOST_REJECTIONS = 6;

    /** An alert that waits for its turn holds up the end of the build that failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final AwsConnection aws;

    /** @param aws the account and region */
    public SendFailEvent(AwsConnection aws) {
        this.aws = aws;
    }

    @Override
    public FailEventState begin(FailEventRequest request, RunIdentity run) {
        return FailEventState.begin(request, run);
    }

    @Override
    public FailEventState cancel(FailEventState before, String reason) {
        FailEventState state = before.copy();
        state.cancelReason = reason;
        return state;
    }

    @Override
    public Progress<FailEventState, FailEventResult> poll(
            FailEventState before, OperationContext<FailEventState> context) {
        FailEventState state = before.copy();
        if (state.cancelReason != null) {
            return new Failed<>(state, cancelled(state), null, null);
        }
        Instant now = context.now();
        if (state.startedAt == null) {
            state.startedAt = now;
            state.region = aws.region();
        }
        if (state.notBefore.isAfter(now)) {
            return new Running<>(state, state.notBefore, "waits");
        }
        try {
            state.accountId = aws.accountOf(state.accountId, context.log());
            return send(state, context);
        } catch (AwsCallException e) {
            return setback(state, context, e);
        } catch (StateNotSavedException e) {
            return notSaved(state, context, e);
        } catch (OperationException e) {
            return ended(state, e.failure());
        }
    }

    private Progress<FailEventState, FailEventResult> send(
            FailEventState state, OperationContext<FailEventState> context) {
        if (state.attempts == 0) {
            new BusCheck(aws).requireBus(state.request.eventBus(), context.log());
        }
        Instant turn = aws.pacing().take("PutEvents", context.now());
        if (turn.isAfter(context.now())) {
            state.notBefore = turn;
            return new Running<>(state, turn, "sends the event");
        }
        if (state.sendIntended) {
            // The process ended before it wrote down what became of the last attempt.
            state.inDoubt = true;
        }
        FailEventEntry event = FailEventEntry.of(state);
        state.attempts++;
        state.sendIntended = true;
        try {
            context.save(state.copy());
        } catch (StateNotSavedException e) {
            state.attempts--;
            state.sendIntended = false;
            throw e;
        }
        EventCalls.Answer answer = put(state, event);
        if (answer.eventId() != null) {
            tellSent(state, context, event, answer.eventId());
            return new Succeeded<>(state, new FailEventResult(state, event, answer.eventId(), context.now()));
        }
        OperationFailure failure = EntryErrors.failure(event, answer);
        if (!EntryErrors.passes(answer) || ++state.rejections >= MOST_REJECTIONS) {
            return ended(state, failure);
        }
        if (state.rejections == 1) {
            context.log().line(failure.message() + " (" + answer.errorCode() + "); tries again");
        }
        return later(state, context.now().plus(REJECTED.delay(state.rejections - 1, state.token())));
    }

    private EventCalls.Answer put(FailEventState state, FailEventEntry event) {
        try {
            EventCalls.Answer answer = new EventCalls(aws).put(event);
            state.sendIntended = false;
            state.setbacks = 0;
            return answer;
        } catch (AwsCallException e) {
            state.sendIntended = false;
            state.inDoubt |= e.mayHaveTakenEffect();
            throw e;
        }
    }

    private static void tellSent(
            FailEventState state, OperationContext<FailEventState> context, FailEventEntry event, String eventId) {
        FailEventRequest request = state.request;
        int leftOut = request.resourcesLeftOut();
        context.log()
                .line("event " + eventId + " on channel " + request.channel() + ": " + event.detailType() + " from "
                        + event.source() + " to bus " + event.eventBus()
                        + (event.causeCut() ? "; its cause was too long and is cut" : "")
                        + (leftOut == 0 ? "" : "; " + leftOut + " resources were too many and are left out"));
    }

    private static Progress<FailEventState, FailEventResult> setback(
            FailEventState state, OperationContext<FailEventState> context, AwsCallException e) {
        if (Setbacks.isGivenUp(e, state.setbacks, Setbacks.MOST_BEFORE)) {
            return ended(state, e.failure());
        }
        Duration waited = Duration.between(state.startedAt == null ? context.now() : state.startedAt, context.now());
        if (waited.compareTo(PATIENCE) >= 0) {
            String message = e.failure().message() + ", for " + Durations.text(waited);
            return ended(state, e.failure().withMessage(message));
        }
        return triedAgain(state, context, e.failure().message());
    }

    /** Nothing was sent: it may be tried again, but without a place to write nothing may ever be sent. */
    private static Progress<FailEventState, FailEventResult> notSaved(
            FailEventState state, OperationContext<FailEventState> context, StateNotSavedException e) {
        if (state.setbacks >= Setbacks.MOST_BEFORE) {
            return ended(state, Setbacks.notSaved(e, "the event was not sent"));
        }
        return triedAgain(state, context, String.valueOf(e.getMessage()));
    }

    private static Progress<FailEventState, FailEventResult> triedAgain(
            FailEventState state, OperationContext<FailEventState> context, String why) {
        if (state.setbacks == 0) {
            context.log().line(why + "; tries again");
        }
        return later(state, Setbacks.next(context.now(), state.setbacks++, state.token()));
    }

    private static Progress<FailEventState, FailEventResult> later(FailEventState state, Instant notBefore) {
        state.notBefore = notBefore;
        return new Running<>(state, notBefore, "waits for AWS");
    }

    private static Progress<FailEventState, FailEventResult> ended(FailEventState state, OperationFailure failure) {
        String stays = state.whatStays();
        OperationFailure told =
                stays == null ? failure : failure.withMessage(failure.message() + "; in AWS stays " + stays);
        return new Failed<>(state, told, null, null);
    }

    private static OperationFailure cancelled(FailEventState state) {
        String what =
                state.mayBeSent() ? "the event may have been sent, with the id " + state.token() : "no event was sent";
        return OperationFailure.of(
                FailureKind.CANCELLED,
                "stopped (" + state.cancelReason + "): " + what,
                state.mayBeSent() ? "See whether who listens to the channel got it." : "Nothing is left to do.");
    }
}
