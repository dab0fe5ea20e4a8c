package io.jenkins.plugins.awsoperations.aws;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.PollSchedule;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import java.time.Duration;
import java.time.Instant;

/** What it means for an operation that a call was throttled or got no answer: come again later, and one time give up. */
public final class Setbacks {

    /** Before anything was begun in AWS, it is given up after this many in a row, about two minutes. */
    public static final int MOST_BEFORE = 8;

    /** While something runs in AWS, it is given up after about an hour. */
    public static final int MOST_WHILE = 120;

    private static final PollSchedule SCHEDULE =
            new PollSchedule(Duration.ofSeconds(1), 1.8, Duration.ofSeconds(30), 0.5);

    private Setbacks() {}

    /**
     * Whether to give up. Throttling is never a reason to.
     *
     * @param inARow how many calls failed before this one
     * @param most how many may
     */
    public static boolean isGivenUp(AwsCallException e, int inARow, int most) {
        boolean throttled = e.effect() == AwsCallException.Effect.THROTTLED;
        return !e.isTransient() || !throttled && inARow >= most;
    }

    /**
     * When to come again.
     *
     * @param inARow how many calls failed before this one
     * @param key what tells one operation from another, so that they do not come all at once
     */
    public static Instant next(Instant now, int inARow, String key) {
        return now.plus(SCHEDULE.delay(inARow, key));
    }

    /** The same, but not after a deadline that is still to come, so that it is noticed when it passes. */
    public static Instant next(Instant now, int inARow, String key, Instant deadline) {
        return SCHEDULE.next(now, inARow, key, deadline);
    }

    /** Nothing was sent, because without a place to write nothing may be sent. */
    public static OperationFailure notSaved(StateNotSavedException e) {
        return notSaved(e, "AWS was not called");
    }

    /**
     * The same in the words of an operation that does one thing.
     *
     * @param notDone what did not happen, as the end of a sentence
     */
    public static OperationFailure notSaved(StateNotSavedException e, String notDone) {
        return OperationFailure.of(
                FailureKind.UNAVAILABLE,
                String.valueOf(e.getMessage()),
                "See that there is room to write, and run again; " + notDone + ".");
    }
}
