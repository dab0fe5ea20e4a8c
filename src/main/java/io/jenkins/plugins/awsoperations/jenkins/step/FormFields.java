package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The fields of a step's form into which a person types, what each of them holds, and how a step gets it. Filled once, when the
 * class that holds it is loaded.
 *
 * @param <S> the step
 */
final class FormFields<S> {

    private final Map<String, BiConsumer<S, String>> setters = new LinkedHashMap<>();
    private final Set<String> numbers = new LinkedHashSet<>();

    /** A field with a whole number. */
    FormFields<S> number(String name, BiConsumer<S, Integer> setter) {
        numbers.add(name);
        return parsed(name, "a whole number", Integer::valueOf, setter);
    }

    /** A field with a number that may have decimal places. */
    FormFields<S> decimal(String name, BiConsumer<S, Double> setter) {
        numbers.add(name);
        return parsed(name, "a number", Double::valueOf, setter);
    }

    private <N extends Number> FormFields<S> parsed(
            String name, String kind, Function<String, N> parse, BiConsumer<S, N> setter) {
        return text(name, (step, text) -> {
            N number;
            try {
                number = parse.apply(text.trim());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " must be " + kind + ", not '" + text.trim() + "'", e);
            }
            setter.accept(step, number);
        });
    }

    /**
     * A field with a text.
     *
     * @param setter given the text as it was entered; throws an {@link IllegalArgumentException} that names the field when it is
     *     not what the field takes
     */
    FormFields<S> text(String name, BiConsumer<S, String> setter) {
        setters.put(name, setter);
        return this;
    }

    /** The names of all fields. */
    @NonNull
    Set<String> names() {
        return Collections.unmodifiableSet(setters.keySet());
    }

    /** The names of those that hold a number. */
    @NonNull
    Set<String> numbers() {
        return Collections.unmodifiableSet(numbers);
    }

    /** @throws IllegalArgumentException naming the field, when the text is not what the field takes */
    void set(S step, String name, String text) {
        setters.get(name).accept(step, text);
    }
}
