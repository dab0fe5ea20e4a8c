package io.jenkins.plugins.awsoperations.simulator.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A log stream. Guarded by the simulator's lock. */
final class LogStream {

    private final String name;
    private final Instant createdAt;
    private final List<LogEvent> events = new ArrayList<>();

    LogStream(String name, Instant createdAt) {
        this.name = name;
        this.createdAt = createdAt;
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    void add(LogEvent event) {
        events.add(event);
    }

    /** All events, in the order in which they arrived. */
    List<LogEvent> events() {
        return Collections.unmodifiableList(events);
    }
}
