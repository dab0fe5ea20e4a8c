package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.filter;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

class TagApiTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void createsTagsThatAreSeenAMomentLater() {
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("image").tag("old", "1"));

        aws.ec2().createTags(r -> r.resources(imageId).tags(tag("new", "<2> & 3"), tag("old", "changed")));

        assertThat(aws.image(imageId).tags()).containsExactly(tag("old", "1"));
        assertThat(tagsOfImages()).hasSize(1);
        assertThat(aws.ec2()
                        .describeImages(r -> r.filters(filter("tag-key", "new")))
                        .images())
                .isEmpty();
        aws.passSeconds(2);
        assertThat(aws.image(imageId).tags()).containsExactly(tag("new", "<2> & 3"), tag("old", "changed"));
        assertThat(tagsOfImages()).hasSize(2);
    }

    @Test
    void tagsInstancesImagesAndSnapshotsInOneCall() {
        String instanceId = aws.instance();
        String imageId = aws.simulator().ec2().addImage(ImageSpec.named("image"));
        String snapshotId = aws.simulator().ec2().image(imageId).snapshotIds().get(0);

        aws.ec2().createTags(r -> r.resources(instanceId, imageId, snapshotId).tags(tag("k", "v")));
        aws.passSeconds(2);

        assertThat(aws.ec2().describeTags(r -> r.filters(filter("key", "k"))).tags())
                .extracting(TagDescription::resourceTypeAsString)
                .containsExactlyInAnyOrder("instance", "image", "snapshot");
        assertThat(aws.ec2()
                        .describeTags(r -> r.filters(filter("resource-type", "image"), filter("value", "v")))
                        .tags())
                .extracting(TagDescription::resourceId)
                .containsExactly(imageId);
        assertThat(aws.ec2()
                        .describeTags(r -> r.filters(filter("resource-id", snapshotId)))
                        .tags())
                .hasSize(1);
    }

    @Test
    void tagsNothingWhenOneResourceIsUnknown() {
        String instanceId = aws.instance();

        assertThat(codeOf(() -> aws.ec2()
                        .createTags(r ->
                                r.resources(instanceId, "ami-00000000000000000").tags(tag("k", "v")))))
                .isEqualTo("InvalidAMIID.NotFound");
        assertThat(codeOf(() -> aws.ec2()
                        .createTags(r -> r.resources("vol-00000000000000000").tags(tag("k", "v")))))
                .isEqualTo("InvalidID");
        assertThat(aws.simulator().ec2().instance(instanceId).tags()).containsOnlyKeys("Name");
    }

    @Test
    void holdsFiftyTagsOfOneResourceNotCountingAwsOwn() {
        InstanceSpec spec = InstanceSpec.running().tag("aws:autoscaling:groupName", "asg");
        for (int i = 0; i < 49; i++) {
            spec = spec.tag("key-" + i, "x");
        }
        String id = aws.simulator().ec2().runInstance(spec);

        aws.ec2().createTags(r -> r.resources(id).tags(tag("fiftieth", "x")));
        assertThat(codeOf(() -> aws.ec2().createTags(r -> r.resources(id).tags(tag("one-more", "x")))))
                .isEqualTo("TagLimitExceeded");
        aws.ec2().createTags(r -> r.resources(id).tags(tag("fiftieth", "changed")));
        assertThat(aws.simulator().ec2().instance(id).tags()).hasSize(51);
    }

    @Test
    void refusesAwsOwnTags() {
        String id = aws.instance();

        assertThat(codeOf(() -> aws.ec2().createTags(r -> r.resources(id).tags(tag("aws:x", "y")))))
                .isEqualTo("InvalidParameterValue");
        assertThat(codeOf(() -> aws.ec2().deleteTags(r -> r.resources(id).tags(tag("AWS:x", "y")))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void deletesATagByKeyOrOnlyWithItsValue() {
        String id = aws.simulator().ec2().runInstance(Map.of("a", "1", "b", "2", "c", ""));
        Tag keyOnly = Tag.builder().key("a").build();

        aws.ec2().deleteTags(r -> r.resources(id).tags(keyOnly, tag("b", "other"), tag("c", "")));

        assertThat(aws.simulator().ec2().instance(id).tags()).isEqualTo(Map.of("b", "2"));
        aws.ec2().deleteTags(r -> r.resources(id).tags(tag("b", "2")));
        assertThat(aws.simulator().ec2().instance(id).tags()).isEmpty();
    }

    @Test
    void deletesAllTagsButAwsOwnWhenNoneIsNamed() {
        String id = aws.simulator().ec2().runInstance(Map.of("a", "1", "aws:b", "2"));

        aws.ec2().deleteTags(r -> r.resources(id));

        assertThat(aws.simulator().ec2().instance(id).tags()).isEqualTo(Map.of("aws:b", "2"));
    }

    @Test
    void listsTagsInPages() {
        InstanceSpec spec = InstanceSpec.running();
        for (int i = 0; i < 7; i++) {
            spec = spec.tag("key-" + i, "x");
        }
        aws.simulator().ec2().runInstance(spec);
        aws.simulator().ec2().runInstance(spec);

        List<String> keys = new ArrayList<>();
        aws.ec2().describeTagsPaginator(r -> r.maxResults(5)).tags().forEach(tag -> keys.add(tag.key()));

        assertThat(keys).hasSize(14);
        assertThat(aws.simulator().ledger().count("DescribeTags")).isEqualTo(3);
    }

    private List<TagDescription> tagsOfImages() {
        return aws.ec2()
                .describeTags(r -> r.filters(filter("resource-type", "image")))
                .tags();
    }
}
