package io.jenkins.plugins.awsoperations.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.awsoperations.aws.AwsCallException.Effect;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwsConnectionSimulatorTest {

    private final SimulatorClock clock = SimulatorClock.manual(Instant.parse("2026-01-01T00:00:00Z"));
    private final AwsSimulator aws = AwsSimulator.builder().clock(clock).start();
    private final AwsConnections connections = new AwsConnections(clock);

    @AfterEach
    void stop() {
        connections.close();
        aws.close();
    }

    private AwsAccount.Builder account() {
        return AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null));
    }

    @Test
    void equalAccountsShareOneConnectionAndOneIdentityCall() {
        AwsConnection a = connections.connect(account().build());
        AwsConnection b = connections.connect(account().build());
        assertThat(a).isSameAs(b);
        assertThat(a.identity().accountId()).isEqualTo("123456789012");
        assertThat(b.identity()).isEqualTo(a.identity());
        assertThat(aws.ledger().count("GetCallerIdentity")).isEqualTo(1);
    }

    @Test
    void keysThatCannotBeLookedUpForAWhileArePassedOver() {
        AtomicBoolean down = new AtomicBoolean(true);
        AwsConnection kept = connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Lookup("kept", Duration.ofMinutes(5), () -> {
                    if (down.get()) {
                        throw new OperationException(
                                OperationFailure.of(FailureKind.UNAVAILABLE, "no answer", "Wait."));
                    }
                    return new AwsCredentialSource.Keys("AKIATEST", "secret", null);
                }))
                .build());
        assertThatThrownBy(kept::identity)
                .isInstanceOfSatisfying(
                        AwsCallException.class, e -> assertThat(e.effect()).isEqualTo(Effect.NOTHING_DONE));
        down.set(false);
        assertThat(kept.identity().accountId()).isEqualTo("123456789012");
    }

    @Test
    void allIdentitiesOfAnAccountShareItsRequestBuckets() {
        AwsConnection direct = connections.connect(account().build());
        AwsConnection role = connections.connect(account()
                .assumeRole("arn:aws:iam::123456789012:role/backup", null)
                .build());
        assertThat(role).isNotSameAs(direct);
        assertThat(role.pacing()).isSameAs(direct.pacing());
        assertThat(role.shared(StringBuilder.class, StringBuilder::new))
                .isSameAs(direct.shared(StringBuilder.class, StringBuilder::new));
    }

    @Test
    void assumesTheRoleWithItsExternalIdAndASessionNamedAfterTheBuild() {
        aws.settings(aws.settings().with(s -> s.requiredExternalId("ext-1")));
        AwsConnection role = connections.connect(account()
                .assumeRole("arn:aws:iam::123456789012:role/backup", "ext-1")
                .roleSessionName("backup/daily #17")
                .build());
        assertThat(role.identity().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/backup/backup-daily--17");
    }

    @Test
    void aRolesSessionIsRenewedForAsLongAsAWaitLasts() {
        SimulatorClock fast = SimulatorClock.scaled(360);
        try (AwsSimulator hourly = AwsSimulator.builder()
                        .clock(fast)
                        .settings(SimulatorSettings.defaults().with(s -> s.sessionExpiryEnforced(true)))
                        .start();
                AwsConnections own = new AwsConnections(fast)) {
            AwsConnection role = own.connect(account()
                    .endpoint(hourly.endpoint())
                    .assumeRole("arn:aws:iam::123456789012:role/backup", null)
                    .build());
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                role.call("ec2", "DescribeInstances", "all", () -> role.ec2().describeInstances());
                return hourly.ledger().count("AssumeRole") >= 3;
            });
            assertThat(hourly.ledger().calls("DescribeInstances"))
                    .allMatch(c -> c.outcome().equals("OK"));
        }
    }

    @Test
    void aWrongExternalIdIsDeniedInWords() {
        aws.settings(aws.settings().with(s -> s.requiredExternalId("ext-1")));
        AwsConnection role = connections.connect(account()
                .assumeRole("arn:aws:iam::123456789012:role/backup", "wrong")
                .build());
        assertThatThrownBy(role::identity)
                .isInstanceOfSatisfying(
                        AwsCallException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.ACCESS_DENIED))
                .hasMessageContaining("AccessDenied");
    }

    @Test
    void readsAreSentAgainAfterABrokenConnectionButNotWhenThrottled() {
        AwsConnection connection = connections.connect(account().build());
        aws.faults().add(Fault.on("DescribeInstances").times(2).loseReply());
        connection.call(
                "ec2", "DescribeInstances", "all", () -> connection.ec2().describeInstances());
        assertThat(aws.ledger().count("DescribeInstances")).isEqualTo(3);
        aws.ledger().clear();
        aws.faults().add(Fault.on("DescribeInstances").always().throttle());
        assertThatThrownBy(() -> connection.call(
                        "ec2",
                        "DescribeInstances",
                        "all",
                        () -> connection.ec2().describeInstances()))
                .isInstanceOfSatisfying(
                        AwsCallException.class, e -> assertThat(e.effect()).isEqualTo(Effect.THROTTLED));
        assertThat(aws.ledger().count("DescribeInstances")).isEqualTo(1);
    }

    @Test
    void theOnceClientSendsOnceWhateverHappens() {
        String id = aws.ec2().runInstance(Map.of());
        AwsConnection connection = connections.connect(account().build());
        for (Fault fault : new Fault[] {
            Fault.on("CreateImage").loseReply(),
            Fault.on("CreateImage").serverError(false),
            Fault.on("CreateImage").throttle()
        }) {
            aws.ledger().clear();
            aws.faults().add(fault);
            assertThatThrownBy(() -> connection.call(
                            "ec2",
                            "CreateImage",
                            id,
                            () -> connection
                                    .ec2Once()
                                    .createImage(r -> r.instanceId(id).name("name-" + fault.hashCode()))))
                    .isInstanceOf(AwsCallException.class);
            assertThat(aws.ledger().count("CreateImage")).isEqualTo(1);
        }
    }

    @Test
    void anAddressWhereNobodyListensIsUnreachableAndNothingWasDone() {
        AwsConnection nobody = connections.connect(
                account().endpoint(URI.create("http://127.0.0.1:1")).build());
        assertThatThrownBy(nobody::identity)
                .isInstanceOfSatisfying(AwsCallException.class, e -> {
                    assertThat(e.effect()).isEqualTo(Effect.NOTHING_DONE);
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
                })
                .hasMessageContaining("could not reach AWS");
    }

    @Test
    void cleansASessionNameToWhatStsTakes() {
        assertThat(AwsAccount.sessionName("日次/backup #1")).matches("[\\w+=,.@-]{2,64}");
        assertThat(AwsAccount.sessionName("x".repeat(100))).hasSize(64);
        assertThat(AwsAccount.sessionName("")).isEqualTo("aws-operations");
    }

    @Test
    void keysThatAreKeptElsewhereAreLookedUpOnceForManyCalls() {
        AtomicInteger lookUps = new AtomicInteger();
        AwsConnection connection = connections.connect(account()
                .credentials(new AwsCredentialSource.Lookup("stored as job #1", Duration.ofMinutes(5), () -> {
                    lookUps.incrementAndGet();
                    return new AwsCredentialSource.Keys("AKIASTORED", "secret", null);
                }))
                .build());
        for (int i = 0; i < 3; i++) {
            connection.call("ec2", "DescribeInstances", "instances", connection.ec2()::describeInstances);
        }
        assertThat(lookUps).hasValue(1);
        assertThat(aws.ledger().calls("DescribeInstances"))
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.principal()).isEqualTo("AKIASTORED"));
    }

    @Test
    void aLookUpThatFailsIsToldInItsOwnWords() {
        AwsConnection connection = connections.connect(account()
                .credentials(new AwsCredentialSource.Lookup("gone", Duration.ofMinutes(5), () -> {
                    throw new OperationException(OperationFailure.of(
                            FailureKind.CONFIGURATION, "credentials 'gone' are gone", "Restore them."));
                }))
                .build());
        assertThatThrownBy(connection::identity)
                .isInstanceOfSatisfying(
                        OperationException.class,
                        e -> assertThat(e.failure().describe())
                                .isEqualTo("credentials 'gone' are gone. Restore them."));
        assertThat(aws.ledger().calls()).isEmpty();
    }

    @Test
    void theLastKeysServeWhileWhoKeepsThemIsOutOfReach() {
        AtomicInteger lookUps = new AtomicInteger();
        AwsConnection connection = connections.connect(account()
                .credentials(new AwsCredentialSource.Lookup("remote", Duration.ofMillis(1), () -> {
                    if (lookUps.incrementAndGet() > 1) {
                        throw new IllegalStateException("the vault does not answer");
                    }
                    return new AwsCredentialSource.Keys("AKIAREMOTE", "secret", null);
                }))
                .build());
        await().untilAsserted(() -> {
            connection.call("ec2", "DescribeInstances", "instances", connection.ec2()::describeInstances);
            assertThat(lookUps.get()).isGreaterThan(1);
        });
        assertThat(aws.ledger().calls("DescribeInstances"))
                .allSatisfy(call -> assertThat(call.principal()).isEqualTo("AKIAREMOTE"));
    }
}
