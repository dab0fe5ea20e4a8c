package io.jenkins.plugins.awsoperations.simulator;

import io.jenkins.plugins.awsoperations.simulator.states.StatesWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * A simulator with a manual clock for one test, and a real SDK client to its Step Functions that sends every request once.
 * Executions can be read at once; a test that is about AWS's delay asks for it.
 */
final class SimulatedStates implements BeforeEachCallback, AfterEachCallback {

    static final Instant START = Instant.parse("2026-01-15T03:00:00Z");

    /** A machine that waits for ten seconds and then succeeds. */
    static final String WAITING =
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}}}";

    private AwsSimulator simulator;
    private SdkHttpClient http;
    private SfnClient client;

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator = AwsSimulator.builder()
                .clock(SimulatorClock.manual(START))
                .seed(42)
                .settings(SimulatorSettings.defaults()
                        .with(s -> s.executionConsistencyDelay(Duration.ZERO).statusDelay(Duration.ZERO)))
                .start();
        http = ApacheHttpClient.create();
        client = SfnClient.builder()
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
        client.close();
        http.close();
        simulator.close();
    }

    AwsSimulator simulator() {
        return simulator;
    }

    StatesWorld world() {
        return simulator.states();
    }

    SfnClient client() {
        return client;
    }

    void passSeconds(long seconds) {
        simulator.clock().advance(Duration.ofSeconds(seconds));
    }

    void settings(Consumer<SimulatorSettingsBuilder> change) {
        simulator.settings(simulator.settings().with(change));
    }

    /** Creates a machine and returns its ARN. */
    String machine(String name, String definition) {
        return simulator.states().createStateMachine(name, definition);
    }

    /** Starts an execution of a machine through the API and returns its ARN. */
    String start(String machineArn, String name, String input) {
        return client.startExecution(
                        r -> r.stateMachineArn(machineArn).name(name).input(input))
                .executionArn();
    }

    /** Starts an execution of a definition that nobody else has and returns its ARN. */
    String run(String definition, String input) {
        String name = "machine-" + simulator.states().executions().size();
        return start(machine(name, definition), "run", input);
    }

    DescribeExecutionResponse describe(String executionArn) {
        return client.describeExecution(r -> r.executionArn(executionArn));
    }

    String status(String executionArn) {
        return describe(executionArn).statusAsString();
    }

    List<HistoryEvent> history(String executionArn) {
        return client.getExecutionHistory(r -> r.executionArn(executionArn).maxResults(1000))
                .events();
    }

    /** The history as "id previous type", one event a line. */
    String chain(String executionArn) {
        StringBuilder chain = new StringBuilder();
        for (HistoryEvent event : history(executionArn)) {
            chain.append(event.id())
                    .append(' ')
                    .append(event.previousEventId())
                    .append(' ')
                    .append(event.typeAsString())
                    .append('\n');
        }
        return chain.toString();
    }
}
