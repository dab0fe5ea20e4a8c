package io.jenkins.plugins.awsoperations.jenkins.step;

import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;

/** What the choices of the form are called. */
final class AwaitStateMachineChoices {

    private AwaitStateMachineChoices() {}

    static String label(ExecutionRequest.History history) {
        return switch (history) {
            case NONE -> Messages.History_NONE();
            case STATES -> Messages.History_STATES();
            case ALL -> Messages.History_ALL();
        };
    }

    static String label(ExecutionRequest.OnAbort onAbort) {
        return switch (onAbort) {
            case STOP -> Messages.ExecutionOnAbort_STOP();
            case DETACH -> Messages.ExecutionOnAbort_DETACH();
        };
    }
}
