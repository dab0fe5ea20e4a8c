package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.A_WHILE;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.filter;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.Image;

class ImageLifecycleTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void isPendingAndBecomesAvailableBetweenOneAndTwoMinutes() {
        String imageId = aws.createImageNoReboot(aws.instance(), "image");

        aws.passSeconds(59);
        assertThat(aws.image(imageId).stateAsString()).isEqualTo("pending");
        aws.passSeconds(61);
        assertThat(aws.image(imageId).stateAsString()).isEqualTo("available");
    }

    @Test
    void isNotSeenRightAfterItWasCreated() {
        String imageId = aws.createImageNoReboot(aws.instance(), "image");

        assertThat(messageOf(() -> aws.image(imageId))).isEqualTo("The image id '[" + imageId + "]' does not exist");
        assertThat(codeOf(() -> aws.image(imageId))).isEqualTo("InvalidAMIID.NotFound");
        assertThat(named("image")).isEmpty();
        assertThat(aws.ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots())
                .isEmpty();
        aws.passSeconds(2);
        assertThat(named("image")).hasSize(1);
        assertThat(aws.ec2().describeSnapshots(r -> r.ownerIds("self")).snapshots())
                .hasSize(1);
    }

    @Test
    void saysWhatAnImageIs() {
        String instanceId = aws.simulator()
                .ec2()
                .runInstance(InstanceSpec.running().volume("/dev/sdf").platform("windows"));
        String imageId = aws.ec2()
                .createImage(r -> r.instanceId(instanceId).name("a (b)").description("x & \"y\""))
                .imageId();
        aws.pass(A_WHILE);

        Image image = aws.image(imageId);
        assertThat(image.name()).isEqualTo("a (b)");
        assertThat(image.description()).isEqualTo("x & \"y\"");
        assertThat(image.creationDate()).isEqualTo("2026-01-15T03:00:00.000Z");
        assertThat(image.sourceInstanceId()).isEqualTo(instanceId);
        assertThat(image.ownerId()).isEqualTo("123456789012");
        assertThat(image.platformAsString()).isEqualTo("windows");
        assertThat(image.rootDeviceTypeAsString()).isEqualTo("ebs");
        assertThat(image.deregistrationProtection()).isEqualTo("disabled");
        assertThat(image.deprecationTime()).isNull();
        assertThat(image.stateReason()).isNull();
        assertThat(image.blockDeviceMappings())
                .extracting(mapping -> mapping.ebs().snapshotId())
                .isEqualTo(aws.simulator().ec2().image(imageId).snapshotIds());
    }

    @Test
    void failsWithAReasonWhenAFaultSaysSo() {
        aws.simulator().faults().add(Fault.on("CreateImage").imageFails("Client.InternalError", "Root volume is gone"));
        String imageId = aws.createImageNoReboot(aws.instance(), "doomed");

        aws.passSeconds(30);
        assertThat(aws.image(imageId).stateAsString()).isEqualTo("pending");
        assertThat(aws.image(imageId).stateReason()).isNull();
        aws.pass(A_WHILE);
        assertThat(aws.image(imageId).stateAsString()).isEqualTo("failed");
        assertThat(aws.image(imageId).stateReason().code()).isEqualTo("Client.InternalError");
        assertThat(aws.image(imageId).stateReason().message()).isEqualTo("Root volume is gone");
        assertThat(aws.simulator().ec2().snapshots())
                .extracting(snapshot -> snapshot.state())
                .containsExactly("error");
    }

    @Test
    void endsInAnyStateOrTakesLongerWhenAFaultSaysSo() {
        aws.simulator().faults().add(Fault.on("CreateImage").imageState("invalid"));
        aws.simulator().faults().add(Fault.on("CreateImage").slow(Duration.ofHours(3)));
        String invalid = aws.createImageNoReboot(aws.instance(), "invalid");
        String slow = aws.createImageNoReboot(aws.instance(), "slow");

        aws.pass(Duration.ofHours(3).minusSeconds(1));
        assertThat(aws.image(invalid).stateAsString()).isEqualTo("invalid");
        assertThat(aws.image(slow).stateAsString()).isEqualTo("pending");
        aws.passSeconds(1);
        assertThat(aws.image(slow).stateAsString()).isEqualTo("available");
    }

    @Test
    void isFoundByItsTagsNameStateAndInstance() {
        String wanted = aws.simulator()
                .ec2()
                .addImage(ImageSpec.named("daily_1")
                        .sourceInstance("i-00000000000000001")
                        .tag("plan", "daily")
                        .tag("a*b", "*"));
        aws.simulator()
                .ec2()
                .addImage(ImageSpec.named("daily_2").tag("plan", "Daily").state("pending"));
        aws.simulator()
                .ec2()
                .addImage(ImageSpec.named("weekly").tag("plan", "weekly").tag("a*b", "x"));

        assertThat(found("tag:plan", "daily")).containsExactly(wanted);
        assertThat(found("tag:plan", "d?ily", "nothing")).containsExactly(wanted);
        assertThat(found("tag:a*b", "\\*")).containsExactly(wanted);
        assertThat(found("tag:a*b", "*")).hasSize(2);
        assertThat(found("tag-key", "plan")).hasSize(3);
        assertThat(found("name", "daily*")).hasSize(2);
        assertThat(found("state", "available")).hasSize(2);
        assertThat(found("source-instance-id", "i-00000000000000001")).containsExactly(wanted);
        assertThat(found("image-id", wanted)).containsExactly(wanted);
        assertThat(found("creation-date", "2026-01-15T*")).hasSize(3);
    }

    @Test
    void mustMatchAllFiltersAndKnowsOnlyTheFiltersOfTheApi() {
        aws.simulator().ec2().addImage(ImageSpec.named("daily").tag("plan", "daily"));

        assertThat(aws.ec2()
                        .describeImages(r -> r.filters(filter("tag:plan", "daily"), filter("name", "other")))
                        .images())
                .isEmpty();
        assertThat(messageOf(() -> found("nonsense", "x"))).isEqualTo("The filter 'nonsense' is invalid");
    }

    @Test
    void hidesDisabledImagesUnlessAskedForThem() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("off"));
        aws.ec2().disableImage(r -> r.imageId(imageId));

        assertThat(named("off")).isEmpty();
        assertThat(aws.ec2()
                        .describeImages(r -> r.owners("self").includeDisabled(true))
                        .images())
                .extracting(Image::stateAsString)
                .containsExactly("disabled");
    }

    @Test
    void belongsToTheAccountOnly() {
        aws.simulator().ec2().addImage(ImageSpec.named("mine"));

        assertThat(aws.ec2().describeImages(r -> r.owners("123456789012")).images())
                .hasSize(1);
        assertThat(aws.ec2().describeImages(r -> r.owners("amazon")).images()).isEmpty();
    }

    @Test
    void comesInPagesThatNeitherRepeatNorSkip() {
        for (int i = 0; i < 25; i++) {
            aws.simulator().ec2().addImage(ImageSpec.named("image-" + i));
        }
        String first = aws.simulator().ec2().images().get(0).imageId();

        DescribeImagesResponse page =
                aws.ec2().describeImages(r -> r.owners("self").maxResults(10));
        aws.ec2().deregisterImage(r -> r.imageId(first));
        aws.passSeconds(10);
        List<String> rest = aws
                .ec2()
                .describeImagesPaginator(r -> r.owners("self").maxResults(10).nextToken(page.nextToken()))
                .images()
                .stream()
                .map(Image::name)
                .toList();

        assertThat(page.images()).hasSize(10);
        assertThat(rest).hasSize(15).startsWith("image-10").endsWith("image-24");
        assertThat(codeOf(() -> aws.ec2().describeImages(r -> r.maxResults(10).nextToken("x"))))
                .isEqualTo("InvalidNextToken");
    }

    @Test
    void comesInPagesEvenWhenNobodyAskedForThem() {
        aws.settings(s -> s.maxPage(2));
        for (int i = 0; i < 5; i++) {
            aws.simulator().ec2().addImage(ImageSpec.named("image-" + i));
        }

        DescribeImagesResponse page = aws.ec2().describeImages(r -> r.owners("self"));

        assertThat(page.images()).hasSize(2);
        assertThat(page.nextToken()).isNotBlank();
    }

    @Test
    void isDescribedWithAThousandOthersInOneReply() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(aws.simulator()
                    .ec2()
                    .addImage(ImageSpec.named("image-" + i).state("pending").tag("n", "" + i)));
        }

        assertThat(aws.ec2().describeImages(r -> r.imageIds(ids)).images())
                .hasSize(1000)
                .allMatch(image -> image.stateAsString().equals("pending"));
        assertThat(aws.simulator().ledger().count("DescribeImages")).isEqualTo(1);
        ids.add("ami-00000000000000000");
        assertThat(codeOf(() -> aws.ec2().describeImages(r -> r.imageIds(ids)))).isEqualTo("InvalidParameterValue");
    }

    @Test
    void isDeprecatedToTheMinuteAndAtMostTenYearsAhead() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("old"));

        aws.ec2().enableImageDeprecation(r -> r.imageId(imageId).deprecateAt(START.plusSeconds(3659)));

        assertThat(aws.image(imageId).deprecationTime()).isEqualTo("2026-01-15T04:01:00.000Z");
        assertThat(codeOf(() ->
                        aws.ec2().enableImageDeprecation(r -> r.imageId(imageId).deprecateAt(START.minusSeconds(60)))))
                .isEqualTo("InvalidParameterValue");
        assertThat(codeOf(() -> aws.ec2()
                        .enableImageDeprecation(
                                r -> r.imageId(imageId).deprecateAt(Instant.parse("2036-01-15T03:01:00Z")))))
                .isEqualTo("InvalidParameterValue");
        aws.ec2().disableImageDeprecation(r -> r.imageId(imageId));
        assertThat(aws.image(imageId).deprecationTime()).isNull();
    }

    private List<Image> named(String name) {
        return aws.ec2()
                .describeImages(r -> r.owners("self").filters(filter("name", name)))
                .images();
    }

    private List<String> found(String name, String... values) {
        return aws.ec2().describeImages(r -> r.owners("self").filters(filter(name, values))).images().stream()
                .map(Image::imageId)
                .toList();
    }
}
