package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Takes a build's secrets out of texts that an operation is about to cut. Never throws: a text whose secrets cannot be hidden is not
 * shown. Remembers nothing, because an operation may go on for days and gives each text once or twice.
 */
final class Redaction implements UnaryOperator<String> {

    /** Stands for a text whose secrets cannot be hidden. */
    static final String NOT_SHOWN = "(not shown: its secrets could not be hidden)";

    private static final Logger LOGGER = Logger.getLogger(Redaction.class.getName());

    private final Log log;

    Redaction(Log log) {
        this.log = log;
    }

    /** As the log around a step of a Pipeline hides them. */
    @NonNull
    static Redaction around(StepContext context) {
        return new Redaction(text -> LoggedText.around(context).of(text));
    }

    /** As the log of the build steps of a build hides them. */
    @NonNull
    static Redaction in(Run<?, ?> run) {
        return new Redaction(text -> LoggedText.in(run).of(text));
    }

    @NonNull
    @Override
    public String apply(@NonNull String text) {
        try {
            return log.shown(text);
        } catch (IOException | RuntimeException e) {
            // What log filters of other plugins throw must not end a poll.
            LOGGER.log(Level.FINE, "cannot hide secrets in a text", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NOT_SHOWN;
    }

    /** What a log shows of a text. */
    @FunctionalInterface
    interface Log {
        String shown(String text) throws IOException, InterruptedException;
    }
}
