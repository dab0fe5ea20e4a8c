package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command that SendCommand accepted, with one invocation for each node. */
final class SentCommand {

    private final String id;
    private final long ordinal;
    private final Instant sentAt;
    private final SsmDocument document;
    private final Request request;
    private final Map<String, Invocation> invocations = new LinkedHashMap<>();

    SentCommand(String id, long ordinal, Instant sentAt, SsmDocument document, Request request) {
        this.id = id;
        this.ordinal = ordinal;
        this.sentAt = sentAt;
        this.document = document;
        this.request = request;
        for (String instanceId : request.instanceIds()) {
            invocations.put(instanceId, new Invocation(this, instanceId));
        }
    }

    String id() {
        return id;
    }

    long ordinal() {
        return ordinal;
    }

    Instant sentAt() {
        return sentAt;
    }

    SsmDocument document() {
        return document;
    }

    Request request() {
        return request;
    }

    String comment() {
        String comment = request.comment();
        return comment == null ? "" : comment;
    }

    List<Invocation> invocations() {
        return List.copyOf(invocations.values());
    }

    @Nullable
    Invocation invocation(String instanceId) {
        return invocations.get(instanceId);
    }

    /** When a command that has not started will not start any more. */
    Instant deliveryEnds() {
        return sentAt.plus(request.deliveryTimeout());
    }

    /** When a command of which nothing was heard counts as timed out: the "total timeout" of the user guide. */
    Instant expiresAt() {
        return deliveryEnds().plus(request.executionTimeout());
    }

    /** The command's own status: that of its invocations taken together. */
    InvocationStatus status() {
        List<InvocationStatus> all =
                invocations.values().stream().map(Invocation::status).toList();
        if (all.isEmpty()) {
            return InvocationStatus.SUCCESS;
        }
        if (all.stream().allMatch(InvocationStatus::terminal)) {
            return worst(all);
        }
        if (all.contains(InvocationStatus.CANCELLING)) {
            return InvocationStatus.CANCELLING;
        }
        boolean waiting = all.stream()
                .allMatch(status -> status == InvocationStatus.PENDING || status == InvocationStatus.DELAYED);
        return waiting ? InvocationStatus.PENDING : InvocationStatus.IN_PROGRESS;
    }

    /** The details: those of the only invocation, or those of the first one with the command's status. */
    String details() {
        InvocationStatus status = status();
        return invocations.values().stream()
                .filter(invocation -> invocation.status() == status)
                .map(Invocation::details)
                .findFirst()
                .orElse(status.wireName());
    }

    private static InvocationStatus worst(List<InvocationStatus> all) {
        for (InvocationStatus status :
                List.of(InvocationStatus.FAILED, InvocationStatus.TIMED_OUT, InvocationStatus.CANCELLED)) {
            if (all.contains(status)) {
                return status;
            }
        }
        return InvocationStatus.SUCCESS;
    }

    /**
     * What SendCommand asked for.
     *
     * @param instanceIds the nodes
     * @param documentName as it was written
     * @param parameters parameters of the document
     * @param comment null when it has none
     * @param deliveryTimeout TimeoutSeconds
     * @param executionTimeout the document's parameter of that name
     * @param output where the output goes besides
     */
    record Request(
            List<String> instanceIds,
            String documentName,
            Map<String, List<String>> parameters,
            @Nullable String comment,
            Duration deliveryTimeout,
            Duration executionTimeout,
            OutputPlaces output) {}
}
