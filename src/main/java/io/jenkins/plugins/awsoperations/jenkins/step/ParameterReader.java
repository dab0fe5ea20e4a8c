package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What readers of a step's parameters have in common: they collect what is wrong, so that all of it is told at once. */
abstract class ParameterReader {

    private final Problems problems = new Problems();

    /** What this reader found wrong, besides what the request's own rules find. */
    final List<Problem> problemsWith(List<Problem> ofTheRequest) {
        List<Problem> all = new ArrayList<>(problems.all());
        all.addAll(ofTheRequest);
        return all;
    }

    /** Notes what is wrong with a parameter. */
    final void wrong(String field, String message) {
        problems.add(field, message);
    }

    /** @param stand what to go on with, to find further problems, when the name is none */
    final <E extends Enum<E>> E choice(String field, String name, E stand) {
        E[] all = stand.getDeclaringClass().getEnumConstants();
        String wanted = name.toUpperCase(Locale.ROOT);
        for (E one : all) {
            if (one.name().equals(wanted)) {
                return one;
            }
        }
        wrong(
                field,
                "must be one of " + Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", ")) + ", not '"
                        + name + "'");
        return stand;
    }

    /**
     * The value of a key that has only one.
     *
     * @param why completes the sentence that it has several: what has only one
     */
    final String single(String field, String key, Object value, String why) {
        List<String> values = TagText.values(value);
        if (values.size() != 1) {
            wrong(field, "'" + key + "' has several values; " + why);
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    static <T> List<T> orEmpty(@CheckForNull List<T> list) {
        return list == null ? List.of() : list;
    }

    static Map<String, Object> orEmpty(@CheckForNull Map<String, Object> map) {
        return map == null ? Map.of() : map;
    }

    static String[] values(Object value) {
        return TagText.values(value).toArray(String[]::new);
    }
}
