package io.jenkins.plugins.awsoperations.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command prints with {@code --output json}: one object, also when it fails. */
final class FailureJson {

    private FailureJson() {}

    /**
     * The result with what went wrong.
     *
     * @param result what was done all the same; empty for nothing
     */
    static Map<String, Object> of(Map<String, Object> result, OperationFailure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("kind", failure.kind().name());
        error.put("message", failure.message());
        error.put("awsCode", failure.awsCode());
        error.put("awsMessage", failure.awsMessage());
        error.put("requestId", failure.requestId());
        error.put("remedy", failure.remedy());
        Map<String, Object> map = new LinkedHashMap<>(result);
        map.put("error", error);
        return map;
    }

    static void print(PrintWriter out, Map<String, Object> map) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        out.println(json.writeValueAsString(map));
        out.flush();
    }
}
