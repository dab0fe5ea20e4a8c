package io.jenkins.plugins.awsoperations.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** A simulator for one test, and real SDK clients of Run Command and its outputs that send every request once. */
final class SimulatedCommands implements BeforeEachCallback, AfterEachCallback {

    static final String SHELL = "AWS-RunShellScript";

    private final boolean real;
    private AwsSimulator simulator;
    private SdkHttpClient http;
    private SsmClient ssm;
    private CloudWatchLogsClient logs;
    private S3Client s3;

    private SimulatedCommands(boolean real) {
        this.real = real;
    }

    /** With a manual clock, and nothing is executed. */
    static SimulatedCommands scripted() {
        return new SimulatedCommands(false);
    }

    /** In real time, and commands are executed on this machine. */
    static SimulatedCommands real() {
        return new SimulatedCommands(true);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator = AwsSimulator.builder()
                .clock(real ? SimulatorClock.scaled(1) : SimulatorClock.manual(SimulatedAws.START))
                .runCommandsForReal(real)
                .seed(42)
                .start();
        http = ApacheHttpClient.create();
        ssm = client(SsmClient.builder(), simulator.endpoint());
        logs = client(CloudWatchLogsClient.builder(), simulator.endpoint());
        s3 = client(S3Client.builder().forcePathStyle(true), simulator.endpoint());
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASIMULATORTEST000", "secret")))
                .httpClient(http)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ssm.close();
        logs.close();
        s3.close();
        http.close();
        simulator.close();
    }

    AwsSimulator simulator() {
        return simulator;
    }

    SsmClient ssm() {
        return ssm;
    }

    CloudWatchLogsClient logs() {
        return logs;
    }

    S3Client s3() {
        return s3;
    }

    void passSeconds(double seconds) {
        simulator.clock().advance(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    void settings(Consumer<SimulatorSettingsBuilder> change) {
        simulator.settings(simulator.settings().with(change));
    }

    /** Adds a running instance. */
    String node() {
        return simulator.ec2().runInstance(Map.of("Name", "worker"));
    }

    /** Sends some lines to a node; returns the id of the command. */
    String send(String instanceId, String... commands) {
        return send(instanceId, r -> {}, commands);
    }

    /** Sends some lines to a node; returns the id of the command. */
    String send(String instanceId, Consumer<SendCommandRequest.Builder> change, String... commands) {
        return ssm.sendCommand(r -> change.accept(r.documentName(SHELL)
                        .instanceIds(instanceId)
                        .parameters(Map.of("commands", List.of(commands)))))
                .command()
                .commandId();
    }

    GetCommandInvocationResponse invocation(String commandId, String instanceId) {
        return ssm.getCommandInvocation(r -> r.commandId(commandId).instanceId(instanceId));
    }

    String details(String commandId, String instanceId) {
        return invocation(commandId, instanceId).statusDetails();
    }
}
