package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Carries an {@link OperationFailure}, and the result as far as there is one, to whoever asked for the operation. */
public class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final OperationFailure failure;
    private final @Nullable Serializable result;

    public OperationException(OperationFailure failure) {
        this(failure, null, null);
    }

    public OperationException(OperationFailure failure, @Nullable Serializable result, @Nullable Throwable cause) {
        super(failure.describe(), cause);
        this.failure = failure;
        this.result = result;
    }

    public OperationFailure failure() {
        return failure;
    }

    /** What was done before the failure, in the type that the operation documents. */
    public @Nullable Serializable result() {
        return result;
    }
}
