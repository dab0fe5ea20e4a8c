package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSONPath as far as definitions usually need it: {@code $.a.b}, {@code $['a b']}, {@code $.list[0]}, {@code
 * $.list[*].a}, and the same after {@code $$} for the context object.
 */
public final class Paths {

    private static final Pattern STEP = Pattern.compile(
            "\\.([^.\\[\\]\\s'\"()*,?@]+)|\\['([^']*)'\\]|\\[\"([^\"]*)\"\\]|\\[(\\d+)\\]|(\\[\\*\\]|\\.\\*)");
    private static final String EVERY = "*";

    private Paths() {}

    /** Whether this is a path that can be read. */
    static boolean valid(String path) {
        return steps(path) != null;
    }

    /** Whether this is a path that names one place, so that something can be put there. */
    static boolean isReference(String path) {
        List<Object> steps = steps(path);
        return steps != null && !path.startsWith("$$") && steps.stream().noneMatch(Every.class::isInstance);
    }

    /**
     * What is at a path, or null when there is nothing.
     *
     * @param path begins with {@code $} or {@code $$}
     */
    public static @Nullable JsonNode find(String path, Binding binding) {
        return walk(root(path, binding), required(path), 0);
    }

    /**
     * What is at a path.
     *
     * @throws StateFailure States.Runtime when there is nothing
     */
    public static JsonNode read(String path, Binding binding) {
        JsonNode root = root(path, binding);
        List<Object> steps = required(path);
        JsonNode found = walk(root, steps, 0);
        if (found != null) {
            return found;
        }
        int reached = 1;
        while (reached < steps.size() && walk(root, steps.subList(0, reached), 0) != null) {
            reached++;
        }
        String missing = text(steps.subList(0, reached));
        throw StateFailure.runtime("Invalid path '" + path + "' : "
                + (reached == steps.size() ? "No results for path: " : "Missing property in path ") + missing);
    }

    private static JsonNode root(String path, Binding binding) {
        return path.startsWith("$$") ? binding.context().get() : binding.data();
    }

    /**
     * A copy of some data with a value put somewhere into it.
     *
     * @throws StateFailure States.ResultPathMatchFailure when there is no such place
     */
    public static JsonNode put(JsonNode data, String path, JsonNode value) {
        List<Object> steps = required(path);
        if (steps.isEmpty()) {
            return value;
        }
        JsonNode copy = data.isObject() ? data.deepCopy() : JsonNodeFactory.instance.objectNode();
        if (!data.isObject()) {
            throw noPlace(path, data);
        }
        JsonNode place = copy;
        for (Object step : steps.subList(0, steps.size() - 1)) {
            place = descend(place, step, path, data);
        }
        Object last = steps.get(steps.size() - 1);
        if (last instanceof String name && place instanceof ObjectNode object) {
            object.set(name, value);
        } else if (last instanceof Integer index && place instanceof ArrayNode array && index < array.size()) {
            array.set(index, value);
        } else {
            throw noPlace(path, data);
        }
        return copy;
    }

    private static JsonNode descend(JsonNode place, Object step, String path, JsonNode data) {
        if (step instanceof String name && place instanceof ObjectNode object) {
            JsonNode inside = object.get(name);
            return inside == null ? object.putObject(name) : inside;
        }
        if (step instanceof Integer index && place.isArray() && index < place.size()) {
            return place.get(index);
        }
        throw noPlace(path, data);
    }

    private static StateFailure noPlace(String path, JsonNode data) {
        return new StateFailure(
                "States.ResultPathMatchFailure",
                "Unable to apply ReferencePath " + path + " to input " + Document.write(data));
    }

    private static @Nullable JsonNode walk(JsonNode from, List<Object> steps, int done) {
        if (done == steps.size()) {
            return from;
        }
        Object step = steps.get(done);
        if (step instanceof Every) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            for (JsonNode element : from) {
                JsonNode found = walk(element, steps, done + 1);
                if (found != null) {
                    all.add(found);
                }
            }
            return all;
        }
        JsonNode inside = step instanceof Integer index ? from.get(index) : from.get((String) step);
        return inside == null ? null : walk(inside, steps, done + 1);
    }

    private static String text(List<Object> steps) {
        StringBuilder text = new StringBuilder("$");
        for (Object step : steps) {
            text.append(step instanceof String name ? "['" + name + "']" : "[" + step + "]");
        }
        return text.toString();
    }

    private static List<Object> required(String path) {
        List<Object> steps = steps(path);
        if (steps == null) {
            throw StateFailure.runtime("Invalid path '" + path + "' : the simulator cannot read it");
        }
        return steps;
    }

    private static @Nullable List<Object> steps(String path) {
        if (!path.startsWith("$")) {
            return null;
        }
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = path.startsWith("$$") ? 2 : 1;
        while (at < path.length()) {
            if (!matcher.region(at, path.length()).lookingAt()) {
                return null;
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        return steps;
    }

    private static Object step(Matcher matcher) {
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return matcher.group(4) == null ? new Every() : (Object) Integer.valueOf(matcher.group(4));
    }

    private record Every() {

        @Override
        public String toString() {
            return EVERY;
        }
    }
}
