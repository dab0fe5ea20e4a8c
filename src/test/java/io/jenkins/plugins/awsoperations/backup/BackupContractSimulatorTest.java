package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by the project's simulator. */
class BackupContractSimulatorTest extends BackupContract {

    private @Nullable AwsSimulator aws;

    @Override
    URI endpoint(SimulatorClock clock) {
        if (aws == null) {
            aws = AwsSimulator.builder()
                    .clock(clock)
                    .settings(SimulatorSettings.defaults().with(s -> s.consistencyDelay(Duration.ZERO)))
                    .start();
        }
        return aws.endpoint();
    }

    @Override
    boolean tagsSnapshots() {
        return true;
    }

    @AfterEach
    void stop() {
        if (aws != null) {
            aws.close();
        }
    }
}
