package io.jenkins.plugins.awsoperations.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.TaskSubmittedEventDetails;

/** The SDK's events in our words. Of AWS's sixty types of events each has details of its own type, of which one is set. */
final class Events {

    private static final String STARTED_EXECUTION = "ExecutionArn";

    /** AWS's limit. */
    private static final int LONGEST_NAME = 80;

    private Events() {}

    static Event of(HistoryEvent event) {
        String name = null;
        String error = null;
        String cause = null;
        for (SdkPojo details : details(event).toList()) {
            name = name == null ? text(details, "name") : name;
            error = error == null ? text(details, "error") : error;
            cause = cause == null ? text(details, "cause") : cause;
        }
        return new Event(
                event.id(),
                event.previousEventId() == null ? 0 : event.previousEventId(),
                event.timestamp(),
                String.valueOf(event.typeAsString()),
                // A state's name may have anything in it, also what looks like another line of a log.
                name == null ? null : OneLine.of(name, LONGEST_NAME),
                error,
                cause,
                event.executionSucceededEventDetails() == null
                        ? null
                        : event.executionSucceededEventDetails().output(),
                childArn(event.taskSubmittedEventDetails()));
    }

    private static Stream<SdkPojo> details(HistoryEvent event) {
        return event.sdkFields().stream()
                .map(field -> field.getValueOrDefault(event))
                .filter(SdkPojo.class::isInstance)
                .map(SdkPojo.class::cast);
    }

    private static @Nullable String text(SdkPojo details, String member) {
        for (SdkField<?> field : details.sdkFields()) {
            if (field.locationName().equals(member)) {
                return field.getValueOrDefault(details) instanceof String text ? text : null;
            }
        }
        return null;
    }

    /** A task that starts another execution tells its ARN when it was accepted. */
    private static @Nullable String childArn(@Nullable TaskSubmittedEventDetails details) {
        if (details == null || !"states".equals(details.resourceType()) || details.output() == null) {
            return null;
        }
        try {
            JsonNode arn = JsonText.parse(details.output()).path(STARTED_EXECUTION);
            boolean isOne =
                    arn.isTextual() && ExecutionRef.parse(arn.textValue()).isPresent();
            return isOne ? arn.textValue() : null;
        } catch (UncheckedIOException cutByAws) {
            return null;
        }
    }
}
