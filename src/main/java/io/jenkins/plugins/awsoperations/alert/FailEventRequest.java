package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What failed and whom to tell: every parameter of {@code sendFailEvent}, valid by construction. Build one with
 * {@link #builder}; the limits and their reasons are in {@link FailEventRules}.
 */
public final class FailEventRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The bus when none is given: the one that every account has. */
    public static final String DEFAULT_EVENT_BUS = "default";

    /** The event's source when none is given. */
    public static final String DEFAULT_SOURCE = "jenkins.aws-operations";

    /** The event's detail type when none is given. */
    public static final String DEFAULT_DETAIL_TYPE = "Job Failed";

    /** The error's name when none is given. */
    public static final String DEFAULT_ERROR = "Failed";

    private final String channel;
    private final String error;
    private final Cause cause;
    private final String eventBus;
    private final String source;
    private final String detailType;
    private final @Nullable String executionUrl;
    private final @Nullable String job;
    private final @Nullable String build;
    private final @Nullable FailureKind kind;
    private final @Nullable String account;
    private final @Nullable String region;
    private final @Nullable Instant failedAt;
    private final ArrayList<String> resources;
    private final int resourcesLeftOut;

    FailEventRequest(FailEventRequestBuilder b, String channel) {
        this.channel = Texts.wellFormed(channel);
        this.error = FailEventRules.error(b.error);
        this.cause = b.cause;
        this.eventBus = b.eventBus;
        this.source = b.source;
        this.detailType = b.detailType;
        this.executionUrl = b.executionUrl;
        this.job = FailEventRules.name(b.job);
        this.build = FailEventRules.name(b.build);
        this.kind = b.kind;
        this.account = b.account;
        this.region = b.region;
        this.failedAt = b.failedAt;
        this.resources = FailEventRules.fitting(b.resources);
        this.resourcesLeftOut = b.resources.size() - resources.size();
    }

    public static FailEventRequestBuilder builder() {
        return new FailEventRequestBuilder();
    }

    /** Whom to tell, as {@code high}: rules choose their events by it. */
    public String channel() {
        return channel;
    }

    /** The error's short name, as {@code TimedOut}; at most 256 characters. */
    public String error() {
        return error;
    }

    Cause cause() {
        return cause;
    }

    /** Name or ARN of the event bus. */
    public String eventBus() {
        return eventBus;
    }

    /** The event's source. */
    public String source() {
        return source;
    }

    /** The event's detail type. */
    public String detailType() {
        return detailType;
    }

    /** The page of the build or the execution that failed, or null. */
    public @Nullable String executionUrl() {
        return executionUrl;
    }

    /** The job that failed; null for the one that sends the event. */
    public @Nullable String job() {
        return job;
    }

    /** The build that failed; null for the one that sends the event. */
    public @Nullable String build() {
        return build;
    }

    /** What sort of failure it was, or null when it is not a failure of AWS Operations. */
    public @Nullable FailureKind kind() {
        return kind;
    }

    /** The AWS account in which it failed; null for the one that the event is sent to. */
    public @Nullable String account() {
        return account;
    }

    /** The region in which it failed; null for the one that the event is sent to. */
    public @Nullable String region() {
        return region;
    }

    /** When it failed; null for when the event is first sent. */
    public @Nullable Instant failedAt() {
        return failedAt;
    }

    /** What it failed on, by ARN or id. */
    public List<String> resources() {
        return List.copyOf(resources);
    }

    /** How many resources were too many for an event. */
    public int resourcesLeftOut() {
        return resourcesLeftOut;
    }
}
