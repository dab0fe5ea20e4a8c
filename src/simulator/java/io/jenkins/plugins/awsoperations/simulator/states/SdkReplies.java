package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What tasks see of the services that they call, as it looks in the histories of real executions. */
final class SdkReplies {

    private static final String REQUEST_ID = "00000000-0000-0000-0000-000000000000";

    private SdkReplies() {}

    /** A reply with what every reply has. */
    static ObjectNode complete(ObjectNode reply) {
        ObjectNode http = reply.putObject("SdkHttpMetadata");
        http.putObject("AllHttpHeaders")
                .put("x-amzn-RequestId", REQUEST_ID)
                .putArray("Content-Type")
                .add("application/x-amz-json-1.0");
        http.putObject("HttpHeaders")
                .put("Content-Type", "application/x-amz-json-1.0")
                .put("x-amzn-RequestId", REQUEST_ID);
        http.put("HttpStatusCode", 200);
        reply.putObject("SdkResponseMetadata").put("RequestId", REQUEST_ID);
        return reply;
    }

    /** The reply of StartExecution. */
    static ObjectNode started(Execution execution) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ExecutionArn", execution.arn())
                .put("StartDate", execution.startedAt().toEpochMilli());
    }

    /** What a task that waited for an execution comes to: texts in input and output, or JSON with {@code .sync:2}. */
    static Document described(Execution execution, TaskResource resource) {
        boolean structured = resource.action().endsWith(".sync:2");
        Standing standing = execution.standing();
        Standing.Ending ending = standing.ending();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (ending != null) {
            put(node, "Cause", ending.cause());
            put(node, "Error", ending.error());
        }
        node.put("ExecutionArn", execution.arn());
        data(node, "Input", execution.input().text(), structured);
        node.put("Name", execution.name());
        if (ending != null && ending.output() != null) {
            data(node, "Output", ending.output(), structured);
        }
        node.put("StartDate", execution.startedAt().toEpochMilli())
                .put("StateMachineArn", execution.machine().arn())
                .put("Status", standing.status().name());
        Instant stoppedAt = execution.stoppedAt();
        if (stoppedAt != null) {
            node.put("StopDate", stoppedAt.toEpochMilli());
        }
        return Document.of(node);
    }

    private static void data(ObjectNode node, String name, String text, boolean structured) {
        if (structured) {
            node.set(name, parse(text));
        } else {
            node.put(name, text);
        }
        node.putObject(name + "Details").put("Included", true);
    }

    private static JsonNode parse(String text) {
        try {
            return Document.parse(text).node();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an execution whose data is no JSON", e);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** How an error of a called service fails a task. */
    static StateFailure failure(TaskResource resource, AwsError error) {
        String message = String.valueOf(error.getMessage());
        String type = resource.type();
        if (type.startsWith("aws-sdk:")) {
            String service = capitalised(type.substring("aws-sdk:".length()));
            return new StateFailure(
                    service + '.' + exception(error.code()),
                    message + " (Service: " + service + ", Status Code: " + error.status() + ", Request ID: "
                            + REQUEST_ID + ")");
        }
        return new StateFailure(
                (type.equals("states") ? "StepFunctions" : "EventBridge") + '.' + exception(error.code()),
                message + " (Service: AWSStepFunctions; Status Code: " + error.status() + "; Error Code: "
                        + error.code() + "; Request ID: " + REQUEST_ID + "; Proxy: null)");
    }

    private static String exception(String code) {
        return code.endsWith("Exception") ? code : code + "Exception";
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
