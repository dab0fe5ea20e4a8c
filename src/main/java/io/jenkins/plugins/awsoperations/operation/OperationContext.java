package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.time.Instant;

/** What an operation needs of whoever drives it. */
public interface OperationContext<S extends Serializable> {

    /** The time now. */
    Instant now();

    /** Where the operation tells what it does. */
    OperationLog log();

    /**
     * A text without what must not be shown, as the secrets of a build. For an operation that shows no more than the beginning of a
     * text: of half a secret nothing is found any more. Never throws; when it cannot be done, the answer says that instead.
     *
     * @param text whole, before it is cut
     */
    String hide(String text);

    /**
     * Writes the state away; when it returns, the state survives the end of the process. Called before every AWS write.
     *
     * @throws StateNotSavedException when it could not be written; then the write to AWS must not be sent
     */
    void save(S state);

    /** Whether somebody wants the operation to stop: a poll that does much looks between two calls, and returns. */
    boolean isCancelRequested();

    /** Asks for a poll as soon as possible. May be called from any thread, also after the operation has ended. */
    Runnable wakeUp();
}
