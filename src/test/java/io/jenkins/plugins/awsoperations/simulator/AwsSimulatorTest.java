package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AwsSimulatorTest {

    private static final Instant START = Instant.parse("2026-01-15T03:00:00Z");

    @Test
    void answersTheSameInEveryRunWithTheSameSeedAndOtherwiseNot() {
        assertThat(run(7)).isEqualTo(run(7));
        assertThat(run(7)).isNotEqualTo(run(8));
    }

    /** Everything that two images, a fault by chance and some listings look like from outside. */
    private static List<String> run(long seed) {
        List<String> seen = new ArrayList<>();
        try (AwsSimulator simulator = started(seed)) {
            RawHttp http = new RawHttp(simulator.endpoint());
            simulator.faults().add(Fault.on("DescribeImages").probability(0.5).throttle());
            String id = simulator.ec2().runInstance(Map.of("Name", "web"));
            for (int i = 0; i < 5; i++) {
                seen.add(body(http.post("/", query("CreateImage", "InstanceId", id, "Name", "image-" + i))));
                simulator.clock().advance(Duration.ofSeconds(40));
                seen.add(body(http.post("/", query("DescribeImages", "Owner.1", "self"))));
            }
            seen.add(simulator.ec2().images().toString());
            seen.add(simulator.ledger().calls().toString());
        }
        return seen;
    }

    @Test
    void acceptsExactlyOneOfManyImagesOfOneInstanceThatAreAskedForAtOnce() throws Exception {
        int jobs = 16;
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try (AwsSimulator simulator = started(1)) {
            String id = simulator.ec2().runInstance(Map.of());
            RawHttp http = new RawHttp(simulator.endpoint());
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                String name = "image-" + i;
                answers.add(threads.submit(() -> {
                    start.await();
                    return http.post("/", query("CreateImage", "InstanceId", id, "Name", name));
                }));
            }
            start.countDown();
            int accepted = 0;
            for (Future<String> answer : answers) {
                accepted += answer.get().startsWith("HTTP/1.1 200") ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
            assertThat(simulator.ec2().images()).hasSize(1);
            assertThat(simulator.ledger().calls())
                    .extracting(Call::sequence)
                    .isSorted()
                    .hasSize(jobs);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("simulator-http-"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void changesItsSettingsWhileItRuns() {
        try (AwsSimulator simulator = started(1)) {
            simulator.settings(simulator
                    .settings()
                    .with(s -> s.imageDuration(Duration.ofSeconds(5)).rebootDuration(Duration.ZERO)));
            String id = simulator.ec2().runInstance(Map.of());
            new RawHttp(simulator.endpoint()).post("/", query("CreateImage", "InstanceId", id, "Name", "quick"));
            simulator.clock().advance(Duration.ofSeconds(5));

            assertThat(simulator.ec2().images()).extracting(ImageView::state).containsExactly("available");
        }
    }

    @Test
    void listensOnLoopbackAndSaysWhenThePortIsTaken() {
        try (AwsSimulator simulator = started(1)) {
            URI endpoint = simulator.endpoint();

            assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() ->
                            AwsSimulator.builder().port(endpoint.getPort()).start())
                    .withMessageContaining("127.0.0.1:" + endpoint.getPort());
        }
    }

    private static AwsSimulator started(long seed) {
        return AwsSimulator.builder()
                .clock(SimulatorClock.manual(START))
                .seed(seed)
                .start();
    }

    private static String query(String action, String... namesAndValues) {
        StringBuilder query = new StringBuilder("Version=2016-11-15&Action=" + action);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.append('&')
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n"));
    }
}
