package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract, kept by moto, an emulator of AWS that others wrote. It does not know unique image names, pending images,
 * tagged snapshots within CreateImage or references to images; for these there is the simulator only.
 */
class BackupContractMotoTest extends BackupContract {

    private static @Nullable Process moto;
    private static @Nullable URI endpoint;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(dir -> Path.of(dir, "moto_server"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            System.out.println("moto_server is not on the PATH: the contract tests against it are skipped");
        }
        Assumptions.assumeTrue(program.isPresent(), "moto_server is not on the PATH");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder server =
                new ProcessBuilder(program.get().toString(), "-H", "127.0.0.1", "-p", String.valueOf(port));
        server.environment().remove("AWS_PROFILE");
        moto = server.redirectErrorStream(true)
                .redirectOutput(new File("target/moto.log"))
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
        endpoint = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    static void stop() {
        if (moto != null) {
            moto.descendants().forEach(ProcessHandle::destroy);
            moto.destroy();
        }
    }

    @Override
    URI endpoint(SimulatorClock clock) {
        return endpoint;
    }

    @Override
    boolean tagsSnapshots() {
        return false;
    }
}
