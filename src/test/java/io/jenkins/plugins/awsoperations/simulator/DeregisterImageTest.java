package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.A_WHILE;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.filter;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotReturnCode;
import software.amazon.awssdk.services.ec2.model.ImageReference;
import software.amazon.awssdk.services.ec2.model.ResourceTypeRequest;
import software.amazon.awssdk.services.ec2.model.Snapshot;

class DeregisterImageTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void keepsTheSnapshotsUnlessAskedToDeleteThem() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old").snapshots(2));

        assertThat(aws.ec2().deregisterImage(r -> r.imageId(imageId)).deleteSnapshotResults())
                .isEmpty();

        assertThat(aws.simulator().ec2().images()).isEmpty();
        assertThat(aws.simulator().ec2().snapshots()).hasSize(2);
    }

    @Test
    void deletesTheSnapshotsAndReportsEach() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old").snapshots(2));

        List<DeleteSnapshotReturnCode> results = deregister(imageId);

        assertThat(results)
                .extracting(DeleteSnapshotReturnCode::returnCodeAsString)
                .containsExactly("success", "success");
        assertThat(aws.simulator().ec2().snapshots()).isEmpty();
        assertThat(aws.simulator().ledger().calls("DeregisterImage").get(0).resource())
                .startsWith(imageId + ",snap-0");
    }

    @Test
    void skipsASnapshotThatAnotherImageUses() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old"));
        String other = aws.simulator().ec2().addImage(ImageSpec.named("other"));
        String snapshotId = aws.simulator().ec2().image(imageId).snapshotIds().get(0);
        aws.simulator().ec2().shareSnapshot(snapshotId, other);

        assertThat(deregister(imageId))
                .extracting(DeleteSnapshotReturnCode::returnCodeAsString)
                .containsExactly("skipped");
        assertThat(aws.simulator().ec2().images()).hasSize(1);
        assertThat(aws.simulator().ec2().snapshots()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"skipped", "missing-permissions", "internal-error", "client-error"})
    void leavesSnapshotsBehindWhenAFaultSaysSo(String returnCode) {
        aws.simulator().faults().add(Fault.on("DeregisterImage").snapshotDeleteResult(returnCode));
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old"));

        assertThat(deregister(imageId))
                .extracting(DeleteSnapshotReturnCode::returnCodeAsString)
                .containsExactly(returnCode);
        assertThat(aws.simulator().ec2().images()).isEmpty();
        assertThat(aws.simulator().ec2().snapshots()).hasSize(1);
    }

    @Test
    void refusesAProtectedImage() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("kept"));
        aws.simulator().ec2().protectImage(imageId);

        assertThat(codeOf(() -> deregister(imageId))).isEqualTo("OperationNotPermitted");
        assertThat(aws.image(imageId).deregistrationProtection()).isEqualTo("enabled-without-cooldown");
        aws.ec2().disableImageDeregistrationProtection(r -> r.imageId(imageId));
        assertThat(deregister(imageId)).hasSize(1);
    }

    @Test
    void refusesAnImageForADayAfterItsProtectionWithCooldownEnded() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("kept"));
        aws.ec2().enableImageDeregistrationProtection(r -> r.imageId(imageId).withCooldown(true));
        aws.ec2().disableImageDeregistrationProtection(r -> r.imageId(imageId));

        assertThat(codeOf(() -> deregister(imageId))).isEqualTo("OperationNotPermitted");
        aws.pass(Duration.ofHours(24));
        assertThat(deregister(imageId)).hasSize(1);
    }

    @Test
    void isStillSeenForAMomentThenEmptyThenNotFound() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old"));
        deregister(imageId);

        assertThat(aws.image(imageId).stateAsString()).isEqualTo("available");
        assertThat(aws.ec2().describeImages(r -> r.owners("self")).images()).hasSize(1);
        aws.passSeconds(2);
        assertThat(aws.ec2().describeImages(r -> r.imageIds(imageId)).images()).isEmpty();
        assertThat(aws.ec2().describeImages(r -> r.owners("self")).images()).isEmpty();
        aws.passSeconds(60);
        assertThat(codeOf(() -> aws.image(imageId))).isEqualTo("InvalidAMIID.NotFound");
    }

    @Test
    void isUnavailableTheSecondTimeAndNotFoundLater() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old"));
        deregister(imageId);

        assertThat(codeOf(() -> deregister(imageId))).isEqualTo("InvalidAMIID.Unavailable");
        aws.passSeconds(60);
        assertThat(codeOf(() -> deregister(imageId))).isEqualTo("InvalidAMIID.NotFound");
    }

    @Test
    void doesNotFindAnImageThatWasJustCreated() {
        String imageId = aws.createImageNoReboot(aws.instance(), "new");

        assertThat(codeOf(() -> deregister(imageId))).isEqualTo("InvalidAMIID.NotFound");
        aws.passSeconds(2);
        assertThat(deregister(imageId)).hasSize(1);
    }

    @Test
    void keepsTheNameTakenForAWhile() {
        String instanceId = aws.instance();
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("name"));
        deregister(imageId);

        aws.passSeconds(29);
        assertThat(messageOf(() -> aws.createImage(instanceId, "name")))
                .isEqualTo("AMI name name is already in use by AMI " + imageId);
        aws.passSeconds(1);
        assertThat(aws.createImage(instanceId, "name")).startsWith("ami-0");
    }

    @Test
    void refusesToDeleteTheSnapshotOfARegisteredImage() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old"));
        String snapshotId = aws.simulator().ec2().image(imageId).snapshotIds().get(0);

        assertThat(codeOf(() -> aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshotId))))
                .isEqualTo("InvalidSnapshot.InUse");
        assertThat(messageOf(() -> aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshotId))))
                .isEqualTo("The snapshot " + snapshotId + " is currently in use by " + imageId);
    }

    @Test
    void deletesTheSnapshotOfAnotherVolumeOfARegisteredImage() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old").snapshots(2));
        String data = aws.simulator().ec2().image(imageId).snapshotIds().get(1);

        aws.ec2().deleteSnapshot(r -> r.snapshotId(data));

        assertThat(aws.simulator().ec2().snapshots())
                .noneMatch(s -> s.snapshotId().equals(data));
    }

    @Test
    void deletesTheSnapshotOnceTheDeregistrationIsKnownEverywhere() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old"));
        String snapshotId = aws.simulator().ec2().image(imageId).snapshotIds().get(0);
        aws.ec2().deregisterImage(r -> r.imageId(imageId));

        assertThat(codeOf(() -> aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshotId))))
                .isEqualTo("InvalidSnapshot.InUse");
        aws.passSeconds(2);
        aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshotId));
        assertThat(codeOf(() -> aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshotId))))
                .isEqualTo("InvalidSnapshot.NotFound");
    }

    @Test
    void describesSnapshotsWithTheirProgress() {
        String instanceId =
                aws.simulator().ec2().runInstance(InstanceSpec.running().volume("/dev/sdf"));
        aws.settings(s -> s.imageDuration(Duration.ofSeconds(100)));
        String imageId = aws.createImageNoReboot(instanceId, "image");
        aws.passSeconds(50);

        List<Snapshot> pending =
                aws.ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots();
        assertThat(pending).hasSize(2).allSatisfy(snapshot -> {
            assertThat(snapshot.stateAsString()).isEqualTo("pending");
            assertThat(snapshot.progress()).isEqualTo("50%");
            assertThat(snapshot.description()).isEqualTo("Created by CreateImage(" + instanceId + ") for " + imageId);
        });
        aws.pass(A_WHILE);
        assertThat(aws.ec2()
                        .describeSnapshots(r -> r.filters(
                                filter("status", "completed"),
                                filter("volume-id", pending.get(0).volumeId())))
                        .snapshots())
                .singleElement()
                .satisfies(snapshot -> assertThat(snapshot.progress()).isEqualTo("100%"));
        assertThat(codeOf(() -> aws.ec2().describeSnapshots(r -> r.snapshotIds("snap-00000000000000000"))))
                .isEqualTo("InvalidSnapshot.NotFound");
    }

    @Test
    void reportsWhoUsesAnImage() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("base"));
        String instanceId =
                aws.simulator().ec2().runInstance(InstanceSpec.running().imageId(imageId));
        String terminated =
                aws.simulator().ec2().runInstance(InstanceSpec.running().imageId(imageId));
        aws.simulator().ec2().terminateInstance(terminated);
        String template = "arn:aws:ec2:ap-northeast-1:123456789012:launch-template/lt-0123456789abcdef0";
        aws.simulator().ec2().imageReference(imageId, "ec2:LaunchTemplate", template);

        assertThat(aws.ec2()
                        .describeImageReferences(r -> r.imageIds(imageId).includeAllResourceTypes(true))
                        .imageReferences())
                .extracting(ImageReference::arn)
                .containsExactly("arn:aws:ec2:ap-northeast-1:123456789012:instance/" + instanceId, template);
        ResourceTypeRequest templates =
                ResourceTypeRequest.builder().resourceType("ec2:LaunchTemplate").build();
        assertThat(aws.ec2()
                        .describeImageReferences(r -> r.imageIds(imageId).resourceTypes(templates))
                        .imageReferences())
                .extracting(ImageReference::resourceTypeAsString)
                .containsExactly("ec2:LaunchTemplate");
        assertThat(codeOf(() -> aws.ec2().describeImageReferences(r -> r.imageIds(imageId))))
                .isEqualTo("MissingParameter");
    }

    private List<DeleteSnapshotReturnCode> deregister(String imageId) {
        return aws.ec2()
                .deregisterImage(r -> r.imageId(imageId).deleteAssociatedSnapshots(true))
                .deleteSnapshotResults();
    }
}
