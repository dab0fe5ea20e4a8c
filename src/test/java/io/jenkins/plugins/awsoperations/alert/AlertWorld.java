package io.jenkins.plugins.awsoperations.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.aws.SimulatedWorld;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.time.Instant;
import java.util.List;

/** A simulator by virtual time, and an engine that sends events to it through the real SDK. */
final class AlertWorld extends SimulatedWorld<FailEventRequestBuilder, FailEventState, FailEventResult> {

    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    AlertWorld() {
        super(START, 20261123, SimulatorSettings.defaults());
    }

    @Override
    protected SendFailEvent operation() {
        return new SendFailEvent(connection());
    }

    static FailEventRequestBuilder request() {
        return FailEventRequest.builder().channel("high").error("ExecutionFailed");
    }

    @Override
    protected VirtualTime.Run<FailEventState, FailEventResult> start(FailEventRequestBuilder request) {
        SendFailEvent operation = operation();
        return time.start(operation, operation.begin(request.build(), nextRun("batch/nightly")));
    }

    List<ReceivedEvent> received() {
        return aws.events().received();
    }

    /** The detail of the only event. */
    JsonNode detail() {
        List<ReceivedEvent> received = received();
        if (received.size() != 1) {
            throw new AssertionError("not one event but " + received);
        }
        return json(received.get(0).detail());
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
