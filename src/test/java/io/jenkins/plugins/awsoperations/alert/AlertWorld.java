package io.jenkins.plugins.awsoperations.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A simulator by virtual time, and an engine that sends events to it through the real SDK. */
final class AlertWorld implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    final SimulatorClock clock = SimulatorClock.manual(START);
    final AwsSimulator aws = AwsSimulator.builder().clock(clock).seed(20261123).start();
    final VirtualTime time = new VirtualTime(clock, clock::advanceTo);
    private AwsConnections connections = new AwsConnections(clock);
    private int runs;

    SendFailEvent operation() {
        return new SendFailEvent(connection());
    }

    AwsConnection connection() {
        return connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build());
    }

    static FailEventRequestBuilder request() {
        return FailEventRequest.builder().channel("high").error("ExecutionFailed");
    }

    VirtualTime.Run<FailEventState, FailEventResult> start(FailEventRequestBuilder request) {
        runs++;
        RunIdentity run = new RunIdentity("batch/nightly", String.valueOf(runs), "token" + (10000 + runs));
        SendFailEvent operation = operation();
        return time.start(operation, operation.begin(request.build(), run));
    }

    VirtualTime.Run<FailEventState, FailEventResult> run(FailEventRequestBuilder request) {
        VirtualTime.Run<FailEventState, FailEventResult> run = start(request);
        time.run();
        return run;
    }

    FailEventResult succeed(FailEventRequestBuilder request) {
        return run(request).result();
    }

    OperationFailure fail(FailEventRequestBuilder request) {
        return run(request).failure();
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

    /** A new process: nothing in memory is left. */
    Consumer<VirtualTime.Run<FailEventState, FailEventResult>> newProcess() {
        return run -> {
            connections.close();
            connections = new AwsConnections(clock);
            run.operation(operation());
        };
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    static FailEventState throughBytes(FailEventState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (FailEventState) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        connections.close();
        aws.close();
    }
}
