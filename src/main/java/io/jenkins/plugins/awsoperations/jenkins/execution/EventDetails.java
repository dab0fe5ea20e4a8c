package io.jenkins.plugins.awsoperations.jenkins.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awsoperations.alert.FailEventOf;
import io.jenkins.plugins.awsoperations.alert.FailEventRequestBuilder;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a fail event tells of an operation besides its failure. A plain class of maps, lists, texts and numbers, because it is kept with
 * the failure.
 */
public final class EventDetails implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How much of a cause is kept. */
    private static final int KEPT = 2_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final String error;
    private final Serializable cause;
    private final LinkedHashMap<String, Object> fields;
    private final String page;
    private final ArrayList<String> resources;

    private EventDetails(
            @CheckForNull String error,
            @CheckForNull Serializable cause,
            Map<String, Object> fields,
            @CheckForNull String page,
            Collection<String> resources) {
        this.error = error;
        this.cause = cause;
        this.fields = new LinkedHashMap<>(fields);
        this.page = page;
        this.resources = new ArrayList<>(resources);
    }

    /** Nothing but the failure. */
    @NonNull
    public static EventDetails none() {
        return of(Map.of(), List.of());
    }

    /**
     * More fields for the cause, and the AWS resources that failed.
     *
     * @param fields maps, lists, texts, numbers and truth values
     * @param resources ids or ARNs
     */
    @NonNull
    public static EventDetails of(Map<String, Object> fields, Collection<String> resources) {
        return new EventDetails(null, null, fields, null, resources);
    }

    /**
     * What the map that a Pipeline gets says: {@code error} and {@code cause} are a state machine's own and stand for the failure's;
     * {@code consoleUrl} is the page to look at; {@code executionArn} and {@code instanceId} are the resources. Outputs are left out.
     */
    @NonNull
    public static EventDetails ofResult(Map<String, Object> result) {
        Map<String, Object> fields = new LinkedHashMap<>(result);
        fields.keySet().removeAll(AwsOperationException.OUTPUTS);
        fields.values().removeIf(Objects::isNull);
        Object error = fields.remove("error");
        List<String> resources = Stream.of("executionArn", "instanceId")
                .map(fields::get)
                .filter(id -> id instanceof String text && !text.isBlank())
                .map(Object::toString)
                .toList();
        return new EventDetails(
                error instanceof String name && !name.isBlank() ? name : null,
                result.get("cause") instanceof Serializable cause && !"".equals(cause) ? cause : null,
                fields,
                fields.get("consoleUrl") instanceof String url ? url : null,
                resources);
    }

    /** The same as the build's log would show it: nothing leaves with an event that the log hides. */
    @NonNull
    @SuppressWarnings("unchecked")
    EventDetails logged(LoggedText log) throws IOException, InterruptedException {
        return new EventDetails(
                error == null ? null : log.of(error),
                log.ofAll(cause),
                (Map<String, Object>) Objects.requireNonNull(log.ofAll(fields)),
                page,
                resources);
    }

    /** The same with no more than the beginning of a long cause, for what is written down. */
    @NonNull
    EventDetails kept() {
        String text = cause instanceof String given ? given : cause == null ? "" : json(cause);
        return text.length() <= KEPT ? this : new EventDetails(error, beginning(text), fields, page, resources);
    }

    private static String beginning(String text) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(KEPT - 1)) ? KEPT - 1 : KEPT);
    }

    /** The page in the AWS console that shows the failure, or null. */
    @CheckForNull
    public String page() {
        return page;
    }

    /** The event that tells a failure: in a state machine's own words, when there are such. */
    @NonNull
    FailEventRequestBuilder event(OperationFailure failure) {
        FailEventRequestBuilder event = begin(failure, fields);
        if (cause instanceof Map<?, ?> map) {
            return event.causeObject(texts(map));
        }
        return cause == null ? event : event.cause(cause instanceof String text ? text : json(cause));
    }

    /**
     * The event that tells a failure in the words of AWS Operations; a state machine's own cause is one of the fields of this one.
     *
     * @param more fields in front of the details
     */
    @NonNull
    public FailEventRequestBuilder event(OperationFailure failure, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        fields.forEach(all::putIfAbsent);
        if (cause != null) {
            all.putIfAbsent("cause", cause);
        }
        return begin(failure, all);
    }

    private FailEventRequestBuilder begin(OperationFailure failure, Map<String, Object> all) {
        FailEventRequestBuilder event = FailEventOf.failure(failure, all).resources(resources);
        return error == null ? event : event.error(error);
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), value));
        return texts;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return value.toString();
        }
    }
}
