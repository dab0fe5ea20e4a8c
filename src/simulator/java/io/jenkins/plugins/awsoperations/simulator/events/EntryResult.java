package io.jenkins.plugins.awsoperations.simulator.events;

import org.jspecify.annotations.Nullable;

/**
 * What became of an entry. API reference, PutEventsResultEntry.
 *
 * @param eventId the event's id; null when it was not taken
 * @param errorCode why it was not taken; null when it was
 * @param errorMessage the same in words
 */
public record EntryResult(
        @Nullable String eventId,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    static EntryResult taken(String eventId) {
        return new EntryResult(eventId, null, null);
    }

    static EntryResult failed(String code, String message) {
        return new EntryResult(null, code, message);
    }

    /** Whether the event was taken. */
    public boolean isTaken() {
        return eventId != null;
    }
}
