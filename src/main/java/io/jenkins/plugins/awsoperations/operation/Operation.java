package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;

/**
 * A conversation with AWS that can be put down and picked up.
 *
 * <p>No method sleeps and none keeps a thread. All that an operation knows is in its state: ids, enum names and instants,
 * never a client, a secret or a thread. Whoever drives it calls {@link #poll} until it ends; between two polls the state
 * may be written away, the process killed, and the state read again elsewhere.
 *
 * <p>Before each write to AWS an operation calls {@link OperationContext#save}, with its intent in the state. When a saved
 * intent is found and its outcome is not known, the operation looks for what it may have done and adopts it.
 *
 * @param <Q> the request
 * @param <S> the state; a state once handed out is never changed again
 * @param <R> the result
 */
public interface Operation<Q, S extends Serializable, R extends Serializable> {

    /**
     * The first state. Quick and without any call to AWS.
     *
     * @throws OperationException of kind CONFIGURATION, naming the field, when the request is not valid
     */
    S begin(Q request, RunIdentity run);

    /** Does what is due now, with quick calls only, and says when to come again. */
    Progress<S, R> poll(S state, OperationContext<S> context);

    /**
     * Asks to stop. Quick; the polls that follow end the operation with a failure of kind CANCELLED that says what stays in
     * AWS.
     *
     * @param reason who or what stops it, for the log
     */
    S cancel(S state, String reason);

    /** Gives back what is held outside of the state, as locks, when the operation ends by a fault. Quick, and never throws. */
    default void abandon(S state) {
        // most operations hold nothing
    }
}
