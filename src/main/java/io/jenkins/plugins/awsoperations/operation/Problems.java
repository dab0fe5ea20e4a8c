package io.jenkins.plugins.awsoperations.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the parameters of a request, so that all of it is told at once. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /**
     * @param field the parameter's name
     * @param message what is wrong and what is allowed, to be read behind the name
     */
    public void add(String field, String message) {
        found.add(new Problem(field, message));
    }

    /** Adds a problem unless the number is in the range; null stands for not given. */
    public void range(String field, @Nullable Integer value, int from, int to) {
        if (value != null && (value < from || value > to)) {
            add(
                    field,
                    to == Integer.MAX_VALUE
                            ? "must be at least " + from + ", not " + value
                            : "must be " + from + " to " + to + ", not " + value);
        }
    }

    /** All problems, in the order in which they were found. */
    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** @throws OperationException of kind CONFIGURATION that names every field that is wrong, when there is one */
    public static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new OperationException(OperationFailure.of(
                    FailureKind.CONFIGURATION,
                    problems.stream().map(Problem::toString).collect(Collectors.joining("; ")),
                    "Nothing was done."));
        }
    }
}
