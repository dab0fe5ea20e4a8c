package io.jenkins.plugins.awsoperations.simulator.ssm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands and their invocations as the API writes them. */
final class CommandJson {

    // As seen in replies of GetCommandInvocation: ISO 8601, UTC, with milliseconds.
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private CommandJson() {}

    /** Command of SendCommand and ListCommands. */
    static void write(JsonCall call, SentCommand command, ObjectNode node, String region) {
        SentCommand.Request request = command.request();
        List<Invocation> invocations = command.invocations();
        node.put("CommandId", command.id())
                .put("DocumentName", request.documentName())
                .put("DocumentVersion", "$DEFAULT")
                .put("Comment", command.comment())
                .put("Status", command.status().wireName())
                .put("StatusDetails", SsmContext.details(call, command.details()))
                .put("OutputS3Region", region)
                .put(
                        "OutputS3BucketName",
                        request.output().bucket() == null
                                ? ""
                                : request.output().bucket())
                .put("OutputS3KeyPrefix", request.output().keyPrefix())
                .put("MaxConcurrency", "50")
                .put("MaxErrors", "0")
                .put("TargetCount", invocations.size())
                .put(
                        "CompletedCount",
                        invocations.stream().filter(i -> i.status().terminal()).count())
                .put(
                        "ErrorCount",
                        invocations.stream()
                                .filter(i -> i.status() == InvocationStatus.FAILED
                                        || i.status() == InvocationStatus.TIMED_OUT)
                                .count())
                .put("TimeoutSeconds", request.deliveryTimeout().toSeconds());
        SsmContext.time(node, "RequestedDateTime", command.sentAt());
        SsmContext.time(node, "ExpiresAfter", command.expiresAt());
        ArrayNode ids = node.putArray("InstanceIds");
        request.instanceIds().forEach(ids::add);
        ObjectNode parameters = node.putObject("Parameters");
        request.parameters().forEach((name, values) -> {
            ArrayNode array = parameters.putArray(name);
            values.forEach(array::add);
        });
        writeLogs(request.output(), node);
    }

    static void writeLogs(OutputPlaces output, ObjectNode node) {
        ObjectNode logs = node.putObject("CloudWatchOutputConfig");
        logs.put("CloudWatchLogGroupName", output.logGroup() == null ? "" : output.logGroup());
        logs.put("CloudWatchOutputEnabled", output.logs());
    }

    /** CommandInvocation of ListCommandInvocations, without its plugins. */
    static void write(JsonCall call, Invocation invocation, ObjectNode node, SsmContext context) {
        SentCommand command = invocation.command();
        node.put("CommandId", command.id())
                .put("InstanceId", invocation.instanceId())
                .put(
                        "InstanceName",
                        context.nodes().hosts().tags(invocation.instanceId()).getOrDefault("Name", ""))
                .put("Comment", command.comment())
                .put("DocumentName", command.request().documentName())
                .put("DocumentVersion", "$DEFAULT")
                .put("Status", invocation.status().wireName())
                .put("StatusDetails", SsmContext.details(call, invocation.details()));
        writeUrls(invocation, node, context);
        SsmContext.time(node, "RequestedDateTime", command.sentAt());
        writeLogs(command.request().output(), node);
    }

    static void writeUrls(Invocation invocation, ObjectNode node, SsmContext context) {
        OutputPlaces output = invocation.command().request().output();
        node.put("StandardOutputUrl", output.objectUrl(context.account().region(), invocation, "stdout"));
        node.put("StandardErrorUrl", output.objectUrl(context.account().region(), invocation, "stderr"));
    }

    /** An instant as GetCommandInvocation writes it; empty when there is none. */
    static String iso(@Nullable Instant instant) {
        return instant == null ? "" : ISO.format(instant);
    }

    static String elapsed(Invocation invocation) {
        Instant start = invocation.startedAt();
        Instant end = invocation.endedAt();
        return start == null || end == null
                ? ""
                : Duration.ofMillis(Duration.between(start, end).toMillis()).toString();
    }
}
