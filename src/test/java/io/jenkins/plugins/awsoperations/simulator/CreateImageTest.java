package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.A_WHILE;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

class CreateImageTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void makesAnImageWithOneSnapshotPerVolume() {
        String id = aws.simulator()
                .ec2()
                .runInstance(InstanceSpec.running().volume("/dev/sdf").volume("/dev/sdg"));

        String imageId = aws.createImage(id, "full");

        ImageView image = aws.simulator().ec2().image(imageId);
        assertThat(imageId).matches("ami-0[0-9a-f]{16}");
        assertThat(image.devices()).containsExactly("/dev/xvda", "/dev/sdf", "/dev/sdg");
        assertThat(image.snapshotIds()).hasSize(3).allMatch(snapshot -> snapshot.matches("snap-0[0-9a-f]{16}"));
        assertThat(image.sourceInstanceId()).isEqualTo(id);
    }

    @Test
    void refusesANameThatIsInUseAndSaysByWhichImage() {
        String id = aws.instance();
        String first = aws.createImage(id, "nightly");

        AwsServiceException error = errorOf(() -> aws.createImage(id, "nightly"));

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidAMIName.Duplicate");
        assertThat(error.awsErrorDetails().errorMessage())
                .isEqualTo("AMI name nightly is already in use by AMI " + first);
        assertThat(error.requestId()).isNotBlank();
    }

    @Test
    void reportsTheTakenNameBeforeTheOperationInProgressAsInTheLogOfTheSeed() {
        String id = aws.instance();
        aws.settings(s -> s.rebootDuration(Duration.ofSeconds(50)));
        aws.createImage(id, "i_2024-04-10_0945");
        List<String> codes = new ArrayList<>();

        for (int attempt = 0; attempt < 10; attempt++) {
            // The minute rolls over after the sixth attempt.
            String name = attempt < 6 ? "i_2024-04-10_0945" : "i_2024-04-10_0946";
            codes.add(codeOf(() -> aws.createImage(id, name)));
            aws.passSeconds(5);
        }

        assertThat(codes.subList(0, 6)).containsOnly("InvalidAMIName.Duplicate");
        assertThat(codes.subList(6, 10)).containsOnly("InvalidRequest");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAnyOtherImageOfAnInstanceThatIsRebootingForOne(boolean noReboot) {
        String id = aws.instance();
        aws.createImage(id, "first");
        aws.passSeconds(44);

        AwsServiceException error = errorOf(
                () -> aws.ec2().createImage(r -> r.instanceId(id).name("second").noReboot(noReboot)));

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest");
        assertThat(error.awsErrorDetails().errorMessage())
                .isEqualTo("Another CreateImage operation is in progress on this instance. While the instance is"
                        + " rebooting during this operation, only one CreateImage operation can be in progress. Wait"
                        + " until the instance has rebooted, and then try again");
    }

    @Test
    void acceptsTheNextImageOnceTheInstanceHasRebootedThoughTheFirstIsStillPending() {
        String id = aws.instance();
        String first = aws.createImage(id, "first");
        aws.passSeconds(45);

        aws.createImage(id, "second");

        assertThat(aws.image(first).stateAsString()).isEqualTo("pending");
    }

    @Test
    void acceptsImagesOfOtherInstancesMeanwhile() {
        aws.createImage(aws.instance(), "first");

        aws.createImage(aws.instance(), "second");

        assertThat(aws.simulator().ec2().images()).hasSize(2);
    }

    @Test
    void refusesASecondImageWithoutRebootWhileTheFirstBegins() {
        String id = aws.instance();
        aws.createImageNoReboot(id, "first");

        assertThat(codeOf(() -> aws.createImageNoReboot(id, "second")))
                .isEqualTo("ConcurrentCreateImageNoRebootLimitExceeded");
        aws.passSeconds(5);
        assertThat(aws.createImageNoReboot(id, "second")).startsWith("ami-0");
    }

    @Test
    void doesNotRebootWithNoReboot() {
        String id = aws.instance();
        aws.createImageNoReboot(id, "first");

        assertThat(aws.simulator().ec2().instance(id).status()).isEqualTo("ok");
    }

    @Test
    void doesNotRebootAStoppedInstance() {
        String id = aws.simulator().ec2().runInstance(InstanceSpec.running().state("stopped"));
        aws.createImage(id, "first");

        aws.createImage(id, "second");

        assertThat(aws.simulator().ec2().images()).hasSize(2);
    }

    @Test
    void refusesMoreThanFivePendingSnapshotsOfOneVolume() {
        String id = aws.instance();
        aws.settings(s -> s.imageDuration(Duration.ofMinutes(10)));
        for (int i = 0; i < 5; i++) {
            aws.createImageNoReboot(id, "image-" + i);
            aws.passSeconds(5);
        }

        assertThat(codeOf(() -> aws.createImageNoReboot(id, "image-5"))).isEqualTo("ConcurrentSnapshotLimitExceeded");
        aws.pass(Duration.ofMinutes(10));
        assertThat(aws.createImageNoReboot(id, "image-5")).startsWith("ami-0");
    }

    @Test
    void countsFailedSnapshotsAgainstTheLimitUntilTheyAreDeleted() {
        String id = aws.instance();
        aws.settings(s -> s.snapshotConcurrencyPerVolume(1));
        aws.simulator().faults().add(Fault.on("CreateImage").imageFails("broken volume"));
        String failed = aws.createImage(id, "failed");
        aws.pass(A_WHILE);

        assertThat(codeOf(() -> aws.createImage(id, "next"))).isEqualTo("ConcurrentSnapshotLimitExceeded");
        aws.ec2().deregisterImage(r -> r.imageId(failed).deleteAssociatedSnapshots(true));
        assertThat(aws.createImage(id, "next")).startsWith("ami-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "with:colon", "with#hash", "日本語の名前", "tab\tname"})
    void refusesNamesThatAwsDoesNotAllow(String name) {
        String id = aws.instance();

        assertThat(codeOf(() -> aws.createImage(id, name))).isEqualTo("InvalidAMIName.Malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A (b) [c] d.e/f-g'h@i_j"})
    void acceptsNamesThatAwsAllows(String name) {
        String imageId = aws.createImage(aws.instance(), name);

        assertThat(aws.simulator().ec2().image(imageId).name()).isEqualTo(name);
    }

    @Test
    void acceptsNamesOf128CharactersAndNoMore() {
        String id = aws.instance();

        assertThat(codeOf(() -> aws.createImage(id, "n".repeat(129)))).isEqualTo("InvalidAMIName.Malformed");
        assertThat(aws.createImage(id, "n".repeat(128))).startsWith("ami-0");
    }

    @Test
    void acceptsDescriptionsOf255CharactersAndNoMore() {
        String id = aws.instance();

        assertThat(codeOf(() ->
                        aws.ec2().createImage(r -> r.instanceId(id).name("long").description("d".repeat(256)))))
                .isEqualTo("InvalidParameterValue");
        String imageId = aws.ec2()
                .createImage(r -> r.instanceId(id).name("long").description("d".repeat(255)))
                .imageId();
        assertThat(aws.simulator().ec2().image(imageId).description()).hasSize(255);
    }

    @Test
    void answersADryRunWithoutDoingAnything() {
        String id = aws.instance();

        AwsServiceException error = errorOf(
                () -> aws.ec2().createImage(r -> r.instanceId(id).name("dry").dryRun(true)));

        assertThat(error.statusCode()).isEqualTo(412);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
        assertThat(error.awsErrorDetails().errorMessage())
                .isEqualTo("Request would have succeeded, but DryRun flag is set.");
        assertThat(aws.simulator().ec2().images()).isEmpty();
        assertThat(aws.createImage(id, "dry")).startsWith("ami-0");
    }

    @Test
    void checksTheParametersOfADryRun() {
        assertThat(codeOf(() -> aws.ec2()
                        .createImage(
                                r -> r.instanceId(aws.instance()).name("a:b").dryRun(true))))
                .isEqualTo("InvalidAMIName.Malformed");
    }

    @Test
    void namesTheMissingParameter() {
        assertThat(messageOf(() -> aws.ec2().createImage(r -> r.name("no-instance"))))
                .isEqualTo("The request must contain the parameter InstanceId");
    }

    @Test
    void tagsImageAndSnapshotsAsAsked() {
        String imageId = aws.ec2()
                .createImage(r -> tagged(
                        r.instanceId(aws.instance()).name("tagged"),
                        Map.of(
                                ResourceType.IMAGE, List.of(tag("run", "1"), tag("empty", "")),
                                ResourceType.SNAPSHOT, List.of(tag("run", "2")))))
                .imageId();

        assertThat(aws.simulator().ec2().image(imageId).tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("run", "1", "empty", ""));
        assertThat(aws.simulator().ec2().snapshots())
                .singleElement()
                .satisfies(snapshot -> assertThat(snapshot.tags()).isEqualTo(Map.of("run", "2")));
    }

    @Test
    void refusesTagsOnAnythingButImageAndSnapshots() {
        assertThat(messageOf(() -> aws.ec2()
                        .createImage(r -> tagged(
                                r.instanceId(aws.instance()).name("tagged"),
                                Map.of(ResourceType.INSTANCE, List.of(tag("a", "b")))))))
                .isEqualTo("'instance' is not a valid taggable resource type for this operation.");
    }

    @Test
    void refusesReservedTooLongAndTooManyTags() {
        assertThat(codeOf(() -> createTagged(List.of(tag("aws:backup", "x"))))).isEqualTo("InvalidParameterValue");
        assertThat(codeOf(() -> createTagged(List.of(tag("k".repeat(128), "x")))))
                .isEqualTo("InvalidParameterValue");
        assertThat(codeOf(() -> createTagged(List.of(tag("k", "v".repeat(257))))))
                .isEqualTo("InvalidParameterValue");
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            tags.add(tag("key-" + i, "x"));
        }
        assertThat(codeOf(() -> createTagged(tags))).isEqualTo("TagLimitExceeded");
        createTagged(tags.subList(0, 50));
        assertThat(aws.simulator().ec2().images()).hasSize(1);
    }

    @Test
    void leavesOutDevicesThatAreExcluded() {
        String id = aws.simulator()
                .ec2()
                .runInstance(InstanceSpec.running().volume("/dev/sdf").volume("/dev/sdg"));

        String imageId = aws.ec2()
                .createImage(r -> r.instanceId(id).name("partial").blockDeviceMappings(without("/dev/sdf")))
                .imageId();

        assertThat(aws.simulator().ec2().image(imageId).devices()).containsExactly("/dev/xvda", "/dev/sdg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/sdz", "/dev/xvda"})
    void refusesToLeaveOutAnUnknownDeviceOrTheRootDevice(String device) {
        String id = aws.instance();

        assertThat(codeOf(() -> aws.ec2()
                        .createImage(r -> r.instanceId(id).name("partial").blockDeviceMappings(without(device)))))
                .isEqualTo("InvalidBlockDeviceMapping");
    }

    @Test
    void refusesToChangeAVolume() {
        String id = aws.instance();
        BlockDeviceMapping bigger = BlockDeviceMapping.builder()
                .deviceName("/dev/xvda")
                .ebs(e -> e.volumeSize(100))
                .build();

        assertThat(codeOf(() -> aws.ec2()
                        .createImage(r -> r.instanceId(id).name("bigger").blockDeviceMappings(bigger))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void refusesInstancesThatAreGoneOrBackedByAnInstanceStore() {
        String terminated = aws.instance();
        aws.simulator().ec2().terminateInstance(terminated);
        String store = aws.simulator().ec2().runInstance(InstanceSpec.running().rootDeviceType("instance-store"));

        assertThat(codeOf(() -> aws.createImage(terminated, "gone"))).isEqualTo("IncorrectInstanceState");
        aws.pass(Duration.ofHours(2));
        assertThat(codeOf(() -> aws.createImage(terminated, "gone"))).isEqualTo("InvalidInstanceID.NotFound");
        assertThat(codeOf(() -> aws.createImage(store, "store"))).isEqualTo("InvalidParameterValue");
        assertThat(codeOf(() -> aws.createImage("i-00000000000000000", "unknown")))
                .isEqualTo("InvalidInstanceID.NotFound");
        assertThat(codeOf(() -> aws.createImage("my-server", "malformed"))).isEqualTo("InvalidInstanceID.Malformed");
    }

    private static BlockDeviceMapping without(String deviceName) {
        return BlockDeviceMapping.builder().deviceName(deviceName).noDevice("").build();
    }

    private void createTagged(List<Tag> tags) {
        aws.ec2()
                .createImage(
                        r -> tagged(r.instanceId(aws.instance()).name("tagged"), Map.of(ResourceType.IMAGE, tags)));
    }

    private static CreateImageRequest.Builder tagged(
            CreateImageRequest.Builder request, Map<ResourceType, List<Tag>> tags) {
        return request.tagSpecifications(tags.entrySet().stream()
                .map(entry -> TagSpecification.builder()
                        .resourceType(entry.getKey())
                        .tags(entry.getValue())
                        .build())
                .toList());
    }
}
