package io.jenkins.plugins.awsoperations.jenkins.step;

import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import io.jenkins.plugins.awsoperations.jenkins.Messages;

/** What the choices of the form are called. */
final class RunOnTaggedInstanceChoices {

    private RunOnTaggedInstanceChoices() {}

    static String label(Strategy strategy) {
        return switch (strategy) {
            case RANDOM -> Messages.Strategy_RANDOM();
            case ROUND_ROBIN -> Messages.Strategy_ROUND_ROBIN();
            case LEAST_BUSY -> Messages.Strategy_LEAST_BUSY();
            case STICKY -> Messages.Strategy_STICKY();
        };
    }

    static String label(CommandRequest.OnAbort onAbort) {
        return switch (onAbort) {
            case CANCEL -> Messages.OnAbort_CANCEL();
            case DETACH -> Messages.OnAbort_DETACH();
        };
    }
}
