package io.jenkins.plugins.awsoperations.jenkins.step;

import io.jenkins.plugins.awsoperations.jenkins.execution.LoggedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Texts without the secrets that are bound around a step, for what is kept with its build. A text must be given whole: of a secret that
 * is cut nothing is found.
 */
final class HiddenSecrets implements UnaryOperator<String> {

    private final StepContext context;

    /** A state machine may run in circles, and then its states have the same names again and again. */
    private final Map<String, String> known = new HashMap<>();

    HiddenSecrets(StepContext context) {
        this.context = context;
    }

    /** @throws UncheckedIOException when the step is gone; then nothing may be kept */
    @Override
    public String apply(String text) {
        return known.computeIfAbsent(text, this::hide);
    }

    private String hide(String text) {
        List<String> lines = new ArrayList<>();
        try {
            for (String line : text.lines().toList()) {
                lines.add(LoggedText.of(line, context));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while secrets were hidden", e);
        }
        return String.join("\n", lines);
    }
}
