package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect.ImageFate;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image to seed the simulator with: {@code ImageSpec.named("old").createdAt(then).tag("k", "v")}. Immutable; every
 * method returns a changed copy. Names are not checked for uniqueness.
 *
 * @param name its name
 * @param state its ImageState; default {@code available}
 * @param createdAt its creation date; null: now
 * @param sourceInstanceId the instance it was made of; null: it was not made by CreateImage
 * @param description its description; null: none
 * @param tags its tags, not checked
 * @param snapshotTags the tags of its snapshots, not checked
 * @param snapshots how many snapshots it has; default 1
 */
public record ImageSpec(
        String name,
        String state,
        @Nullable Instant createdAt,
        @Nullable String sourceInstanceId,
        @Nullable String description,
        Map<String, String> tags,
        Map<String, String> snapshotTags,
        int snapshots) {

    /** Checks the values and copies the tags. */
    public ImageSpec {
        new ImageFate(state, null, null);
        if (snapshots < 0) {
            throw new IllegalArgumentException("an image has no " + snapshots + " snapshots");
        }
        SortedMap<String, String> sorted = new TreeMap<>(tags);
        tags = Collections.unmodifiableSortedMap(sorted);
        SortedMap<String, String> sortedOfSnapshots = new TreeMap<>(snapshotTags);
        snapshotTags = Collections.unmodifiableSortedMap(sortedOfSnapshots);
    }

    /** An available image with one snapshot and no tags. */
    public static ImageSpec named(String name) {
        return new ImageSpec(name, "available", null, null, null, Map.of(), Map.of(), 1);
    }

    /** In this ImageState of the EC2 API. */
    public ImageSpec state(String value) {
        return new ImageSpec(name, value, createdAt, sourceInstanceId, description, tags, snapshotTags, snapshots);
    }

    /** Created then. */
    public ImageSpec createdAt(Instant value) {
        return new ImageSpec(name, state, value, sourceInstanceId, description, tags, snapshotTags, snapshots);
    }

    /** Made of this instance. */
    public ImageSpec sourceInstance(String instanceId) {
        return new ImageSpec(name, state, createdAt, instanceId, description, tags, snapshotTags, snapshots);
    }

    /** With this description. */
    public ImageSpec description(String value) {
        return new ImageSpec(name, state, createdAt, sourceInstanceId, value, tags, snapshotTags, snapshots);
    }

    /** With exactly these tags, on the image and on its snapshots. */
    public ImageSpec tags(Map<String, String> value) {
        return new ImageSpec(name, state, createdAt, sourceInstanceId, description, value, value, snapshots);
    }

    /** With one more tag, on the image and on its snapshots. */
    public ImageSpec tag(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(tags);
        more.put(key, value);
        return tags(more);
    }

    /** With exactly these tags on its snapshots. */
    public ImageSpec snapshotTags(Map<String, String> value) {
        return new ImageSpec(name, state, createdAt, sourceInstanceId, description, tags, value, snapshots);
    }

    /** With this many snapshots. */
    public ImageSpec snapshots(int count) {
        return new ImageSpec(name, state, createdAt, sourceInstanceId, description, tags, snapshotTags, count);
    }
}
