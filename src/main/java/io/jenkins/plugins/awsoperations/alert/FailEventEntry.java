package io.jenkins.plugins.awsoperations.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The event as EventBridge takes it. The fields of the detail are documented in docs/alerts.md and fail-event.schema.json.
 *
 * @param time when it failed; EventBridge keeps whole seconds
 * @param resources those resources that are ARNs
 * @param detail JSON text
 * @param causeCut whether the detail has only the beginning of the cause
 */
record FailEventEntry(
        String eventBus,
        String source,
        String detailType,
        Instant time,
        List<String> resources,
        String detail,
        boolean causeCut) {

    /** Of the detail's fields. It grows when a field changes its meaning or goes; new fields may come at any time. */
    static final int VERSION = 1;

    /**
     * The size of an entry as AWS counts it. AWS takes less than 262,144 bytes (EventBridge user guide, "Calculating
     * PutEvents event entry size"); what a rule's target gets has some more fields, and queues and topics take no more than
     * that either.
     */
    static final int MAX_BYTES = 262_144 - 4_096;

    /** What AWS counts for a time. */
    private static final int TIME_BYTES = 14;

    private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");

    FailEventEntry {
        resources = List.copyOf(resources);
    }

    /** The event of a run, the same whenever it is asked for once the state knows account, region and time. */
    static FailEventEntry of(FailEventState state) {
        FailEventRequest request = state.request;
        List<String> arns = request.resources().stream()
                .filter(resource -> ARN.matcher(resource).matches())
                .toList();
        ObjectNode detail = detail(state);
        int others = TIME_BYTES
                + Texts.bytes(request.source())
                + Texts.bytes(request.detailType())
                + arns.stream().mapToInt(Texts::bytes).sum()
                + Texts.bytes(EventJson.write(detail))
                - "null".length();
        Cause.Fitted cause = request.cause().fit(MAX_BYTES - others);
        detail.putRawValue("cause", new RawValue(cause.json()));
        return new FailEventEntry(
                request.eventBus(),
                request.source(),
                request.detailType(),
                state.failedAt(),
                arns,
                EventJson.write(detail),
                cause.isCut());
    }

    private static ObjectNode detail(FailEventState state) {
        FailEventRequest request = state.request;
        FailureKind kind = request.kind();
        ObjectNode detail = EventJson.object()
                .put("version", VERSION)
                .put("id", state.token())
                .put("executionURL", request.executionUrl())
                .put("error", request.error())
                .putNull("cause")
                .put("channel", request.channel())
                .put("job", state.job())
                .put("build", state.build())
                .put("kind", kind == null ? null : kind.name())
                .put("account", request.account() == null ? state.accountId : request.account())
                .put("region", request.region() == null ? state.region : request.region());
        ArrayNode resources = detail.putArray("resources");
        request.resources().forEach(resources::add);
        return detail;
    }

    /** The entry's size as AWS counts it. */
    int bytes() {
        return TIME_BYTES
                + Texts.bytes(source)
                + Texts.bytes(detailType)
                + Texts.bytes(detail)
                + resources.stream().mapToInt(Texts::bytes).sum();
    }
}
