package io.jenkins.plugins.awsoperations.aws;

import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import software.amazon.awssdk.core.exception.SdkException;

/** A call to AWS that was not answered with success, in our words and with what follows from it. */
public final class AwsCallException extends OperationException {

    private static final long serialVersionUID = 1L;

    private final Effect effect;

    /** What is known of the call's effect, and so what may be done next. */
    public enum Effect {
        /** AWS asks to slow down; nothing was done. Wait, and do it again. */
        THROTTLED,
        /** The call did not reach AWS, or AWS said that it did nothing. It may be done again. */
        NOTHING_DONE,
        /** The reply was lost or AWS broke down: the call may have taken effect. Look before doing it again. */
        IN_DOUBT,
        /** AWS refused, for a reason that does not go away by itself. */
        REFUSED
    }

    AwsCallException(OperationFailure failure, Effect effect, Throwable cause) {
        super(failure, null, cause);
        this.effect = effect;
    }

    public Effect effect() {
        return effect;
    }

    /** Whether AWS answered with this error code. */
    public boolean hasCode(String code) {
        return code.equals(failure().awsCode());
    }

    /**
     * Whether AWS may have done it, whatever it answered last: the SDK may have sent the call before, and got no answer.
     */
    public boolean mayHaveTakenEffect() {
        boolean isSentAgain =
                getCause() instanceof SdkException sdk && sdk.numAttempts() != null && sdk.numAttempts() > 1;
        return effect == Effect.IN_DOUBT || isSentAgain && effect != Effect.NOTHING_DONE;
    }

    /** Whether waiting mends it: throttled, unreachable or broken down. */
    public boolean isTransient() {
        return effect != Effect.REFUSED;
    }
}
