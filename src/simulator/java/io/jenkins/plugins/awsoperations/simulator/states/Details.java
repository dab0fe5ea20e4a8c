package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The details of history events. */
final class Details {

    private Details() {}

    static Map<String, Object> entered(String stateName, String input) {
        return Map.of("name", stateName, "input", input);
    }

    static Map<String, Object> exited(String stateName, String output) {
        return Map.of("name", stateName, "output", output);
    }

    static Map<String, Object> failure(StateFailure failure) {
        return failure(failure.error(), failure.explanation());
    }

    static Map<String, Object> failure(@Nullable String error, @Nullable String cause) {
        return with(with(Map.of(), "error", error), "cause", cause);
    }

    /** The same details and one more, unless it is null. */
    static Map<String, Object> with(Map<String, Object> details, String name, @Nullable Object value) {
        if (value == null) {
            return details;
        }
        Map<String, Object> more = new TreeMap<>(details);
        more.put(name, value);
        return Map.copyOf(more);
    }
}
