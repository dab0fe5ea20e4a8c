package io.jenkins.plugins.awsoperations.aws;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * All connections of this process. Equal account descriptions get the same connection, and all identities of one account and
 * region share its request buckets.
 */
public final class AwsConnections implements AutoCloseable {

    private static final int CONNECTIONS = 32;

    private final InstantSource clock;
    private final SdkHttpClient http;

    /** Watches the timeouts of all calls; without it the SDK starts five threads for each client. */
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "aws-operations-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<AwsAccount, AwsConnection> connections = new HashMap<>();
    private final Map<String, Pacing> pacing = new HashMap<>();

    public AwsConnections(InstantSource clock) {
        this.clock = clock;
        this.http = ApacheHttpClient.builder()
                .maxConnections(CONNECTIONS)
                .connectionTimeout(Duration.ofSeconds(10))
                .socketTimeout(Duration.ofSeconds(30))
                .connectionMaxIdleTime(Duration.ofSeconds(20))
                .build();
    }

    /** The connection for an account; quick, AWS is not called. */
    public synchronized AwsConnection connect(AwsAccount account) {
        return connections.computeIfAbsent(
                account, a -> new AwsConnection(a, new ClientSet(a, http, timeouts), clock, this::pacing));
    }

    private synchronized Pacing pacing(String accountAndRegion) {
        return pacing.computeIfAbsent(accountAndRegion, k -> new Pacing());
    }

    @Override
    public synchronized void close() {
        connections.values().forEach(AwsConnection::close);
        connections.clear();
        http.close();
        timeouts.shutdownNow();
    }
}
