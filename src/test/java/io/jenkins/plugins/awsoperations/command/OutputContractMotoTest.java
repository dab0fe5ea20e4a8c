package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.MotoServer;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;

/**
 * The contract, kept by moto. It knows no agents and does not implement DescribeInstanceInformation, so that a command from its
 * choice to its end is for the simulator only.
 */
class OutputContractMotoTest extends OutputContract {

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
    void putEvents(AwsConnection aws, String group, String stream, List<String> messages) {
        aws.logs().createLogGroup(r -> r.logGroupName(group));
        aws.logs().createLogStream(r -> r.logGroupName(group).logStreamName(stream));
        long at = Instant.now().minusSeconds(30).toEpochMilli();
        List<InputLogEvent> events = new ArrayList<>();
        for (String message : messages) {
            at += 1000;
            events.add(InputLogEvent.builder().timestamp(at).message(message).build());
        }
        aws.logs().putLogEvents(r -> r.logGroupName(group).logStreamName(stream).logEvents(events));
    }

    @Override
    void putObject(AwsConnection aws, String bucket, String key, byte[] bytes) {
        aws.s3()
                .createBucket(r -> r.bucket(bucket)
                        .createBucketConfiguration(c -> c.locationConstraint(BucketLocationConstraint.AP_NORTHEAST_1)));
        aws.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }
}
