package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.MotoServer;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract, kept by moto, an emulator of AWS that others wrote. It does not know unique image names, pending images,
 * tagged snapshots within CreateImage or references to images; for these there is the simulator only.
 */
class BackupContractMotoTest extends BackupContract {

    private static @Nullable MotoServer moto;

    @BeforeAll
    static void start() throws IOException {
        moto = MotoServer.start();
    }

    @AfterAll
    static void stop() {
        if (moto != null) {
            moto.close();
        }
    }

    @Override
    URI endpoint(SimulatorClock clock) {
        return Objects.requireNonNull(moto).endpoint();
    }

    @Override
    boolean tagsSnapshots() {
        return false;
    }
}
