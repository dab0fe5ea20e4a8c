package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** The call to EventBridge. */
final class EventCalls {

    private final AwsConnection aws;

    EventCalls(AwsConnection aws) {
        this.aws = aws;
    }

    /** Sends one event. AWS answers with success also when it did not take it (API reference, PutEvents). */
    Answer put(FailEventEntry event) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(event.eventBus())
                .source(event.source())
                .detailType(event.detailType())
                .time(event.time())
                .resources(event.resources())
                .detail(event.detail())
                .build();
        return aws.call("events", "PutEvents", "bus " + event.eventBus(), () -> {
            PutEventsResponse reply = aws.eventBridge().putEvents(r -> r.entries(entry));
            PutEventsResultEntry result = reply.entries().isEmpty()
                    ? PutEventsResultEntry.builder().build()
                    : reply.entries().get(0);
            return new Answer(
                    result.eventId(),
                    result.errorCode(),
                    result.errorMessage(),
                    reply.responseMetadata().requestId());
        });
    }

    /**
     * What became of the event.
     *
     * @param eventId AWS's id of it; null when AWS did not take it
     * @param errorCode why AWS did not take it
     */
    record Answer(
            @Nullable String eventId,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            @Nullable String requestId) {}
}
