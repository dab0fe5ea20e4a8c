package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import java.util.function.Supplier;

/**
 * What paths and templates are about.
 *
 * @param data what {@code $} is
 * @param context what {@code $$} is, put together only when somebody asks
 */
@SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "Nobody changes the data.")
public record Binding(JsonNode data, Supplier<JsonNode> context) {

    /** The same context with other data. */
    public Binding with(JsonNode otherData) {
        return new Binding(otherData, context);
    }
}
