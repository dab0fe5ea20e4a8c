package io.jenkins.plugins.awsoperations.simulator.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States that lead to one another: of a machine, of a branch, or of what is done with each item.
 *
 * @param startAt name of the first
 * @param states all of them by their names
 */
public record Flow(String startAt, Map<String, State> states) {

    /** Copies the states. */
    public Flow {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** A state that there is. */
    public State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalArgumentException(name);
        }
        return state;
    }
}
