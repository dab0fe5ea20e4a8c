package io.jenkins.plugins.awsoperations.aws;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * All connections of this process. Equal account descriptions get the same connection, and all identities of one account and
 * region share its request buckets and reads.
 */
public final class AwsConnections implements AutoCloseable {

    private static final int CONNECTIONS = 32;

    /** A forgotten connection is not closed: whoever has it goes on using it. */
    private static final int REMEMBERED = 200;

    private final InstantSource clock;
    private final SdkHttpClient http;

    /** Watches the timeouts of all calls; without it the SDK starts five threads for each client. */
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "aws-operations-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<String, SharedByAccount> shared = new HashMap<>();

    /** Each build assumes its role under a name of its own, so descriptions come without end: the oldest are forgotten. */
    private final Map<AwsAccount, AwsConnection> connections = new Remembered();

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
                account, a -> new AwsConnection(a, new ClientSet(a, http, timeouts), clock, this::shared));
    }

    private synchronized SharedByAccount shared(String accountAndRegion) {
        return shared.computeIfAbsent(accountAndRegion, k -> new SharedByAccount());
    }

    @Override
    public synchronized void close() {
        connections.values().forEach(AwsConnection::close);
        connections.clear();
        http.close();
        timeouts.shutdownNow();
    }

    /** In the order of their last use. */
    private static final class Remembered extends LinkedHashMap<AwsAccount, AwsConnection> {

        private static final long serialVersionUID = 1L;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<AwsAccount, AwsConnection> eldest) {
            return size() > REMEMBERED;
        }
    }
}
