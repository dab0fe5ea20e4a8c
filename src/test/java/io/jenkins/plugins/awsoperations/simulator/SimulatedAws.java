package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

/** A simulator with a manual clock for one test, and real SDK clients to it that send every request once. */
final class SimulatedAws implements BeforeEachCallback, AfterEachCallback {

    static final Instant START = Instant.parse("2026-01-15T03:00:00Z");
    static final Duration A_WHILE = Duration.ofMinutes(5);

    private AwsSimulator simulator;
    private SdkHttpClient http;
    private Ec2Client ec2;
    private StsClient sts;

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator = AwsSimulator.builder()
                .clock(SimulatorClock.manual(START))
                .seed(42)
                .start();
        http = ApacheHttpClient.create();
        ec2 = ec2("AKIASIMULATORTEST000");
        sts = StsClient.builder()
                .endpointOverride(simulator.endpoint())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASIMULATORTEST000", "secret")))
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ec2.close();
        sts.close();
        http.close();
        simulator.close();
    }

    AwsSimulator simulator() {
        return simulator;
    }

    Ec2Client ec2() {
        return ec2;
    }

    Ec2Client ec2(String accessKeyId) {
        return Ec2Client.builder()
                .endpointOverride(simulator.endpoint())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "secret")))
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    StsClient sts() {
        return sts;
    }

    void pass(Duration time) {
        simulator.clock().advance(time);
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    void settings(Consumer<SimulatorSettingsBuilder> change) {
        simulator.settings(simulator.settings().with(change));
    }

    /** Adds a running instance. */
    String instance() {
        return simulator.ec2().runInstance(Map.of("Name", "web"));
    }

    /** CreateImage with reboot. */
    String createImage(String instanceId, String name) {
        return ec2.createImage(r -> r.instanceId(instanceId).name(name)).imageId();
    }

    /** CreateImage without reboot. */
    String createImageNoReboot(String instanceId, String name) {
        return ec2.createImage(r -> r.instanceId(instanceId).name(name).noReboot(true))
                .imageId();
    }

    Image image(String imageId) {
        List<Image> images = ec2.describeImages(r -> r.imageIds(imageId)).images();
        assertThat(images).hasSize(1);
        return images.get(0);
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    /** The error that a call ends with. */
    static AwsServiceException errorOf(ThrowingCallable call) {
        AwsServiceException error = catchThrowableOfType(AwsServiceException.class, call);
        assertThat(error).as("an error").isNotNull();
        return error;
    }

    /** The code of the error that a call ends with. */
    static String codeOf(ThrowingCallable call) {
        return errorOf(call).awsErrorDetails().errorCode();
    }

    /** The message of the error that a call ends with. */
    static String messageOf(ThrowingCallable call) {
        return errorOf(call).awsErrorDetails().errorMessage();
    }
}
