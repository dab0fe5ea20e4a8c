package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;

/**
 * What paths and templates are about.
 *
 * @param data what {@code $} is
 * @param context what {@code $$} is, put together only when somebody asks
 */
public record Binding(JsonNode data, Supplier<JsonNode> context) {

    /** The same context with other data. */
    public Binding with(JsonNode otherData) {
        return new Binding(otherData, context);
    }
}
