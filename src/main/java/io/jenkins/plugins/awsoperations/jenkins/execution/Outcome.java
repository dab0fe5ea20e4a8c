package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.Serializable;

/**
 * What became of an operation, as it may be kept with its build: the texts are without the secrets that are bound around the step.
 *
 * @param account which account and region
 * @param state the last state
 * @param result what was done, or null when nothing was or it is not known
 * @param failure why it failed, or null when it did not
 * @param unstableReason why the build became unstable, or null
 * @param <S> the operation's state
 * @param <R> the operation's result
 */
public record Outcome<S extends Serializable, R extends Serializable>(
        AccountChoice account,
        S state,
        @CheckForNull R result,
        @CheckForNull OperationFailure failure,
        @CheckForNull String unstableReason) {}
