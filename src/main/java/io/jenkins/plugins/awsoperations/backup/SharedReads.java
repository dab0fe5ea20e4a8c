package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.BatchedReads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The reads that all backups of one account and region make together, and what they know of each other. */
final class SharedReads {

    private static final Duration WAIT_GRID = Duration.ofSeconds(5);
    private static final Duration ROTATION_GRID = Duration.ofSeconds(2);

    /** EC2's guide to pagination: not more than 1,000 ids in one call. */
    private static final int IMAGES_PER_CALL = 1000;

    /** DescribeInstanceStatus takes 100 ids. */
    private static final int INSTANCES_PER_CALL = 100;

    /** A filter takes 200 values. */
    private static final int FILTER_VALUES = 190;

    /** DescribeImageReferences takes 10 ids. */
    private static final int REFERENCES_PER_CALL = 10;

    /** An image by its id, while AWS makes it. */
    final BatchedReads<String, BackupImage> images = new BatchedReads<>(IMAGES_PER_CALL, WAIT_GRID);

    /** Our images of an instance. */
    final BatchedReads<String, List<BackupImage>> inventory = new BatchedReads<>(FILTER_VALUES, ROTATION_GRID);

    /** What uses an image. */
    final BatchedReads<String, String> references = new BatchedReads<>(REFERENCES_PER_CALL, ROTATION_GRID);

    /** Whether an instance is back from its reboot. */
    final BatchedReads<String, InstanceHealth> health = new BatchedReads<>(INSTANCES_PER_CALL, WAIT_GRID);

    private final Map<String, Recent> recent = new ConcurrentHashMap<>();

    /**
     * The last image that this process made of an instance. EC2 is eventually consistent: the next holder of the lock may not see
     * it yet.
     */
    record Recent(String imageId, String imageName, String plan, String mode, String madeBy, Instant acceptedAt) {}

    void made(String instanceId, Recent image) {
        recent.put(instanceId, image);
    }

    Optional<Recent> recentImageOf(String instanceId) {
        return Optional.ofNullable(recent.get(instanceId));
    }

    void failed(String instanceId, String imageId) {
        recent.computeIfPresent(instanceId, (id, r) -> r.imageId().equals(imageId) ? null : r);
    }
}
