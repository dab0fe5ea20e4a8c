package io.jenkins.plugins.awsoperations.simulator.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of PutEvents as it was sent; whatever was not sent is null. API reference, PutEventsRequestEntry.
 *
 * @param bus name or ARN of the event bus; null for the default one
 * @param source who sends it
 * @param detailType what sort of detail it has
 * @param detail the detail's JSON text
 * @param resources ARNs
 * @param time when it happened; null for the time of the call
 */
public record EventEntry(
        @Nullable String bus,
        @Nullable String source,
        @Nullable String detailType,
        @Nullable String detail,
        List<String> resources,
        @Nullable Instant time) {

    /** Copies the resources. */
    public EventEntry {
        resources = List.copyOf(resources);
    }

    /** EventBridge user guide, "Calculating PutEvents event entry size". */
    int bytes() {
        return (time == null ? 0 : 14)
                + bytes(source)
                + bytes(detailType)
                + bytes(detail)
                + resources.stream().mapToInt(EventEntry::bytes).sum();
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
