package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventRequestBuilder;
import java.io.Serializable;

/** Where {@code sendFailEvent} sends an event, as its parameters say: on which bus, from which source, of which type, to whom. */
final class EventAddress implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String channel;
    private final String eventBus;
    private final String source;
    private final String detailType;

    EventAddress(SendFailEventStep step) {
        this.channel = step.getChannel();
        this.eventBus = step.getEventBus();
        this.source = step.getSource();
        this.detailType = step.getDetailType();
    }

    /** An event that tells nothing yet. */
    @NonNull
    FailEventRequestBuilder request() {
        return on(FailEventRequest.builder());
    }

    /** Puts the address on an event, which keeps its own where the parameters say nothing. */
    @NonNull
    FailEventRequestBuilder on(FailEventRequestBuilder event) {
        event.channel(channel);
        if (eventBus != null) {
            event.eventBus(eventBus);
        }
        if (source != null) {
            event.source(source);
        }
        if (detailType != null) {
            event.detailType(detailType);
        }
        return event;
    }
}
