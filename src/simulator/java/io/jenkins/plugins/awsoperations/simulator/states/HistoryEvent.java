package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of an execution's history.
 *
 * @param id number from 1
 * @param previousId the event that it follows; 0: none
 * @param type HistoryEventType of the API
 * @param at when
 * @param details its details by their names; null: the type has none
 */
record HistoryEvent(
        int id,
        int previousId,
        String type,
        Instant at,
        @Nullable Map<String, Object> details) {}
