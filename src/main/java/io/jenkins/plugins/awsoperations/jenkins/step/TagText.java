package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tags as Pipelines and forms give them: a map whose values are a text or a list of texts, and lines of {@code key=value} where
 * a key that is there several times has several values.
 */
final class TagText {

    private TagText() {}

    /** A map of texts and lists of texts, whatever Groovy put into it; null for an empty one. */
    @CheckForNull
    static Map<String, Object> normal(@CheckForNull Map<String, ?> tags) {
        if (tags == null || tags.isEmpty()) {
            return null;
        }
        Map<String, Object> normal = new LinkedHashMap<>();
        tags.forEach((key, value) -> normal.put(String.valueOf((Object) key), value(value)));
        return normal;
    }

    private static Object value(@CheckForNull Object value) {
        if (value instanceof Collection<?> several) {
            ArrayList<String> values = new ArrayList<>();
            several.forEach(v -> values.add(v == null ? "" : v.toString()));
            return values;
        }
        return value == null ? "" : value.toString();
    }

    /** The values of a tag, of which one must match. */
    @NonNull
    static List<String> values(@NonNull Object value) {
        List<String> values = new ArrayList<>();
        if (value instanceof Collection<?> several) {
            several.forEach(v -> values.add(String.valueOf(v)));
        } else {
            values.add(value.toString());
        }
        return values;
    }

    /**
     * Reads lines of {@code key=value}; what is before the first {@code =} is the key.
     *
     * @param field the field's name, for the message
     * @throws IllegalArgumentException naming the field and the line, when a line has no {@code =} or no key
     */
    @NonNull
    static Map<String, Object> parse(String field, String text) {
        Map<String, Object> tags = new LinkedHashMap<>();
        for (String line : ListText.lines(text)) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(field + " has the line '" + line + "', which is not key=value");
            }
            tags.merge(
                    line.substring(0, equals).trim(), line.substring(equals + 1).trim(), TagText::both);
        }
        return tags;
    }

    private static Object both(Object before, Object next) {
        List<String> values = new ArrayList<>(values(before));
        values.add(next.toString());
        return values;
    }

    /** The form's text of tags. */
    @NonNull
    static String text(@CheckForNull Map<String, Object> tags) {
        StringBuilder text = new StringBuilder();
        if (tags != null) {
            tags.forEach((key, value) -> values(value)
                    .forEach(v -> text.append(key).append('=').append(v).append('\n')));
        }
        return text.toString();
    }
}
