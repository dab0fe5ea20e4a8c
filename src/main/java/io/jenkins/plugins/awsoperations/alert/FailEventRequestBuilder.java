package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parameters; each setter's meaning is that of the getter of {@link FailEventRequest}, and null takes a
 * parameter back.
 */
public final class FailEventRequestBuilder {

    final List<String> resources = new ArrayList<>();
    Cause cause = Cause.of("");
    String eventBus = FailEventRequest.DEFAULT_EVENT_BUS;
    String source = FailEventRequest.DEFAULT_SOURCE;
    String detailType = FailEventRequest.DEFAULT_DETAIL_TYPE;

    @Nullable
    String channel;

    @Nullable
    String error;

    @Nullable
    String executionUrl;

    @Nullable
    String job;

    @Nullable
    String build;

    @Nullable
    FailureKind kind;

    @Nullable
    String account;

    @Nullable
    String region;

    @Nullable
    Instant failedAt;

    FailEventRequestBuilder() {}

    public FailEventRequestBuilder channel(@Nullable String value) {
        channel = value;
        return this;
    }

    /** A longer one than 256 characters is cut. */
    public FailEventRequestBuilder error(@Nullable String value) {
        error = value;
        return this;
    }

    /**
     * Why it failed. A JSON object or array is sent as such; any other text as {@code {"message": text}}. One that is too
     * long for an event is cut.
     */
    public FailEventRequestBuilder cause(@Nullable String value) {
        cause = Cause.of(value == null ? "" : value);
        return this;
    }

    /** Why it failed, as an object of maps, lists, texts, numbers, truth values and nulls. */
    public FailEventRequestBuilder causeObject(Map<String, ?> value) {
        cause = Cause.of(value);
        return this;
    }

    public FailEventRequestBuilder eventBus(@Nullable String value) {
        eventBus = value == null ? FailEventRequest.DEFAULT_EVENT_BUS : value;
        return this;
    }

    public FailEventRequestBuilder source(@Nullable String value) {
        source = value == null ? FailEventRequest.DEFAULT_SOURCE : value;
        return this;
    }

    public FailEventRequestBuilder detailType(@Nullable String value) {
        detailType = value == null ? FailEventRequest.DEFAULT_DETAIL_TYPE : value;
        return this;
    }

    public FailEventRequestBuilder executionUrl(@Nullable String value) {
        executionUrl = value;
        return this;
    }

    public FailEventRequestBuilder job(@Nullable String value) {
        job = value;
        return this;
    }

    public FailEventRequestBuilder build(@Nullable String value) {
        build = value;
        return this;
    }

    public FailEventRequestBuilder kind(@Nullable FailureKind value) {
        kind = value;
        return this;
    }

    public FailEventRequestBuilder account(@Nullable String value) {
        account = value;
        return this;
    }

    public FailEventRequestBuilder region(@Nullable String value) {
        region = value;
        return this;
    }

    public FailEventRequestBuilder failedAt(@Nullable Instant value) {
        failedAt = value;
        return this;
    }

    /** Adds resources. Those beyond a hundred, or beyond 32,768 bytes in all, are left out. */
    public FailEventRequestBuilder resources(Collection<String> values) {
        resources.addAll(values);
        return this;
    }

    /** What is wrong with the parameters, by field; empty when they are valid. */
    public List<Problem> problems() {
        return FailEventRules.check(this);
    }

    /** @throws OperationException of kind CONFIGURATION that names every field that is wrong */
    public FailEventRequest build() {
        Problems.refuse(problems());
        return new FailEventRequest(this, String.valueOf(channel));
    }
}
