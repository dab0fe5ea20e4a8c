package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.ReadsById;
import io.jenkins.plugins.awsoperations.fleet.TagSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageReferencesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageReference;
import software.amazon.awssdk.services.ec2.model.ImageReferenceOptionName;
import software.amazon.awssdk.services.ec2.model.ImageReferenceResourceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.ResourceTypeOption;
import software.amazon.awssdk.services.ec2.model.ResourceTypeRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The calls to EC2 about images and snapshots, one method each. Every method throws {@link AwsCallException}. */
final class ImageCalls {

    private static final int PAGE_SIZE = 1000;

    /** EC2 answers the one or the other for an image that was deregistered. */
    private static final Set<String> GONE = Set.of("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable");

    /** Terminated instances do not use their image any more. */
    private static final ResourceTypeRequest INSTANCES = ResourceTypeRequest.builder()
            .resourceType(ImageReferenceResourceType.EC2_INSTANCE)
            .resourceTypeOptions(ResourceTypeOption.builder()
                    .optionName(ImageReferenceOptionName.STATE_NAME)
                    .optionValues("pending", "running", "stopping", "stopped")
                    .build())
            .build();

    /** All versions that a template can have: an auto scaling group may use an old one. */
    private static final ResourceTypeRequest LAUNCH_TEMPLATES = ResourceTypeRequest.builder()
            .resourceType(ImageReferenceResourceType.EC2_LAUNCH_TEMPLATE)
            .resourceTypeOptions(ResourceTypeOption.builder()
                    .optionName(ImageReferenceOptionName.VERSION_DEPTH)
                    .optionValues("10000")
                    .build())
            .build();

    private final AwsConnection aws;

    ImageCalls(AwsConnection aws) {
        this.aws = aws;
    }

    /** What CreateImage is to make. */
    record Order(
            String instanceId,
            String name,
            String description,
            boolean reboot,
            Collection<String> excludeDevices,
            Map<String, String> tags,
            boolean tagSnapshots) {}

    /** CreateImage, sent once. */
    String create(Order order) {
        CreateImageRequest request = createRequest(order, false);
        return aws.call(
                "ec2",
                "CreateImage",
                order.instanceId(),
                () -> aws.ec2Once().createImage(request).imageId());
    }

    /** CreateImage with DryRun: whether it would be allowed. */
    Optional<AwsCallException> refusalToCreate(Order order) {
        return refusal("CreateImage", order.instanceId(), () -> aws.ec2().createImage(createRequest(order, true)));
    }

    /** DeregisterImage with DryRun: whether it would be allowed. */
    Optional<AwsCallException> refusalToDelete(String imageId) {
        return refusal(
                "DeregisterImage",
                imageId,
                () -> aws.ec2()
                        .deregisterImage(r -> r.imageId(imageId)
                                .deleteAssociatedSnapshots(true)
                                .dryRun(true)));
    }

    /** The images with these ids that exist. */
    Map<String, BackupImage> byIds(List<String> imageIds) {
        return ReadsById.known(
                imageIds,
                GONE,
                ids -> call(DescribeImagesRequest.builder()
                                .imageIds(ids)
                                .includeDisabled(true)
                                .build())
                        .stream()
                        .collect(Collectors.toMap(BackupImage::imageId, i -> i, (x, y) -> y)));
    }

    /** The image with this name. */
    Optional<BackupImage> byName(String name) {
        return describe(filter("name", List.of(name))).stream().findFirst();
    }

    /** What we made of these instances, by instance id. */
    Map<String, List<BackupImage>> ofInstances(List<String> instanceIds) {
        return describe(filter("tag:" + ImageTags.INSTANCE, instanceIds)).stream()
                .collect(Collectors.groupingBy(i -> i.tags().getOrDefault(ImageTags.INSTANCE, "")));
    }

    /** Images of the instance that are being made now, whoever makes them. */
    List<BackupImage> inProgress(String instanceId) {
        return describe(filter("source-instance-id", List.of(instanceId)), filter("state", List.of("pending")));
    }

    /** Which images, of any plan or none, have these snapshots: snapshot id to image id. */
    Map<String, String> imagesWithSnapshots(Collection<String> snapshotIds) {
        Map<String, String> users = new TreeMap<>();
        for (BackupImage image : describe(filter("block-device-mapping.snapshot-id", snapshotIds))) {
            image.snapshotIds().stream().filter(snapshotIds::contains).forEach(id -> users.put(id, image.imageId()));
        }
        return users;
    }

    /** What uses the images (instances that are not terminated, launch templates), by image id; ten ids at most. */
    Map<String, String> references(List<String> imageIds) {
        return ReadsById.known(imageIds, GONE, this::referencesOfKnown);
    }

    private Map<String, String> referencesOfKnown(List<String> imageIds) {
        Map<String, String> found = new TreeMap<>();
        DescribeImageReferencesRequest request = DescribeImageReferencesRequest.builder()
                .imageIds(imageIds)
                .resourceTypes(INSTANCES, LAUNCH_TEMPLATES)
                .build();
        return aws.call("ec2", "DescribeImageReferences", String.join(", ", imageIds), () -> {
            for (ImageReference r :
                    aws.ec2().describeImageReferencesPaginator(request).imageReferences()) {
                found.merge(r.imageId(), r.arn(), (a, b) -> a + ", " + b);
            }
            return found;
        });
    }

    /** DeregisterImage with its snapshots. */
    Removal deregister(String imageId) {
        try {
            return aws.call("ec2", "DeregisterImage", imageId, () -> {
                var reply = aws.ec2().deregisterImage(r -> r.imageId(imageId).deleteAssociatedSnapshots(true));
                return new Removal(
                        true,
                        reply.deleteSnapshotResults().stream()
                                .filter(s -> !"success".equals(s.returnCodeAsString()))
                                .collect(Collectors.toMap(
                                        s -> s.snapshotId(),
                                        s -> String.valueOf(s.returnCodeAsString()),
                                        (a, b) -> b,
                                        TreeMap::new)));
            });
        } catch (AwsCallException e) {
            if (isGone(e)) {
                return new Removal(false, Map.of());
            }
            throw e;
        }
    }

    /**
     * @param done false when somebody else had removed the image before
     * @param leftovers ids of snapshots that are still there, and why
     */
    record Removal(boolean done, Map<String, String> leftovers) {}

    /** DeleteSnapshot; a snapshot that does not exist counts as deleted. */
    Optional<AwsCallException> refusalToDeleteSnapshot(String snapshotId) {
        try {
            aws.call(
                    "ec2", "DeleteSnapshot", snapshotId, () -> aws.ec2().deleteSnapshot(r -> r.snapshotId(snapshotId)));
            return Optional.empty();
        } catch (AwsCallException e) {
            if (e.hasCode("InvalidSnapshot.NotFound")) {
                return Optional.empty();
            }
            if (e.isTransient()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    /** CreateTags: adds or replaces one tag. */
    void tag(String resourceId, String key, String value) {
        aws.call(
                "ec2",
                "CreateTags",
                resourceId,
                () -> aws.ec2().createTags(r -> r.resources(resourceId).tags(tag(key, value))));
    }

    /** CreateTags on an image that somebody else may have deregistered meanwhile. */
    void tagIfThere(String imageId, String key, String value) {
        unlessGone(() -> tag(imageId, key, value));
    }

    /** DeleteTags on an image that somebody else may have deregistered meanwhile: removes one tag. */
    void untagIfThere(String imageId, String key) {
        unlessGone(() -> untag(imageId, key));
    }

    private static void unlessGone(Runnable call) {
        try {
            call.run();
        } catch (AwsCallException e) {
            if (!isGone(e)) {
                throw e;
            }
        }
    }

    /** Whether the image that a call was about does not exist, not yet or not any more. */
    static boolean isGone(AwsCallException e) {
        return GONE.stream().anyMatch(e::hasCode);
    }

    private void untag(String resourceId, String key) {
        aws.call(
                "ec2",
                "DeleteTags",
                resourceId,
                () -> aws.ec2()
                        .deleteTags(r -> r.resources(resourceId)
                                .tags(Tag.builder().key(key).build())));
    }

    /** EnableImageDeprecation. */
    void deprecate(String imageId, Instant at) {
        aws.call(
                "ec2",
                "EnableImageDeprecation",
                imageId,
                () -> aws.ec2().enableImageDeprecation(r -> r.imageId(imageId).deprecateAt(at)));
    }

    private Optional<AwsCallException> refusal(String action, String resource, Runnable dryRun) {
        try {
            aws.call("ec2", action, resource, () -> {
                dryRun.run();
                return true;
            });
            return Optional.empty();
        } catch (AwsCallException e) {
            if (e.hasCode("DryRunOperation")) {
                return Optional.empty();
            }
            if (e.isTransient()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private static CreateImageRequest createRequest(Order order, boolean dryRun) {
        List<Tag> tags = order.tags().entrySet().stream()
                .map(e -> tag(e.getKey(), e.getValue()))
                .toList();
        List<TagSpecification> specifications = new ArrayList<>();
        specifications.add(TagSpecification.builder()
                .resourceType(ResourceType.IMAGE)
                .tags(tags)
                .build());
        if (order.tagSnapshots()) {
            specifications.add(TagSpecification.builder()
                    .resourceType(ResourceType.SNAPSHOT)
                    .tags(tags)
                    .build());
        }
        return CreateImageRequest.builder()
                .instanceId(order.instanceId())
                .name(order.name())
                .description(order.description())
                .noReboot(!order.reboot())
                .tagSpecifications(specifications)
                .blockDeviceMappings(order.excludeDevices().stream()
                        .map(device -> BlockDeviceMapping.builder()
                                .deviceName(device)
                                .noDevice("")
                                .build())
                        .toList())
                .dryRun(dryRun ? true : null)
                .build();
    }

    private List<BackupImage> describe(Filter... filters) {
        return call(DescribeImagesRequest.builder()
                .owners("self")
                .filters(filters)
                .includeDisabled(true)
                .maxResults(PAGE_SIZE)
                .build());
    }

    private List<BackupImage> call(DescribeImagesRequest request) {
        return aws.call(
                "ec2",
                "DescribeImages",
                "images",
                () -> aws.ec2().describeImagesPaginator(request).images().stream()
                        .map(ImageCalls::image)
                        .toList());
    }

    private static BackupImage image(Image i) {
        return new BackupImage(
                i.imageId(),
                String.valueOf(i.name()),
                String.valueOf(i.stateAsString()),
                i.stateReason() == null
                        ? ""
                        : i.stateReason().code() + ": " + i.stateReason().message(),
                i.creationDate() == null || i.creationDate().isEmpty()
                        ? Instant.EPOCH
                        : Instant.parse(i.creationDate()),
                i.sourceInstanceId() == null ? "" : i.sourceInstanceId(),
                i.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new)),
                i.blockDeviceMappings().stream()
                        .map(m -> m.ebs() == null ? null : m.ebs().snapshotId())
                        .filter(Objects::nonNull)
                        .toList(),
                String.valueOf(i.deregistrationProtection()).startsWith("enabled"));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder()
                .name(name)
                .values(values.stream().map(TagSelector::escape).toList())
                .build();
    }
}
