package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Instant;

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

    /** It ended badly. */
    record Fail(OperationFailure failure) implements Step {}

    /** It ended well. */
    record Done(CommandResult result) implements Step {}

    Step GO_ON = new GoOn();
}
