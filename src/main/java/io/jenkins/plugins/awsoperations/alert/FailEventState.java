package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Everything that a run of {@code sendFailEvent} knows. What is handed out is never changed again: a poll works on a copy. */
public final class FailEventState implements Serializable {

    private static final long serialVersionUID = 1L;

    final FailEventRequest request;
    final RunIdentity run;

    @Nullable
    Instant startedAt;

    Instant notBefore = Instant.EPOCH;
    String accountId = "";
    String region = "";

    /** How often the event was sent, or was meant to be. */
    int attempts;

    /** Set before the event is sent, and until it is known what became of it. */
    boolean sendIntended;

    /** Whether the reply to an attempt was lost, so that AWS may have the event. */
    boolean inDoubt;

    /** Calls in a row that were throttled or got no answer. */
    int setbacks;

    /** How often AWS answered that it could not take the event just then. */
    int rejections;

    @Nullable
    String cancelReason;

    private FailEventState(FailEventRequest request, RunIdentity run) {
        this.request = request;
        this.run = run;
    }

    /** The first state of a run: nothing is sent yet. */
    public static FailEventState begin(FailEventRequest request, RunIdentity run) {
        return new FailEventState(request, run);
    }

    /** What is to be sent. */
    public FailEventRequest request() {
        return request;
    }

    /** Unique for the event, and its id in the detail, however often it is sent. */
    public String token() {
        return run.token();
    }

    /** When the first poll was. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** How often the event was sent. */
    public int attempts() {
        return attempts;
    }

    /** Whether AWS may have the event although it did not say so. */
    public boolean mayBeSent() {
        return sendIntended || inDoubt;
    }

    /** What there is in AWS of what was begun, for who ends the run without asking AWS; null for nothing. */
    public @Nullable String whatStays() {
        return mayBeSent() ? "perhaps an event with the id " + token() + " on channel " + request.channel() : null;
    }

    Instant failedAt() {
        Instant given = request.failedAt();
        if (given != null) {
            return given;
        }
        return startedAt == null ? Instant.EPOCH : startedAt;
    }

    String job() {
        return request.job() == null ? run.job() : request.job();
    }

    String build() {
        return request.build() == null ? run.build() : request.build();
    }

    FailEventState copy() {
        FailEventState copy = new FailEventState(request, run);
        copy.startedAt = startedAt;
        copy.notBefore = notBefore;
        copy.accountId = accountId;
        copy.region = region;
        copy.attempts = attempts;
        copy.sendIntended = sendIntended;
        copy.inDoubt = inDoubt;
        copy.setbacks = setbacks;
        copy.rejections = rejections;
        copy.cancelReason = cancelReason;
        return copy;
    }
}
