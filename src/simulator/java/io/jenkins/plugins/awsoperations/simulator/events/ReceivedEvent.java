package io.jenkins.plugins.awsoperations.simulator.events;

import java.time.Instant;
import java.util.List;

/**
 * An event that a bus has received.
 *
 * @param id EventBridge's id of it
 * @param bus the bus's name
 * @param source who sent it
 * @param detailType what sort of detail it has
 * @param detail JSON text, as it was sent
 * @param resources ARNs
 * @param time when it happened, in whole seconds
 * @param receivedAt when it was received
 */
public record ReceivedEvent(
        String id,
        String bus,
        String source,
        String detailType,
        String detail,
        List<String> resources,
        Instant time,
        Instant receivedAt) {

    /** Copies the resources. */
    public ReceivedEvent {
        resources = List.copyOf(resources);
    }
}
