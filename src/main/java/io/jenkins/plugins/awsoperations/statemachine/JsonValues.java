package io.jenkins.plugins.awsoperations.statemachine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of a caller as what JSON has. Anything else is refused: to write an object by its getters would send whatever it leads to,
 * a whole build for instance.
 */
final class JsonValues {

    /** Enough for any input, and an end for one that holds itself. */
    private static final int MOST_LEVELS = 500;

    private JsonValues() {}

    /** @throws IllegalArgumentException that says what is not JSON, and where */
    static Map<String, Object> of(Map<?, ?> map) {
        return object(map, "", 1);
    }

    private static @Nullable Object value(@Nullable Object value, String path, int level) {
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("is nested too deep: more than " + MOST_LEVELS + " levels");
        }
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, path, level);
        }
        if (value instanceof Collection<?> list) {
            return array(list, path, level);
        }
        if (value instanceof Object[] array) {
            return array(Arrays.asList(array), path, level);
        }
        if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) {
            return value.toString();
        }
        return number(value, path);
    }

    private static Map<String, Object> object(Map<?, ?> map, String path, int level) {
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put(String.valueOf(key), value(value, path + "/" + key, level + 1)));
        return object;
    }

    private static List<Object> array(Collection<?> list, String path, int level) {
        List<Object> array = new ArrayList<>();
        for (Object value : list) {
            array.add(value(value, path + "/" + array.size(), level + 1));
        }
        return array;
    }

    private static Object number(Object value, String path) {
        if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw new IllegalArgumentException("has " + value + " at " + path + ", for which JSON has no word");
            }
            return value;
        }
        if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal) {
            return value;
        }
        throw new IllegalArgumentException("must have texts, numbers, booleans, nulls, lists and maps only, and has a "
                + value.getClass().getName() + " at " + path);
    }
}
