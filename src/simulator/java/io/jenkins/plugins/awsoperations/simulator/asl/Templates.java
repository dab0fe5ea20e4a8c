package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Payload templates: a member whose name ends with {@code .$} is a path or an intrinsic function. */
public final class Templates {

    private static final String DYNAMIC = ".$";

    private Templates() {}

    /**
     * Fills a template.
     *
     * @throws StateFailure States.ParameterPathFailure when a path leads nowhere, States.IntrinsicFailure
     */
    public static JsonNode fill(JsonNode template, Binding binding) {
        if (template.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            template.properties().forEach(member -> {
                String name = member.getKey();
                if (name.endsWith(DYNAMIC)) {
                    filled.set(
                            name.substring(0, name.length() - DYNAMIC.length()),
                            evaluate(name, member.getValue().textValue(), binding));
                } else {
                    filled.set(name, fill(member.getValue(), binding));
                }
            });
            return filled;
        }
        if (template.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            template.forEach(element -> filled.add(fill(element, binding)));
            return filled;
        }
        return template;
    }

    private static JsonNode evaluate(String field, String expression, Binding binding) {
        if (!expression.startsWith("$")) {
            return Intrinsics.evaluate(expression, binding);
        }
        JsonNode found = Paths.find(expression, binding);
        if (found == null) {
            JsonNode searched = expression.startsWith("$$") ? binding.context().get() : binding.data();
            throw new StateFailure(
                    "States.ParameterPathFailure",
                    "The JSONPath '" + expression + "' specified for the field '" + field
                            + "' could not be found in the input '" + Document.write(searched) + "'");
        }
        return found;
    }

    /** Refuses members that end with {@code .$} and are neither path nor function. */
    static void check(JsonNode template, String location) {
        if (template.isArray()) {
            template.forEach(element -> check(element, location));
        }
        if (!template.isObject()) {
            return;
        }
        template.properties().forEach(member -> {
            String place = location + '/' + member.getKey();
            if (!member.getKey().endsWith(DYNAMIC)) {
                check(member.getValue(), place);
                return;
            }
            String expression = member.getValue().textValue();
            boolean valid = expression != null
                    && (expression.startsWith("$") ? Paths.valid(expression) : Intrinsics.valid(expression));
            if (!valid) {
                throw DefinitionError.schema(
                        "The value for the field '" + member.getKey()
                                + "' must be a valid JSONPath or a valid intrinsic function call that the simulator knows",
                        place);
            }
        });
    }
}
