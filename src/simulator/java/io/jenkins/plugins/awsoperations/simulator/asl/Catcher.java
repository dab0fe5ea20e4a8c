package io.jenkins.plugins.awsoperations.simulator.asl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a failure leads.
 *
 * @param errors names of the errors
 * @param resultPath where error and cause are put in the state's input; null: they are dropped
 * @param next the state that follows
 */
public record Catcher(List<String> errors, @Nullable String resultPath, String next) {

    /** Copies the names. */
    public Catcher {
        errors = List.copyOf(errors);
    }
}
