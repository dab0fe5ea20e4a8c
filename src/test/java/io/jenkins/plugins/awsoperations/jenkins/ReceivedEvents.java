package io.jenkins.plugins.awsoperations.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What the rules of a simulated AWS get to see of the events that a build sent. */
public final class ReceivedEvents {

    private static final JsonMapper JSON = new JsonMapper();

    private ReceivedEvents() {}

    /** The details of all events, in order. */
    public static List<JsonNode> details(AwsSimulator aws) {
        return aws.events().received().stream()
                .map(event -> parse(event.detail()))
                .toList();
    }

    /** The detail of the only event. */
    public static JsonNode onlyDetail(AwsSimulator aws) {
        List<JsonNode> details = details(aws);
        if (details.size() != 1) {
            throw new AssertionError("not one event but " + details);
        }
        return details.get(0);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
