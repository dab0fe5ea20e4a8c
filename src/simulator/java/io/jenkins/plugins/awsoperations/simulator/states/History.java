package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The history of one execution. */
final class History {

    /** Most events of one execution (Step Functions Developer Guide, "Service quotas"). */
    static final int MAX_EVENTS = 25_000;

    private final List<HistoryEvent> events = new ArrayList<>(4);

    List<HistoryEvent> events() {
        return Collections.unmodifiableList(events);
    }

    int size() {
        return events.size();
    }

    /** Adds an event of which there may not be too many; returns its id. */
    int add(int previousId, String type, Instant now, @Nullable Map<String, Object> details) {
        if (events.size() >= MAX_EVENTS - 1) {
            throw new Full();
        }
        return addLast(previousId, type, now, details);
    }

    /** Adds the event of an execution's end, for which there is always room. */
    int addLast(int previousId, String type, Instant now, @Nullable Map<String, Object> details) {
        events.add(new HistoryEvent(events.size() + 1, previousId, type, now, details));
        return events.size();
    }

    /** There is room for the last event only. */
    static final class Full extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Full() {
            super(
                    "The execution reached the maximum number of history events (" + MAX_EVENTS + ").",
                    null,
                    false,
                    false);
        }
    }
}
