package io.jenkins.plugins.awsoperations.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

class InstanceLocatorSimulatorTest {

    private static final List<String> STATES = List.of("running", "stopped");
    private static @Nullable AwsSimulator aws;
    private static @Nullable AwsConnections connections;

    @BeforeContainer
    static void start() {
        SimulatorClock clock = SimulatorClock.manual(Instant.parse("2026-01-01T00:00:00Z"));
        aws = AwsSimulator.builder()
                .clock(clock)
                .settings(SimulatorSettings.defaults().with(s -> s.consistencyDelay(Duration.ZERO)))
                .start();
        connections = new AwsConnections(clock);
    }

    @AfterContainer
    static void stop() {
        connections.close();
        aws.close();
    }

    private static InstanceLocator locator() {
        return new InstanceLocator(connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build()));
    }

    /** EC2 filters take wildcards; a value that has them in it must find itself, and nothing but itself. */
    @Property(tries = 150)
    void aTagValueMatchesItselfLiterally(@ForAll("tagValues") String value, @ForAll("tagValues") String other) {
        String mine = aws.ec2().runInstance(Map.of("Purpose", value));
        String others = aws.ec2().runInstance(Map.of("Purpose", other));
        List<String> found = locator().byTags(TagSelector.of(Map.of("Purpose", List.of(value))), STATES).stream()
                .map(FleetInstance::id)
                .toList();
        assertThat(found).contains(mine);
        assertThat(found.contains(others)).isEqualTo(value.equals(other));
        aws.ec2().terminateInstance(mine);
        aws.ec2().terminateInstance(others);
        aws.clock().advance(Duration.ofHours(2));
    }

    @Property(tries = 1)
    void pairsAreAndAndValuesAreOr() {
        String a = aws.ec2().runInstance(Map.of("role", "web", "env", "prod"));
        String b = aws.ec2().runInstance(Map.of("role", "app", "env", "prod"));
        aws.ec2().runInstance(Map.of("role", "web", "env", "test"));
        aws.ec2().runInstance(Map.of("role", "db", "env", "prod"));
        assertThat(locator()
                        .byTags(TagSelector.of(Map.of("role", List.of("web", "app"), "env", List.of("prod"))), STATES))
                .extracting(FleetInstance::id)
                .containsExactlyInAnyOrder(a, b);
    }

    @Property(tries = 1)
    void readsAllPages() {
        aws.settings(aws.settings().with(s -> s.maxPage(7)));
        for (int n = 0; n < 40; n++) {
            aws.ec2().runInstance(Map.of("many", "yes"));
        }
        assertThat(locator().byTags(TagSelector.of(Map.of("many", List.of("yes"))), STATES))
                .hasSize(40);
    }

    @Provide
    Arbitrary<String> tagValues() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Arbitraries.strings()
                                .withChars('*', '?', '\\', 'a', 'b', ' ', '"', '\'')
                                .ofMaxLength(6)),
                Tuple.of(1, Arbitraries.strings().withCharRange(' ', '\u02ff').ofMaxLength(40)),
                Tuple.of(
                        1,
                        Arbitraries.strings().withCharRange('\u3040', '\u30ff').ofMaxLength(20)));
    }
}
