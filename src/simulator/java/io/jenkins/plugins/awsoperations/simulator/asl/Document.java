package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A JSON value and its text, as it was sent or else as it is written without spaces. Never changed. */
public final class Document {

    /** Most bytes of an input, an output or a result (Step Functions Developer Guide, "Service quotas"). */
    public static final int MAX_BYTES = 262_144;

    /** Reads and writes numbers as they are. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private @Nullable String text;

    private Document(JsonNode node, @Nullable String text) {
        this.node = node;
        this.text = text;
    }

    /**
     * A value that was sent as text.
     *
     * @throws JsonProcessingException when it is no JSON
     */
    public static Document parse(String text) throws JsonProcessingException {
        JsonNode node = JSON.readTree(text);
        if (node.isMissingNode()) {
            throw new EmptyText();
        }
        return new Document(node, text);
    }

    /** A value. */
    public static Document of(JsonNode node) {
        return new Document(node, null);
    }

    /** The value, which nobody changes. */
    public JsonNode node() {
        return node;
    }

    /** Its text. */
    public String text() {
        if (text == null) {
            text = write(node);
        }
        return text;
    }

    /** Whether its text has more bytes than an input or output may have. */
    public boolean tooLong() {
        return tooLong(text());
    }

    /** Whether a text has more bytes than an input or output may have. */
    public static boolean tooLong(String text) {
        return text.length() > MAX_BYTES
                || text.length() > MAX_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class EmptyText extends JsonProcessingException {

        private static final long serialVersionUID = 1L;

        EmptyText() {
            super("No content to map due to end-of-input");
        }
    }
}
