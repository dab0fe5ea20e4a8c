package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image as it is, without AWS's delay.
 *
 * @param imageId its id
 * @param name its name
 * @param state its ImageState; {@code deregistered} when it was deregistered
 * @param sourceInstanceId the instance it was made of; null when it was not made by CreateImage
 * @param description its description, or null
 * @param creationDate when it was created
 * @param deprecationTime when it becomes deprecated, or null
 * @param deregistrationProtection as on the wire, for example {@code disabled}
 * @param snapshotIds its snapshots, the root volume's first
 * @param devices device names of its volumes, in the same order
 * @param tags its tags
 */
public record ImageView(
        String imageId,
        String name,
        String state,
        @Nullable String sourceInstanceId,
        @Nullable String description,
        Instant creationDate,
        @Nullable Instant deprecationTime,
        String deregistrationProtection,
        List<String> snapshotIds,
        List<String> devices,
        Map<String, String> tags) {

    /** Copies the collections. */
    public ImageView {
        snapshotIds = List.copyOf(snapshotIds);
        devices = List.copyOf(devices);
        SortedMap<String, String> sorted = new TreeMap<>(tags);
        tags = Collections.unmodifiableSortedMap(sorted);
    }
}
