package io.jenkins.plugins.awsoperations.simulator.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An event pattern as rules have them: exact values, {@code prefix}, {@code suffix}, {@code exists}, {@code anything-but} and
 * {@code equals-ignore-case}. EventBridge user guide, "Creating Amazon EventBridge event patterns".
 *
 * @param pattern an object whose leaves are lists of alternatives
 */
record EventPattern(JsonNode pattern) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static EventPattern parse(String text) {
        JsonNode pattern = parsed(text);
        if (!pattern.isObject() || pattern.isEmpty()) {
            throw new IllegalArgumentException("an event pattern is an object with at least one field: " + text);
        }
        return new EventPattern(pattern);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    boolean matches(ReceivedEvent event, Account account) {
        return matches(pattern, json(event, account));
    }

    /** The event as a rule's target gets it. */
    private static ObjectNode json(ReceivedEvent event, Account account) {
        ObjectNode json = JSON.createObjectNode()
                .put("version", "0")
                .put("id", event.id())
                .put("detail-type", event.detailType())
                .put("source", event.source())
                .put("account", account.accountId())
                .put("time", event.time().toString())
                .put("region", account.region());
        json.set("resources", JSON.valueToTree(event.resources()));
        json.set("detail", parsed(event.detail()));
        return json;
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        for (Map.Entry<String, JsonNode> field : pattern.properties()) {
            JsonNode value = event.path(field.getKey());
            JsonNode wanted = field.getValue();
            if (field.getKey().startsWith("$") || !wanted.isContainerNode()) {
                throw new IllegalArgumentException("not known in a pattern: " + field);
            }
            if (!(wanted.isArray() ? any(wanted, value) : matches(wanted, value))) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(JsonNode alternatives, JsonNode value) {
        // All are looked at, so that a mistake in one of them does not pass unseen.
        return stream(alternatives).filter(one -> alternative(one, value)).count() > 0;
    }

    /** A list in the event matches when one of its elements does. */
    private static boolean alternative(JsonNode wanted, JsonNode value) {
        if (wanted.has("exists")) {
            boolean exists = value.isValueNode() || value.isArray() && !value.isEmpty();
            return wanted.get("exists").asBoolean() == exists;
        }
        List<JsonNode> values = value.isArray() ? stream(value).toList() : List.of(value);
        return values.stream().filter(one -> matchesOne(wanted, one)).count() > 0;
    }

    private static boolean matchesOne(JsonNode wanted, JsonNode value) {
        if (!wanted.isObject()) {
            return isSame(wanted, value);
        }
        if (wanted.size() != 1) {
            throw new IllegalArgumentException("one comparison at a time: " + wanted);
        }
        Map.Entry<String, JsonNode> comparison = wanted.properties().iterator().next();
        JsonNode operand = comparison.getValue();
        return switch (comparison.getKey()) {
            case "prefix" -> value.isTextual() && value.textValue().startsWith(text(operand));
            case "suffix" -> value.isTextual() && value.textValue().endsWith(text(operand));
            case "equals-ignore-case" -> value.isTextual() && value.textValue().equalsIgnoreCase(text(operand));
            case "anything-but" -> value.isValueNode() && !isAmong(operand, value);
            default -> throw new IllegalArgumentException("not known in a pattern: " + wanted);
        };
    }

    private static String text(JsonNode operand) {
        if (!operand.isTextual()) {
            throw new IllegalArgumentException("a text is compared, not " + operand);
        }
        return operand.textValue();
    }

    private static boolean isAmong(JsonNode operand, JsonNode value) {
        return operand.isArray() ? stream(operand).anyMatch(one -> isSame(one, value)) : matchesOne(operand, value);
    }

    private static boolean isSame(JsonNode wanted, JsonNode value) {
        return wanted.isNumber() && value.isNumber()
                ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
                : wanted.equals(value) && !(value instanceof MissingNode);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
