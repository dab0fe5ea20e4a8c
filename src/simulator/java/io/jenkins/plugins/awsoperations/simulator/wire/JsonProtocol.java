package io.jenkins.plugins.awsoperations.simulator.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocol AWS JSON 1.0 and 1.1: the header {@code X-Amz-Target} names service and action, the body is a JSON object. */
public final class JsonProtocol {

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonService> services;

    /** The protocol of some services. */
    public JsonProtocol(List<JsonService> services) {
        this.services = List.copyOf(services);
    }

    /**
     * Reads a request; what is wrong with it is answered when it is handled.
     *
     * @param target as {@code AmazonSSM.SendCommand}
     * @param body JSON
     */
    public WireRequest read(String target, String body) {
        int dot = target.lastIndexOf('.');
        String prefix = dot < 0 ? "" : target.substring(0, dot);
        JsonService service = services.stream()
                .filter(candidate -> candidate.targetPrefix().equals(prefix))
                .findFirst()
                .orElse(null);
        JsonRequest parsed = null;
        try {
            parsed = new JsonRequest(parse(body));
        } catch (AwsError unreadable) {
            // Answered by check(), so that it is in the ledger.
        }
        return new Request(json, service, target.substring(dot + 1), parsed);
    }

    private JsonNode parse(String body) {
        try {
            JsonNode node = json.readTree(body.isEmpty() ? "{}" : body);
            return node.isMissingNode() ? json.createObjectNode() : node;
        } catch (JsonProcessingException e) {
            throw AwsError.badRequest("SerializationException", "the request is no JSON");
        }
    }

    private record Request(
            ObjectMapper json,
            @Nullable JsonService served,
            String action,
            @Nullable JsonRequest body) implements WireRequest {

        @Override
        public String service() {
            return served == null ? "unknown" : served.name();
        }

        @Override
        public Map<String, String> parameters() {
            return body == null ? Map.of() : body.flat();
        }

        @Override
        public void check() {
            if (served == null || !served.knows(action)) {
                throw AwsError.badRequest("UnknownOperationException", "");
            }
            if (body == null) {
                throw AwsError.badRequest("SerializationException", "the request is no JSON object");
            }
        }

        @Override
        public Acted act(CallFacts facts, String requestId) {
            if (served == null || body == null) {
                throw new IllegalStateException("check() comes first");
            }
            JsonCall call = new JsonCall(action, body, facts);
            served.handle(call);
            return Acted.of(call, reply(200, call.reply(), requestId));
        }

        @Override
        public AwsError expired() {
            return AwsError.badRequest(
                    "ExpiredTokenException", "The security token included in the request is expired");
        }

        @Override
        public AwsError throttled() {
            return AwsError.badRequest("ThrottlingException", "Rate exceeded");
        }

        @Override
        public AwsError internalError() {
            return new AwsError("InternalServerError", "An internal error has occurred", 500);
        }

        @Override
        public WireReply failure(AwsError error, String requestId) {
            ObjectNode body = json.createObjectNode()
                    .put("__type", error.code())
                    .put("message", String.valueOf(error.getMessage()));
            return reply(error.status(), body, requestId);
        }

        private WireReply reply(int status, ObjectNode body, String requestId) {
            try {
                byte[] bytes = json.writeValueAsBytes(body);
                String type = "application/x-amz-json-" + (served == null ? "1.1" : served.version());
                return new WireReply(status, Map.of("Content-Type", type), Blob.of(bytes), requestId);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
