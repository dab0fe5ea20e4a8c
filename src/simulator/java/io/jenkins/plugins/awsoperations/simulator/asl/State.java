package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state of a definition that was found to be in order.
 *
 * @param name its name
 * @param type what kind it is
 * @param fields everything that the definition says of it
 * @param next the state that follows; null: none
 * @param retriers when it is tried again
 * @param catchers where its failures lead
 * @param choices of a Choice state
 * @param flows the branches of a Parallel state, or what a Map state does with each item
 */
public record State(
        String name,
        StateType type,
        JsonNode fields,
        @Nullable String next,
        List<Retrier> retriers,
        List<Catcher> catchers,
        List<ChoiceRule> choices,
        List<Flow> flows) {

    /** Copies the lists. */
    public State {
        retriers = List.copyOf(retriers);
        catchers = List.copyOf(catchers);
        choices = List.copyOf(choices);
        flows = List.copyOf(flows);
    }

    /** A text of the definition, or null when it says nothing. */
    public @Nullable String text(String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    /** The retrier for an error, or null. */
    public @Nullable Retrier retrier(@Nullable String error) {
        return retriers.stream()
                .filter(retrier -> ErrorNames.match(retrier.errors(), error))
                .findFirst()
                .orElse(null);
    }

    /** The catcher for an error, or null. */
    public @Nullable Catcher catcher(@Nullable String error) {
        return catchers.stream()
                .filter(catcher -> ErrorNames.match(catcher.errors(), error))
                .findFirst()
                .orElse(null);
    }
}
