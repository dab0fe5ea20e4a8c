package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.Operation;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/**
 * What Jenkins needs to know of one kind of operation, to run it as a Pipeline step and as a build step. Keeps nothing of a run's
 * progress.
 *
 * @param <S> the operation's state
 * @param <R> the operation's result
 */
public interface StepOperation<S extends Serializable, R extends Serializable> {

    /**
     * The first state with what the disk knows of earlier builds, for which a Pipeline's thread has no time. Asked once, before the
     * first poll; when the controller is restarted before that, by whatever of the operation was kept.
     */
    @NonNull
    default S informed(Beginning<S> beginning, Run<?, ?> run) throws IOException, InterruptedException {
        return beginning.state();
    }

    /** The operation in an account. */
    @NonNull
    Operation<?, S, R> in(AwsConnection aws, ExclusiveAccess locks);

    /** What it waits for while nothing else goes on, as the build's stage view tells it; null when it does something. */
    @CheckForNull
    String pausedBy(S state);

    /** What there is in AWS of what was begun, for a step that ends without asking AWS; null for nothing. */
    @CheckForNull
    String whatStays(S state);

    /**
     * Whether the operation itself writes into the log why it failed. If not, that is done for a build that is stopped, which ends with
     * the message of whoever stopped it instead.
     */
    boolean tellsWhyItFailed();

    /** What was done, for a Pipeline that catches the failure: maps, lists, texts and numbers by name. */
    @NonNull
    Map<String, Object> details(R result);

    /**
     * What an event tells of a failure besides the failure itself.
     *
     * @param result what was done before, or null
     */
    @NonNull
    default EventDetails eventDetails(@CheckForNull R result) {
        return result == null ? EventDetails.none() : EventDetails.ofResult(details(result));
    }

    /** What a Pipeline gets when the operation succeeded: the details, unless it asks for something else. */
    @CheckForNull
    default Object value(R result) {
        return details(result);
    }

    /** Why the build becomes unstable although the operation succeeded, or null. */
    @CheckForNull
    String unstableReason(R result);

    /** Keeps with the build what was done. */
    void record(Run<?, ?> run, Outcome<S, R> outcome) throws IOException;
}
