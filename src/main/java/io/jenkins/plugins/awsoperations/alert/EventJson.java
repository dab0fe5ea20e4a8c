package io.jenkins.plugins.awsoperations.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading and writing the JSON of an event, without loss of digits. */
final class EventJson {

    /**
     * How deep a cause may be nested. "PutEvents will only process nested JSON up to 1000 levels deep" (API reference,
     * PutEvents); targets take less.
     */
    static final int MOST_LEVELS = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_LEVELS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private EventJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The object or array that a text is; empty for other texts. */
    static Optional<JsonNode> parseTree(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(stripped));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes is always JSON", e);
        }
    }

    /** A map as JSON. What JSON has no word for stands for its text; what is nested too deep is left out. */
    static ObjectNode tree(Map<?, ?> map) {
        return tree(map, 1);
    }

    private static ObjectNode tree(Map<?, ?> map, int level) {
        ObjectNode object = object();
        map.forEach((key, value) -> object.set(String.valueOf(key), node(value, level + 1)));
        return object;
    }

    private static JsonNode node(@Nullable Object value, int level) {
        JsonNodeFactory nodes = MAPPER.getNodeFactory();
        if (value == null) {
            return nodes.nullNode();
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value instanceof Map<?, ?> || value instanceof Iterable<?> || value instanceof Object[]) {
            return level > MOST_LEVELS ? nodes.textNode("…") : container(value, level);
        }
        if (value instanceof Boolean truth) {
            return nodes.booleanNode(truth);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        return nodes.textNode(value.toString());
    }

    private static JsonNode container(Object value, int level) {
        if (value instanceof Map<?, ?> map) {
            return tree(map, level);
        }
        ArrayNode array = MAPPER.createArrayNode();
        Iterable<?> elements = value instanceof Object[] given ? java.util.Arrays.asList(given) : (Iterable<?>) value;
        elements.forEach(element -> array.add(node(element, level + 1)));
        return array;
    }

    private static JsonNode number(Number number) {
        JsonNodeFactory nodes = MAPPER.getNodeFactory();
        if (number instanceof BigInteger whole) {
            return nodes.numberNode(whole);
        }
        if (number instanceof BigDecimal decimal) {
            return nodes.numberNode(decimal);
        }
        if (number instanceof Byte || number instanceof Short || number instanceof Integer || number instanceof Long) {
            return nodes.numberNode(number.longValue());
        }
        // JSON has no NaN and no infinity.
        double value = number.doubleValue();
        return Double.isFinite(value) ? nodes.numberNode(value) : nodes.textNode(number.toString());
    }
}
