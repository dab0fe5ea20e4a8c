package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventOf;
import io.jenkins.plugins.awsoperations.alert.FailEventRequestBuilder;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an alert tells of an operation besides its failure.
 *
 * @param error a state machine's own error, which stands for the failure's name; or null
 * @param cause a state machine's own cause as JSON or text, which stands for the failure's; or null
 * @param fields further fields of the cause
 * @param page the page in the AWS console that shows the failure, or null
 * @param resources ids and ARNs of what failed
 */
record EventDetails(
        @Nullable String error,
        @Nullable String cause,
        Map<String, Object> fields,
        @Nullable String page,
        List<String> resources) {

    /** Outputs may be long and may hold secrets. */
    private static final Set<String> OUTPUTS = Set.of("stdout", "stderr", "output", "cause");

    /** Nothing but the failure. */
    static EventDetails none() {
        return of(Map.of(), List.of());
    }

    static EventDetails of(Map<String, Object> fields, List<String> resources) {
        return new EventDetails(null, null, fields, null, resources);
    }

    /**
     * What a result says: {@code consoleUrl} is the page to look at, {@code executionArn} and {@code instanceId} are the resources.
     * Outputs are left out.
     */
    static EventDetails ofResult(Map<String, Object> result) {
        Map<String, Object> fields = new LinkedHashMap<>(result);
        fields.keySet().removeAll(OUTPUTS);
        fields.values().removeIf(Objects::isNull);
        fields.remove("error");
        List<String> resources = Stream.of("executionArn", "instanceId")
                .map(fields::get)
                .filter(id -> id instanceof String text && !text.isBlank())
                .map(Object::toString)
                .toList();
        String page = fields.get("consoleUrl") instanceof String url ? url : null;
        return new EventDetails(null, null, fields, page, resources);
    }

    /** The same in a state machine's own words. */
    EventDetails inWordsOf(@Nullable String ownError, @Nullable String ownCause) {
        return new EventDetails(ownError, ownCause, fields, page, resources);
    }

    FailEventRequestBuilder event(OperationFailure failure) {
        FailEventRequestBuilder event =
                FailEventOf.failure(failure, fields).executionUrl(page).resources(resources);
        if (error != null && !error.isBlank()) {
            event.error(error);
        }
        return cause == null || cause.isBlank() ? event : event.cause(cause);
    }
}
