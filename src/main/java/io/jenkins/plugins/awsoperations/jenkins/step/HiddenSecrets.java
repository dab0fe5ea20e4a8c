package io.jenkins.plugins.awsoperations.jenkins.step;

import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.execution.LoggedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Texts as a build's log shows them, for what is kept with the build. A text must be given whole. */
final class HiddenSecrets implements UnaryOperator<String> {

    private final Log log;

    /** A state machine may run in circles, and then its states have the same names again and again. */
    private final Map<String, String> known = new HashMap<>();

    private HiddenSecrets(Log log) {
        this.log = log;
    }

    /** As around a step of a Pipeline. */
    static HiddenSecrets around(StepContext context) {
        return new HiddenSecrets(text -> LoggedText.around(context).of(text));
    }

    /** As in the build steps of a build. */
    static HiddenSecrets in(Run<?, ?> run) {
        return new HiddenSecrets(LoggedText.in(run)::of);
    }

    /** @throws UncheckedIOException when the step is gone; then nothing may be kept */
    @Override
    public String apply(String text) {
        return known.computeIfAbsent(text, this::hide);
    }

    private String hide(String text) {
        try {
            return log.shown(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while secrets were hidden", e);
        }
    }

    /** What a log shows of a text. */
    @FunctionalInterface
    private interface Log {
        String shown(String text) throws IOException, InterruptedException;
    }
}
