package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Instant;

/**
 * Exclusive access to named resources, first come, first served. Nothing here waits: who does not get it asks again, and is
 * woken when it is its turn.
 */
public interface ExclusiveAccess {

    /**
     * Takes the resource, or joins its queue. Asking again with the same claim is harmless: whoever holds the resource gets
     * it again, whoever waits keeps its place.
     *
     * @param resource the resource's name
     * @param claim who asks, and since when
     * @param onTurn called, from any thread, when it is this claim's turn to ask again
     */
    Answer tryAcquire(String resource, Claim claim, Runnable onTurn);

    /** Whether the claim holds the resource now; it may have been taken away, or lost in a crash. */
    boolean holds(String resource, Claim claim);

    /** Gives the resource back, or leaves its queue. Harmless when neither holds. */
    void release(String resource, Claim claim);

    /**
     * Who asks.
     *
     * @param id unique for the claim
     * @param holder as people know it, as {@code backup/daily #17}
     * @param waitingSince the place in the queue
     */
    record Claim(String id, String holder, Instant waitingSince) implements Serializable {}

    /** What became of an attempt. */
    sealed interface Answer {

        /** The claim holds the resource. */
        record Granted() implements Answer {}

        /**
         * Somebody else holds it.
         *
         * @param holder who, as people know it
         * @param ahead how many claims wait before this one
         * @param sameWork whether the holder does the same work, so that the resource is taken care of; false for a lock of
         *     another purpose
         */
        record Waiting(String holder, int ahead, boolean sameWork) implements Answer {}

        /** It will never be granted. */
        record Refused(OperationFailure failure) implements Answer {}
    }

    /** Grants everything to everybody: for controllers that share nothing, where AWS's answers alone keep order. */
    static ExclusiveAccess none() {
        return new ExclusiveAccess() {
            @Override
            public Answer tryAcquire(String resource, Claim claim, Runnable onTurn) {
                return new Answer.Granted();
            }

            @Override
            public boolean holds(String resource, Claim claim) {
                return true;
            }

            @Override
            public void release(String resource, Claim claim) {
                // nothing is held
            }
        };
    }
}
