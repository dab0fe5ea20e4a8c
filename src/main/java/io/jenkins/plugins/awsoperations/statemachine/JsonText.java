package io.jenkins.plugins.awsoperations.statemachine;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as Step Functions takes and gives it: inputs, outputs and causes. */
final class JsonText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonText() {}

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a text, with line and column, and empty when it is JSON. Without the text itself, which may hold secrets. */
    static Optional<String> problem(String json) {
        try {
            if (!isSendable(json)) {
                return Optional.of("has half of a character (a surrogate without the other), which cannot be sent");
            }
            if (JSON.readTree(json).isMissingNode()) {
                return Optional.of("is empty");
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return Optional.of("is not JSON" + where + ": " + reason(e));
        }
    }

    /** Whether UTF-8 has bytes for all of a text. */
    static boolean isSendable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether two texts are the same JSON, however they are written; texts that are none must be the same letter by letter. */
    static boolean isSame(String one, String other) {
        try {
            return parse(one).equals(parse(other));
        } catch (UncheckedIOException e) {
            return one.equals(other);
        }
    }

    private static String reason(JsonProcessingException e) {
        String first =
                String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        if (first.startsWith("Unrecognized token")) {
            return "a word that is neither text in double quotes, number, true, false nor null";
        }
        return first.length() <= 200 ? first : first.substring(0, 200) + "…";
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maps, lists, texts, numbers and booleans; the text itself when it is no JSON; null for null. */
    static @Nullable Object value(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            return json;
        }
    }
}
