package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by the project's simulator. */
class OutputContractSimulatorTest extends OutputContract {

    private @Nullable AwsSimulator simulator;

    private AwsSimulator simulator() {
        return Objects.requireNonNull(simulator);
    }

    @Override
    URI endpoint(SimulatorClock clock) {
        simulator = AwsSimulator.builder().clock(clock).start();
        return simulator().endpoint();
    }

    @Override
    void putEvents(AwsConnection aws, String group, String stream, List<String> messages) {
        simulator().logs().createGroup(group);
        Instant at = simulator().clock().instant().minusSeconds(30);
        for (String message : messages) {
            at = at.plusSeconds(1);
            simulator().logs().put(group, stream, at, message, Duration.ZERO);
        }
    }

    @Override
    void putObject(AwsConnection aws, String bucket, String key, byte[] bytes) {
        simulator().s3().createBucket(bucket);
        simulator().s3().put(bucket, key, bytes);
    }

    @AfterEach
    void stop() {
        simulator().close();
    }
}
