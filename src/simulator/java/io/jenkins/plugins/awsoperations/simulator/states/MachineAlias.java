package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name for one or two versions of a state machine.
 *
 * @param name its name
 * @param description what it is for; null: none
 * @param routes the versions
 * @param createdAt when it was created
 */
record MachineAlias(String name, @Nullable String description, List<Route> routes, Instant createdAt) {

    MachineAlias {
        routes = List.copyOf(routes);
    }

    /**
     * A version and its share.
     *
     * @param version its number
     * @param weight percent of the executions
     */
    record Route(int version, int weight) {}
}
