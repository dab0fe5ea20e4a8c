package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.MotoServer;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract, kept by moto. An archive is what counts the events that its pattern matches. It does not count the bytes of a
 * request, and takes a list for a detail, so that both are for the simulator only.
 */
class SendFailEventContractMotoTest extends SendFailEventContract {

    private static @Nullable MotoServer moto;
    private static int archives;

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
    void createBus(AwsConnection aws, String name) {
        aws.eventBridge().createEventBus(r -> r.name(name));
    }

    @Override
    void watch(AwsConnection aws, String pattern) {
        archives++;
        String bus = aws.eventBridge().describeEventBus(r -> r.name("default")).arn();
        aws.eventBridge()
                .createArchive(r -> r.archiveName(archive()).eventSourceArn(bus).eventPattern(pattern));
    }

    @Override
    long seen(AwsConnection aws) {
        return aws.eventBridge().describeArchive(r -> r.archiveName(archive())).eventCount();
    }

    private static String archive() {
        return "archive-" + archives;
    }
}
