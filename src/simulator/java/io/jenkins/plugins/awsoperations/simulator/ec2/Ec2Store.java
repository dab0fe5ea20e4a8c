package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Everything that exists in one account and Region. Guarded by the simulator's lock. */
final class Ec2Store {

    private final ResourceIds ids;
    private final Hosts hosts = new Hosts(this);
    private final Map<String, SimulatedInstance> instances = new LinkedHashMap<>();
    private final Map<String, SimulatedImage> images = new LinkedHashMap<>();
    private final Map<String, SimulatedImage> deregistered = new LinkedHashMap<>();
    private final Queue<SimulatedImage> leavingImages = new ArrayDeque<>();
    private final Map<String, SimulatedImage> imagesByName = new HashMap<>();
    private final Map<String, SimulatedSnapshot> snapshots = new LinkedHashMap<>();
    private final Queue<SimulatedSnapshot> leavingSnapshots = new ArrayDeque<>();
    private final Map<String, List<SimulatedSnapshot>> unfinishedByVolume = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private long ordinal;

    Ec2Store(long seed) {
        this.ids = new ResourceIds(seed);
    }

    ResourceIds ids() {
        return ids;
    }

    Hosts hosts() {
        return hosts;
    }

    long nextOrdinal() {
        ordinal++;
        return ordinal;
    }

    void add(SimulatedInstance instance) {
        instances.put(instance.id(), instance);
    }

    void add(SimulatedImage image) {
        images.put(image.id(), image);
        imagesByName.put(image.source().name(), image);
    }

    void add(SimulatedSnapshot snapshot) {
        snapshots.put(snapshot.id(), snapshot);
        unfinishedByVolume
                .computeIfAbsent(snapshot.volumeId(), volume -> new ArrayList<>())
                .add(snapshot);
    }

    void deregister(SimulatedImage image, Instant at) {
        image.deregister(at);
        leavingImages.add(image);
    }

    void delete(SimulatedSnapshot snapshot, Instant at) {
        snapshot.delete(at);
        leavingSnapshots.add(snapshot);
    }

    void addReference(Reference reference) {
        references.add(reference);
    }

    /** Drops what no Describe call sees any more, so that lists stay as short as what they show. */
    void forget(Instant horizon) {
        for (SimulatedImage next = leavingImages.peek();
                next != null && !next.deregisteredAt().isAfter(horizon);
                next = leavingImages.peek()) {
            leavingImages.remove();
            images.remove(next.id());
            deregistered.put(next.id(), next);
        }
        for (SimulatedSnapshot next = leavingSnapshots.peek();
                next != null && !next.deletedAt().isAfter(horizon);
                next = leavingSnapshots.peek()) {
            leavingSnapshots.remove();
            snapshots.remove(next.id());
        }
    }

    Collection<SimulatedInstance> instances() {
        return Collections.unmodifiableCollection(instances.values());
    }

    /** Registered images, and those deregistered so recently that they are still seen. */
    Collection<SimulatedImage> images() {
        return Collections.unmodifiableCollection(images.values());
    }

    Collection<SimulatedSnapshot> snapshots() {
        return Collections.unmodifiableCollection(snapshots.values());
    }

    List<Reference> references() {
        return Collections.unmodifiableList(references);
    }

    @Nullable
    SimulatedInstance instance(String id) {
        return instances.get(id);
    }

    /** An image, also a deregistered one. */
    @Nullable
    SimulatedImage image(String id) {
        SimulatedImage image = images.get(id);
        return image == null ? deregistered.get(id) : image;
    }

    @Nullable
    SimulatedSnapshot snapshot(String id) {
        return snapshots.get(id);
    }

    /** The last image with this name, also a deregistered one. */
    @Nullable
    SimulatedImage imageNamed(String name) {
        return imagesByName.get(name);
    }

    /** How many snapshots of a volume are pending, or failed and not yet deleted. */
    int unfinishedSnapshots(String volumeId, Instant now) {
        List<SimulatedSnapshot> ofVolume = unfinishedByVolume.get(volumeId);
        if (ofVolume == null) {
            return 0;
        }
        ofVolume.removeIf(snapshot -> !snapshot.countsForVolume(now));
        return ofVolume.size();
    }

    /** The registered image that uses a snapshot as Describe calls see it, or null. */
    @Nullable
    String userOf(SimulatedSnapshot snapshot, Instant horizon, @Nullable String exceptImage) {
        for (String imageId : snapshot.imageIds()) {
            SimulatedImage image = images.get(imageId);
            if (!imageId.equals(exceptImage)
                    && (image == null || image.deregisteredAt().isAfter(horizon))
                    && !deregistered.containsKey(imageId)) {
                return imageId;
            }
        }
        return null;
    }

    /**
     * A resource outside this simulator that uses an image.
     *
     * @param resourceType an ImageReferenceResourceType, for example {@code ec2:LaunchTemplate}
     */
    record Reference(String imageId, String resourceType, String arn) {}
}
