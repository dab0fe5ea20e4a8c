package io.jenkins.plugins.awsoperations.simulator.states;

/** Where the tasks {@code events:putEvents} put their events: the simulated EventBridge. Called while the world stands still. */
@FunctionalInterface
public interface EventTarget {

    /**
     * Puts events.
     *
     * @param entriesJson Entries of PutEvents, a JSON array in which every Detail is a text
     * @return the reply of PutEvents as JSON: Entries, each with EventId or with ErrorCode and ErrorMessage, and
     *     FailedEntryCount
     */
    String put(String entriesJson);
}
