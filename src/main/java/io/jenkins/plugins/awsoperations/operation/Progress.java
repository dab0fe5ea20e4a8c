package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a poll came.
 *
 * @param <S> the operation's state
 * @param <R> the operation's result
 */
public sealed interface Progress<S extends Serializable, R extends Serializable> {

    /** The state after the poll. */
    S state();

    /**
     * Goes on.
     *
     * @param state the state after the poll
     * @param notBefore when there will be something to do; an earlier poll is harmless
     * @param status a short lower case phrase, as {@code 3 of 5 instances done, 2 images pending}
     */
    record Running<S extends Serializable, R extends Serializable>(S state, Instant notBefore, String status)
            implements Progress<S, R> {}

    /** Ended well. */
    record Succeeded<S extends Serializable, R extends Serializable>(S state, R result) implements Progress<S, R> {}

    /**
     * Ended badly.
     *
     * @param state the state after the poll
     * @param failure why
     * @param result what was done all the same
     * @param cause the exception, for a failure of kind BUG
     */
    record Failed<S extends Serializable, R extends Serializable>(
            S state,
            OperationFailure failure,
            @Nullable R result,
            @Nullable Throwable cause) implements Progress<S, R> {}
}
