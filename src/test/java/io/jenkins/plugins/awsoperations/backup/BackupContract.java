package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import io.jenkins.plugins.awsoperations.fleet.FleetInstance;
import io.jenkins.plugins.awsoperations.fleet.InstanceLocator;
import io.jenkins.plugins.awsoperations.fleet.TagSelector;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.operation.TicketQueueAccess;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What any AWS must do for the engine: run against the project's simulator and against an independent emulator. */
abstract class BackupContract {

    private static final List<String> STATES = List.of("running", "stopped");

    /** Fast, so that nobody waits for the simulator; the emulator does not know time. */
    private final SimulatorClock clock = SimulatorClock.scaled(100);

    private final List<String> log = new ArrayList<>();
    private AwsConnections connections;

    /** Starts it, or returns the one that runs. */
    abstract URI endpoint(SimulatorClock clock);

    /** Whether snapshots can be tagged within CreateImage. */
    abstract boolean tagsSnapshots();

    @BeforeEach
    void connect() {
        connections = new AwsConnections(clock);
    }

    @AfterEach
    void disconnect() {
        connections.close();
    }

    private AwsConnection aws() {
        return connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(endpoint(clock))
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build());
    }

    private String instance(Map<String, String> tags) {
        return aws().ec2()
                .runInstances(r -> r.imageId("ami-12c6146b")
                        .minCount(1)
                        .maxCount(1)
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.INSTANCE)
                                .tags(tags.entrySet().stream()
                                        .map(e -> Tag.builder()
                                                .key(e.getKey())
                                                .value(e.getValue())
                                                .build())
                                        .toList())
                                .build()))
                .instances()
                .get(0)
                .instanceId();
    }

    private BackupResult backUp(BackupRequestBuilder request) {
        Ec2Backup operation = new Ec2Backup(aws(), new TicketQueueAccess());
        BackupState state =
                operation.begin(request.tagSnapshots(tagsSnapshots()).build(), RunIdentity.create("contract", "1"));
        return new BlockingRunner(clock::toReal)
                .run(new Conversation<>(operation, state, clock, log::add, StateStore.none()), s -> {});
    }

    @Test
    void makesATaggedImageAndWaitsForIt() {
        String id = instance(Map.of("Name", "web", "case", "makes"));
        BackupResult result = backUp(
                BackupRequest.builder().tag("case", "makes").plan("daily").generations(0));
        assertThat(result.created()).isEqualTo(1);
        InstanceResult made = result.instances().get(0);
        assertThat(made.state()).isEqualTo(State.AVAILABLE);
        Image image = aws().ec2()
                .describeImages(r -> r.imageIds(made.imageId()))
                .images()
                .get(0);
        assertThat(image.name()).isEqualTo(made.imageName());
        assertThat(image.tags())
                .contains(Tag.builder().key("aws-operations:instance").value(id).build())
                .contains(Tag.builder().key("case").value("makes").build());
        assertThat(made.snapshotIds()).isNotEmpty();
    }

    @Test
    void findsItsImageAgainByNameAndByTag() {
        String id = instance(Map.of("case", "finds"));
        BackupResult result = backUp(
                BackupRequest.builder().tag("case", "finds").plan("daily").generations(0));
        InstanceResult made = result.instances().get(0);
        ImageCalls calls = new ImageCalls(aws());
        assertThat(calls.byName(made.imageName())).map(BackupImage::imageId).hasValue(made.imageId());
        assertThat(calls.ofInstances(List.of(id)).get(id))
                .extracting(BackupImage::imageId)
                .containsExactly(made.imageId());
        assertThat(calls.byIds(List.of(made.imageId(), "ami-0123456789abcdef0")))
                .containsOnlyKeys(made.imageId());
    }

    @Test
    void tagFiltersAreAndOrAndLiteral() {
        String a = instance(Map.of("case", "filters", "role", "web"));
        String b = instance(Map.of("case", "filters", "role", "app"));
        instance(Map.of("case", "filters", "role", "db"));
        InstanceLocator locator = new InstanceLocator(aws());
        assertThat(locator.byTags(
                        TagSelector.of(Map.of("case", List.of("filters"), "role", List.of("web", "app"))), STATES))
                .extracting(FleetInstance::id)
                .containsExactlyInAnyOrder(a, b);
        assertThat(locator.byTags(TagSelector.of(Map.of("case", List.of("filter*"))), STATES))
                .isEmpty();
    }

    @Test
    void anUnknownInstanceFailsAlone() {
        String id = instance(Map.of("case", "unknown"));
        assertThatThrownBy(() -> backUp(BackupRequest.builder()
                        .instanceIds(List.of(id, "i-0123456789abcdef0"))
                        .plan("daily")
                        .generations(0)))
                .isInstanceOfSatisfying(
                        OperationException.class,
                        e -> assertThat(((BackupResult) e.result()).created()).isEqualTo(1));
    }

    @Test
    void aDryRunWritesNothing() {
        String id = instance(Map.of("case", "dry"));
        BackupResult result =
                backUp(BackupRequest.builder().tag("case", "dry").plan("daily").dryRun(true));
        assertThat(result.instances().get(0).state()).isEqualTo(State.PLANNED);
        assertThat(new ImageCalls(aws()).ofInstances(List.of(id))).isEmpty();
    }

    @Test
    void theSnapshotOfAnImageCannotBeDeletedBeforeIt() {
        instance(Map.of("case", "snapshot"));
        InstanceResult made = backUp(BackupRequest.builder()
                        .tag("case", "snapshot")
                        .plan("daily")
                        .generations(0))
                .instances()
                .get(0);
        String snapshot = made.snapshotIds().get(0);
        assertThatThrownBy(() -> aws().ec2().deleteSnapshot(r -> r.snapshotId(snapshot)))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidSnapshot.InUse"));
        ImageCalls calls = new ImageCalls(aws());
        assertThat(calls.deregister(made.imageId()).done()).isTrue();
        assertThat(calls.deregister(made.imageId()).done())
                .as("a second time it is gone")
                .isFalse();
    }

    @Test
    void anAssumedRoleIsAnIdentityOfItsOwn() {
        AwsConnection role = connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(endpoint(clock))
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .assumeRole("arn:aws:iam::123456789012:role/backup", null)
                .roleSessionName("daily-17")
                .build());
        assertThat(role.identity().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/backup/daily-17");
    }
}
