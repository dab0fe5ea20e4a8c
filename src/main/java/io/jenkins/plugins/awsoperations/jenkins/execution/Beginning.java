package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.Serializable;
import java.util.function.Function;

/**
 * An operation before its first poll: all parameters are valid, and nothing was called yet.
 *
 * @param account which account, region and identity: names, no secrets
 * @param identity what AWS and the locks know the step by
 * @param alertChannel the channel of the event that is sent when the operation fails, or null for none
 * @param state the first state
 * @param <S> the operation's state
 */
public record Beginning<S extends Serializable>(
        AccountChoice account,
        RunIdentity identity,
        @CheckForNull String alertChannel,
        S state) {

    /**
     * Checks all parameters. Quick, without any call.
     *
     * @param begin the first state; throws an {@link OperationException} when a parameter is not valid
     * @throws AwsOperationException naming the parameters that are wrong
     */
    public static <S extends Serializable> Beginning<S> of(
            Run<?, ?> run, EnvVars environment, AccountParameters account, Function<RunIdentity, S> begin)
            throws AwsOperationException {
        try {
            RunIdentity identity = RunIdentity.create(run.getParent().getFullName(), String.valueOf(run.getNumber()));
            return new Beginning<>(
                    AccountChoice.of(account, environment), identity, account.getAlertChannel(), begin.apply(identity));
        } catch (OperationException e) {
            throw new AwsOperationException(e.failure(), null);
        }
    }
}
