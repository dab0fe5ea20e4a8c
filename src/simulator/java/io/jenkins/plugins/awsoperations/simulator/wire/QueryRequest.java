package io.jenkins.plugins.awsoperations.simulator.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Query protocol: a flat map of parameters in which lists are numbered from 1, for example
 * {@code Filter.1.Value.2} (Amazon EC2 Developer Guide, "Query requests").
 */
public final class QueryRequest {

    private final String action;
    private final String version;
    private final SortedMap<String, String> parameters;

    private QueryRequest(SortedMap<String, String> parameters) {
        this.action = orEmpty(parameters.remove("Action"));
        this.version = orEmpty(parameters.remove("Version"));
        this.parameters = Collections.unmodifiableSortedMap(parameters);
    }

    /**
     * Reads a body or query string of type {@code application/x-www-form-urlencoded}, UTF-8.
     *
     * @throws AwsError MalformedQueryString when it is none
     */
    public static QueryRequest parse(String form) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.put(decode(name), decode(value));
            }
        }
        return new QueryRequest(parameters);
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (!XmlBody.canCarry(decoded)) {
                // The value could not be sent back: XML 1.0 has no way to write it, and AWS refuses it as well.
                throw AwsError.invalidValue("Value contains characters that are not valid in XML");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw AwsError.badRequest("MalformedQueryString", "The query string contains a syntax error");
        }
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Name of the action; empty when the request has none. */
    public String action() {
        return action;
    }

    /** Version of the API, a date; empty when the request has none. */
    public String version() {
        return version;
    }

    /** All parameters but Action and Version, sorted. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** A parameter, or null when it was not sent. */
    public @Nullable String optional(String name) {
        return parameters.get(name);
    }

    /** A parameter that must be there and not empty. */
    public String required(String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw AwsError.missing(name);
        }
        return value;
    }

    /** A boolean parameter; false when it was not sent. */
    public boolean flag(String name) {
        String value = parameters.get(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw AwsError.invalidValue("Invalid value '" + value + "' for " + name + ". Expecting one of [true, false]");
    }

    /** A whole number, or null when the parameter was not sent. */
    public @Nullable Integer number(String name) {
        String value = parameters.get(name);
        if (value == null) {
            return null;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            throw AwsError.invalidValue("Invalid value '" + value + "' for " + name + ". Expecting an integer");
        }
    }

    /** The values of a numbered list, in order. */
    public List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (String member : members(name)) {
            String value = parameters.get(member);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** A numbered list that must have at least one value. */
    public List<String> requiredList(String name) {
        List<String> values = list(name);
        if (values.isEmpty()) {
            throw AwsError.missing(name);
        }
        return values;
    }

    /** The prefixes of a numbered list of structures, for example {@code Filter.1} and {@code Filter.2}, in order. */
    public List<String> members(String name) {
        SortedMap<Integer, String> byNumber = new TreeMap<>();
        String prefix = name + '.';
        // '/' follows '.' in ASCII, so this is exactly the range of the keys with the prefix.
        for (String key : parameters.subMap(prefix, name + '/').keySet()) {
            int end = key.indexOf('.', prefix.length());
            String digits = key.substring(prefix.length(), end < 0 ? key.length() : end);
            if (digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9') && !digits.isEmpty()) {
                byNumber.put(Integer.valueOf(digits), prefix + digits);
            }
        }
        return List.copyOf(byNumber.values());
    }
}
