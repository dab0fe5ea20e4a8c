package io.jenkins.plugins.awsoperations.alert;

import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The event that {@code sendFailEvent} has sent. A plain class of texts and numbers, because it is kept with the build. */
public final class FailEventResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String eventId;
    private final String id;
    private final String channel;
    private final String eventBus;
    private final String source;
    private final String detailType;
    private final String sentAt;
    private final int attempts;
    private final boolean causeCut;

    FailEventResult(FailEventState state, FailEventEntry entry, String eventId, Instant sentAt) {
        this.eventId = eventId;
        this.id = state.token();
        this.channel = state.request.channel();
        this.eventBus = entry.eventBus();
        this.source = entry.source();
        this.detailType = entry.detailType();
        this.sentAt = sentAt.toString();
        this.attempts = state.attempts;
        this.causeCut = entry.causeCut();
    }

    /** AWS's id of the event: the {@code id} of the event that a rule's target gets. */
    public String eventId() {
        return eventId;
    }

    /** The {@code detail.id}: the same in every copy of the event, however often it was sent. */
    public String id() {
        return id;
    }

    /** Whom it tells. */
    public String channel() {
        return channel;
    }

    /** Name or ARN of the bus that got it. */
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

    /** When AWS took it, ISO 8601. */
    public String sentAt() {
        return sentAt;
    }

    /** How often it was sent; more than 1 after a lost reply or an answer to come later. */
    public int attempts() {
        return attempts;
    }

    /** Whether the event carries only the beginning of the cause. */
    public boolean isCauseCut() {
        return causeCut;
    }

    /** The same for Groovy and JSON, by the names of the documentation. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("eventId", eventId);
        map.put("id", id);
        map.put("channel", channel);
        map.put("eventBus", eventBus);
        map.put("source", source);
        map.put("detailType", detailType);
        map.put("sentAt", sentAt);
        map.put("attempts", attempts);
        map.put("causeCut", causeCut);
        return map;
    }
}
