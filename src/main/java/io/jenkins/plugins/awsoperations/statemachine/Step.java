package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far one step of a poll came. */
sealed interface Step {

    /** The state has changed: go on with what it says now. */
    record GoOn() implements Step {}

    /**
     * Nothing to do until then.
     *
     * @param status a short lower case phrase
     */
    record Wait(Instant until, String status) implements Step {}

    /**
     * It ended badly.
     *
     * @param result what is known of the execution, or null when there is none
     */
    record Fail(OperationFailure failure, @Nullable ExecutionResult result) implements Step {}

    /** It ended well. */
    record Done(ExecutionResult result) implements Step {}

    Step GO_ON = new GoOn();
}
