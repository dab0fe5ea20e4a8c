package io.jenkins.plugins.awsoperations.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The published schema of an event's detail, as far as it uses JSON schema: types, required, const, enum, pattern, lengths and
 * the items of lists. Stricter in one thing: a field that it does not describe is a mistake.
 */
record DetailSchema(JsonNode schema) {

    private static final Set<String> KNOWN = Set.of(
            "$schema",
            "$id",
            "title",
            "description",
            "type",
            "required",
            "properties",
            "const",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "maxItems",
            "items");

    static DetailSchema read() throws IOException {
        return new DetailSchema(
                new ObjectMapper().readTree(file("docs/fail-event.schema.json").toFile()));
    }

    /** A file of the project, wherever the build runs. */
    static Path file(String path) {
        Path here = Path.of(path);
        return Files.exists(here) ? here : Path.of("..").resolve(path);
    }

    Set<String> fields() {
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What is wrong with a detail; empty when nothing is. */
    List<String> mistakes(JsonNode detail) {
        List<String> found = new ArrayList<>();
        check("detail", schema, detail, found);
        return found;
    }

    private static void check(String at, JsonNode schema, JsonNode value, List<String> found) {
        schema.fieldNames().forEachRemaining(word -> {
            if (!KNOWN.contains(word)) {
                throw new AssertionError("this check does not know " + word);
            }
        });
        if (!hasType(schema.path("type"), value)) {
            found.add(at + " is not " + schema.path("type") + " but " + value);
            return;
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            found.add(at + " is not " + schema.get("const"));
        }
        if (schema.has("enum") && stream(schema.get("enum")).noneMatch(value::equals)) {
            found.add(at + " is none of " + schema.get("enum"));
        }
        if (value.isTextual()) {
            checkText(at, schema, value.textValue(), found);
        }
        if (value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            found.add(at + " has too many elements");
        }
        if (schema.has("items")) {
            value.forEach(element -> check(at + "[]", schema.get("items"), element, found));
        }
        if (schema.has("properties")) {
            checkFields(at, schema, value, found);
        }
    }

    private static void checkText(String at, JsonNode schema, String text, List<String> found) {
        int length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt(0)
                || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            found.add(at + " has " + length + " characters");
        }
        if (schema.has("pattern") && !text.matches(schema.get("pattern").textValue())) {
            found.add(at + " does not match " + schema.get("pattern"));
        }
    }

    private static void checkFields(String at, JsonNode schema, JsonNode object, List<String> found) {
        Set<String> missing = new HashSet<>();
        schema.path("required").forEach(name -> missing.add(name.textValue()));
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            missing.remove(field.getKey());
            JsonNode described = schema.get("properties").get(field.getKey());
            if (described == null) {
                found.add(at + "." + field.getKey() + " is not described");
            } else {
                check(at + "." + field.getKey(), described, field.getValue(), found);
            }
        }
        missing.forEach(name -> found.add(at + "." + name + " is missing"));
    }

    private static boolean hasType(JsonNode types, JsonNode value) {
        return types.isArray()
                ? stream(types).anyMatch(type -> hasType(type, value))
                : switch (types.textValue()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "integer" -> value.isIntegralNumber();
                    case "null" -> value.isNull();
                    default -> throw new AssertionError("this check does not know " + types);
                };
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
