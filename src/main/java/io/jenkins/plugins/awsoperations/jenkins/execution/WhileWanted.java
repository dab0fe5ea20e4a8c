package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationContext;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.Progress;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.Serializable;
import java.util.function.BooleanSupplier;

/** An operation that goes on only while its build waits for it: a build that was killed tells nobody. */
final class WhileWanted<Q, S extends Serializable, R extends Serializable> implements Operation<Q, S, R> {

    private final Operation<Q, S, R> operation;
    private final BooleanSupplier wanted;

    WhileWanted(Operation<Q, S, R> operation, BooleanSupplier wanted) {
        this.operation = operation;
        this.wanted = wanted;
    }

    @Override
    public S begin(Q request, RunIdentity run) {
        return operation.begin(request, run);
    }

    @Override
    public Progress<S, R> poll(S state, OperationContext<S> context) {
        if (!wanted.getAsBoolean()) {
            throw new NotWantedException();
        }
        return operation.poll(state, context);
    }

    @Override
    public S cancel(S state, String reason) {
        return operation.cancel(state, reason);
    }

    @Override
    public void abandon(S state) {
        operation.abandon(state);
    }

    /** Whether an operation ended because nobody waited for it. */
    static boolean isNotWanted(@CheckForNull Throwable error) {
        return error != null && error.getCause() instanceof NotWantedException;
    }

    /** The build does not wait any more. */
    static final class NotWantedException extends OperationException {

        private static final long serialVersionUID = 1L;

        NotWantedException() {
            super(OperationFailure.of(FailureKind.CANCELLED, "the build has ended", "Nothing is to be done."));
        }
    }
}
