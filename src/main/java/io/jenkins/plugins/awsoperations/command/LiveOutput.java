package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import java.time.Duration;

/** Shows what the command writes while it runs, when it is kept in a log group. A log that cannot be read fails nothing. */
final class LiveOutput {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private LiveOutput() {}

    /** Whether the log group is there to be read. */
    static boolean isOn(CommandState state) {
        return state.request.logGroup() != null && !state.output.logGroupOff;
    }

    /** Reads when it is time to. */
    static void read(Turn turn) {
        OutputState output = turn.state.output;
        boolean tooSoon = output.readAt != null && turn.now().isBefore(output.readAt.plus(EVERY));
        if (isOn(turn.state) && !tooSoon && !output.toldLimit) {
            readNow(turn);
        }
    }

    /** Reads; an outcome without anything when the log group is not there (yet). */
    static LogGroupReader.Outcome readNow(Turn turn) {
        OutputState output = turn.state.output;
        if (turn.permit("FilterLogEvents", "").isPresent()) {
            return new LogGroupReader.Outcome(false, true, false, null);
        }
        output.readAt = turn.now();
        try {
            LogGroupReader.Outcome outcome = new LogGroupReader(turn).read();
            output.missedSince = null;
            if (outcome.more()) {
                output.readAt = null;
            }
            if (outcome.news()) {
                keep(turn);
            }
            return outcome;
        } catch (AwsCallException e) {
            if (e.isTransient()) {
                output.missedSince = output.missedSince == null ? turn.now() : output.missedSince;
                return new LogGroupReader.Outcome(false, false, false, e.failure());
            }
            if (output.searchToken != null) {
                // AWS does not know it any more; they are good for a day.
                output.searchToken = null;
                return new LogGroupReader.Outcome(false, true, false, null);
            }
            if (!e.hasCode("ResourceNotFoundException")) {
                output.logGroupOff = true;
                turn.tell("its output cannot be read while it runs: "
                        + e.failure().describe());
            }
            return new LogGroupReader.Outcome(false, false, false, null);
        }
    }

    /** Writes down what the log has got: after a crash nothing is to be shown twice, as far as that can be. */
    static void keep(Turn turn) {
        try {
            turn.save();
        } catch (StateNotSavedException e) {
            // Nothing is sent on the strength of it; the next intent that cannot be saved is told.
        }
    }
}
