package io.jenkins.plugins.awsoperations.fleet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which tags an instance must carry: all keys (AND), each with one of its values (OR). Literal and case sensitive.
 */
public final class TagSelector implements Serializable {

    private static final long serialVersionUID = 1L;

    private final TreeMap<String, List<String>> tags;

    private TagSelector(Map<String, ? extends List<String>> tags) {
        this.tags = new TreeMap<>();
        tags.forEach((key, values) -> this.tags.put(key, new ArrayList<>(values)));
    }

    /** @param tags key to the values of which one must match */
    public static TagSelector of(Map<String, ? extends List<String>> tags) {
        return new TagSelector(tags);
    }

    /** Selects nothing: no tag is asked for. */
    public static TagSelector empty() {
        return new TagSelector(Map.of());
    }

    public boolean isEmpty() {
        return tags.isEmpty();
    }

    /** Key to accepted values. */
    public Map<String, List<String>> tags() {
        return new TreeMap<>(tags);
    }

    /** How many filter values it makes; EC2 takes 200 in one request. */
    public int valueCount() {
        return tags.values().stream().mapToInt(List::size).sum();
    }

    /** Whether tags satisfy all pairs. */
    public boolean matches(Map<String, String> actual) {
        return tags.entrySet().stream()
                .allMatch(e -> actual.containsKey(e.getKey()) && e.getValue().contains(actual.get(e.getKey())));
    }

    /** Whether tags satisfy at least one pair. */
    public boolean matchesAny(Map<String, String> actual) {
        return tags.entrySet().stream()
                .anyMatch(e -> actual.containsKey(e.getKey()) && e.getValue().contains(actual.get(e.getKey())));
    }

    /**
     * A value as an EC2 filter takes it literally: {@code *}, {@code ?} and {@code \} are wildcards and escape character there
     * (EC2 API reference, "Filter").
     */
    public static String escape(String value) {
        return value.replaceAll("[*?\\\\]", "\\\\$0");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TagSelector that && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tags);
    }

    /** As people write it: {@code role=web|app, env=production}. */
    @Override
    public String toString() {
        return tags.entrySet().stream()
                .map(e -> e.getKey() + "=" + String.join("|", e.getValue()))
                .collect(Collectors.joining(", "));
    }
}
