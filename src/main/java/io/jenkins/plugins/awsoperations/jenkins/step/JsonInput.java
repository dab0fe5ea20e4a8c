package io.jenkins.plugins.awsoperations.jenkins.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;

/** JSON as Pipelines and forms give it: a map of what JSON knows, or a text. */
final class JsonInput {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private JsonInput() {}

    /**
     * A map of texts, numbers, booleans, nulls, lists and maps, whatever Groovy put into it, in its order; or the text as it was
     * written, but with the line breaks of Unix, because browsers have others. Null for a blank text.
     *
     * @param field the field's name, for the message
     * @throws IllegalArgumentException naming the field, when it is neither, or has a key that would be lost
     */
    @CheckForNull
    static Object normal(String field, @CheckForNull Object input) {
        if (isNull(input)) {
            return null;
        }
        if (input instanceof CharSequence text) {
            String lines = text.toString().replace("\r\n", "\n");
            return lines.isBlank() ? null : lines;
        }
        if (input instanceof Map<?, ?> map) {
            return map(field, map);
        }
        throw new IllegalArgumentException(
                field + " must be a map or a text with JSON, not a value of " + input.getClass());
    }

    private static Map<String, Object> map(String place, Map<?, ?> map) {
        Map<String, Object> normal = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                throw new IllegalArgumentException(place + " has a key that is null");
            }
            String key = entry.getKey().toString();
            if (normal.containsKey(key)) {
                throw new IllegalArgumentException(place + " has the key '" + key + "' twice");
            }
            normal.put(key, value(place + "." + key, entry.getValue()));
        }
        return normal;
    }

    @CheckForNull
    private static Object value(String place, @CheckForNull Object value) {
        if (isNull(value)) {
            return null;
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map(place, map);
        }
        if (value instanceof Collection<?> several) {
            return list(place, several);
        }
        if (value instanceof Object[] several) {
            return list(place, Arrays.asList(several));
        }
        // A number or a boolean; the engine refuses what is none.
        return value;
    }

    private static List<Object> list(String place, Collection<?> several) {
        List<Object> normal = new ArrayList<>();
        for (Object one : several) {
            normal.add(value(place + "[" + normal.size() + "]", one));
        }
        return normal;
    }

    /** Also the null of the step readJSON. */
    private static boolean isNull(@CheckForNull Object value) {
        // Not by JSONUtils, for which the text "null" is null, too.
        return value == null
                || value instanceof JSONNull
                || value instanceof JSONObject object && object.isNullObject();
    }

    /** Tells inputs apart without keeping them. */
    static int hash(@CheckForNull Object normal) {
        return normal == null ? 0 : normal.toString().hashCode();
    }

    /** The form's text: a map as JSON, a text as it is. */
    @NonNull
    static String text(@CheckForNull Object normal) {
        if (!(normal instanceof Map<?, ?>)) {
            return normal == null ? "" : normal.toString();
        }
        try {
            return JSON.writeValueAsString(normal);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
