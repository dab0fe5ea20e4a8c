package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by the project's simulator. */
class SendFailEventContractSimulatorTest extends SendFailEventContract {

    private @Nullable AwsSimulator simulator;
    private String watched = "";

    private AwsSimulator simulator() {
        return Objects.requireNonNull(simulator);
    }

    @Override
    URI endpoint(SimulatorClock clock) {
        simulator = AwsSimulator.builder().clock(clock).start();
        return simulator().endpoint();
    }

    @Override
    void createBus(AwsConnection aws, String name) {
        simulator().events().createBus(name);
    }

    @Override
    void watch(AwsConnection aws, String pattern) {
        watched = pattern;
    }

    @Override
    long seen(AwsConnection aws) {
        return simulator().events().matching(watched).size();
    }

    @AfterEach
    void stop() {
        simulator().close();
    }
}
