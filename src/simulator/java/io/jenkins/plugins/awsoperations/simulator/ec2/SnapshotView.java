package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A snapshot as it is, without AWS's delay.
 *
 * @param snapshotId its id
 * @param volumeId the volume it was made of
 * @param state {@code pending}, {@code completed} or {@code error}
 * @param description its description
 * @param startTime when it was started
 * @param imageIds images that were made with it, also deregistered ones
 * @param tags its tags
 */
public record SnapshotView(
        String snapshotId,
        String volumeId,
        String state,
        String description,
        Instant startTime,
        List<String> imageIds,
        Map<String, String> tags) {

    /** Copies the collections. */
    public SnapshotView {
        imageIds = List.copyOf(imageIds);
        SortedMap<String, String> sorted = new TreeMap<>(tags);
        tags = Collections.unmodifiableSortedMap(sorted);
    }
}
