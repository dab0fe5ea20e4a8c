package io.jenkins.plugins.awsoperations.statemachine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A history that is told event by event. */
abstract class ToldHistory {

    /** What is hidden in all that is told. */
    static final String SECRET = "S3CRET";

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    final List<String> lines = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    HistoryState history = new HistoryState();

    ToldHistory event(int second, String type, @Nullable String name) {
        return event(second, type, name, null, null, null);
    }

    ToldHistory failure(int second, String type, String error, String cause) {
        return event(second, type, null, error, cause, null);
    }

    ToldHistory event(
            int second,
            String type,
            @Nullable String name,
            @Nullable String error,
            @Nullable String cause,
            @Nullable String childArn) {
        return event(events.size(), second, type, name, error, cause, childArn);
    }

    /** An event that follows from another one than the last. */
    ToldHistory after(long previousId, int second, String type, @Nullable String name) {
        return event(previousId, second, type, name, null, null, null);
    }

    ToldHistory event(
            long previousId,
            int second,
            String type,
            @Nullable String name,
            @Nullable String error,
            @Nullable String cause,
            @Nullable String childArn) {
        long id = events.size() + 1L;
        Event event = new Event(id, previousId, START.plusSeconds(second), type, name, error, cause, null, childArn);
        events.add(event);
        new HistoryTeller(history, new HistoryLines() {
                    @Override
                    public void state(String text) {
                        lines.add(text);
                    }

                    @Override
                    public void event(Event raw) {
                        // only for history: ALL
                    }

                    @Override
                    public String hide(String text) {
                        return text.replace(SECRET, "****");
                    }
                })
                .tell(event);
        // Between any two events the run may be put down.
        history = history.copy();
        return this;
    }

    StateRow row(int index) {
        return history.rows.get(index);
    }

    @Nullable
    String failedState() {
        return FailedState.name(FailedState.in(history));
    }
}
