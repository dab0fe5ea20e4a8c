package io.jenkins.plugins.awsoperations.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request, read strictly: a member of another type than the API's answers SerializationException, as
 * AWS's JSON services do. A member that is null counts as not sent.
 */
public final class JsonRequest {

    private final JsonNode body;

    JsonRequest(JsonNode body) {
        if (!body.isObject()) {
            throw wrongType("the request", "an object");
        }
        this.body = body;
    }

    /** All members as a flat map: {@code InstanceIds.1}, {@code Parameters.commands.1}. */
    Map<String, String> flat() {
        SortedMap<String, String> flat = new TreeMap<>();
        flatten("", body, flat);
        return Collections.unmodifiableSortedMap(flat);
    }

    private static void flatten(String path, JsonNode node, Map<String, String> flat) {
        String prefix = path.isEmpty() ? "" : path + '.';
        if (node.isObject()) {
            node.properties().forEach(field -> flatten(prefix + field.getKey(), field.getValue(), flat));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(prefix + (i + 1), node.get(i), flat);
            }
        } else if (!node.isNull()) {
            flat.put(path, node.asText());
        }
    }

    /** A text, or null when it was not sent. */
    public @Nullable String text(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongType(name, "a string");
        }
        return value.textValue();
    }

    /** A whole number, or null when it was not sent. */
    public @Nullable Long number(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrongType(name, "a whole number");
        }
        return value.longValue();
    }

    /** A number with decimal places or without, as timestamps are, or null when it was not sent. */
    public @Nullable BigDecimal decimal(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrongType(name, "a number");
        }
        return value.decimalValue();
    }

    /** Whether a member was sent. */
    public boolean has(String name) {
        return present(name) != null;
    }

    /** A boolean; false when it was not sent. */
    public boolean flag(String name) {
        return flag(name, false);
    }

    /** A boolean, or something else when it was not sent. */
    public boolean flag(String name, boolean otherwise) {
        JsonNode value = present(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrongType(name, "a boolean");
        }
        return value.booleanValue();
    }

    /** A list of texts; empty when it was not sent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (!element.isTextual()) {
                throw wrongType(name, "a list of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** A list of objects; empty when it was not sent. */
    public List<JsonRequest> objects(String name) {
        List<JsonRequest> objects = new ArrayList<>();
        elements(name).forEach(element -> objects.add(new JsonRequest(element)));
        return objects;
    }

    /** An object, or null when it was not sent. */
    public @Nullable JsonRequest object(String name) {
        JsonNode value = present(name);
        return value == null ? null : new JsonRequest(value);
    }

    /** A map of lists of texts, in the order in which it was sent; empty when it was not sent. */
    public Map<String, List<String>> textLists(String name) {
        JsonRequest map = object(name);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        if (map != null) {
            map.body.fieldNames().forEachRemaining(key -> lists.put(key, map.texts(key)));
        }
        return lists;
    }

    private Iterable<JsonNode> elements(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrongType(name, "a list");
        }
        return value;
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static AwsError wrongType(String name, String expected) {
        return AwsError.badRequest("SerializationException", name + " is not " + expected);
    }
}
