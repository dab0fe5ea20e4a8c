package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what ids in a request stand for, or answers as EC2 does for ids that it does not know, does not know yet
 * (Amazon EC2 Developer Guide, "Eventual consistency") or no longer knows.
 */
final class ResourceLookup {

    private final Ec2Store store;

    ResourceLookup(Ec2Store store) {
        this.store = store;
    }

    /** Instances as the actions that change them see them: at once after RunInstances. */
    List<SimulatedInstance> instances(ServiceCall call, List<String> ids) {
        return instances(call, ids, true);
    }

    /** Instances as Describe calls see them. */
    List<SimulatedInstance> seenInstances(ServiceCall call, List<String> ids) {
        return instances(call, ids, false);
    }

    private List<SimulatedInstance> instances(ServiceCall call, List<String> ids, boolean atOnce) {
        Set<SimulatedInstance> found = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String id : ids) {
            SimulatedInstance instance = store.instance(id);
            if (instance == null
                    || instance.forgotten(call.now())
                    || !atOnce && !instance.listed(call.now(), call.horizon())) {
                unknown.add(id);
            } else {
                found.add(instance);
            }
        }
        if (!unknown.isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidInstanceID.NotFound",
                    unknown.size() == 1
                            ? "The instance ID '" + unknown.get(0) + "' does not exist"
                            : "The instance IDs '" + String.join(", ", unknown) + "' do not exist");
        }
        return List.copyOf(found);
    }

    SimulatedInstance instance(ServiceCall call, String id) {
        return instances(call, List.of(id)).get(0);
    }

    /**
     * A registered image. Right after CreateImage it is not found; after its deregistration it is first unavailable,
     * then not found ("Error codes", InvalidAMIID.NotFound and InvalidAMIID.Unavailable).
     */
    SimulatedImage image(ServiceCall call, String id) {
        SimulatedImage image = store.image(id);
        if (image == null || !image.seenAt(call.horizon())) {
            throw imagesNotFound(List.of(id));
        }
        if (!image.isRegistered()) {
            if (rememberedAsDeregistered(call, image)) {
                throw AwsError.badRequest(
                        "InvalidAMIID.Unavailable", "The image ID '" + id + "' is no longer available");
            }
            throw imagesNotFound(List.of(id));
        }
        return image;
    }

    /**
     * Images for DescribeImages: those "recently deregistered … appear in the returned results for a short interval and
     * then return empty results", and in the end the id is not found (API reference, DescribeImages).
     */
    List<SimulatedImage> seenImages(ServiceCall call, List<String> ids) {
        Set<SimulatedImage> found = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String id : ids) {
            SimulatedImage image = store.image(id);
            if (image == null || !image.seenAt(call.horizon())) {
                unknown.add(id);
            } else if (image.listed(call.now(), call.horizon())) {
                found.add(image);
            } else if (!rememberedAsDeregistered(call, image)) {
                unknown.add(id);
            }
        }
        if (!unknown.isEmpty()) {
            throw imagesNotFound(unknown);
        }
        return List.copyOf(found);
    }

    private static boolean rememberedAsDeregistered(ServiceCall call, SimulatedImage image) {
        return call.now().isBefore(image.deregisteredAt().plus(call.settings().deregisteredRemembered()));
    }

    static AwsError imagesNotFound(List<String> ids) {
        return AwsError.badRequest(
                "InvalidAMIID.NotFound",
                ids.size() == 1
                        ? "The image id '[" + ids.get(0) + "]' does not exist"
                        : "The image ids '[" + String.join(", ", ids) + "]' do not exist");
    }

    /** A snapshot; right after CreateImage it is not found. */
    SimulatedSnapshot snapshot(ServiceCall call, String id) {
        SimulatedSnapshot snapshot = store.snapshot(id);
        if (snapshot == null || !snapshot.exists() || !snapshot.seenAt(call.horizon())) {
            throw snapshotNotFound(id);
        }
        return snapshot;
    }

    /** Snapshots as Describe calls see them. */
    List<SimulatedSnapshot> seenSnapshots(ServiceCall call, List<String> ids) {
        Set<SimulatedSnapshot> found = new LinkedHashSet<>();
        for (String id : ids) {
            SimulatedSnapshot snapshot = store.snapshot(id);
            if (snapshot == null || !snapshot.listed(call.now(), call.horizon())) {
                throw snapshotNotFound(id);
            }
            found.add(snapshot);
        }
        return List.copyOf(found);
    }

    private static AwsError snapshotNotFound(String id) {
        return AwsError.badRequest("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist.");
    }

    /** Whatever an id stands for, for CreateTags and DeleteTags. */
    Resource resource(ServiceCall call, String id) {
        if (id.startsWith("i-")) {
            ResourceIds.checkInstance(id);
            return instance(call, id);
        }
        if (id.startsWith("ami-")) {
            ResourceIds.checkImage(id);
            return image(call, id);
        }
        if (id.startsWith("snap-")) {
            ResourceIds.checkSnapshot(id);
            return snapshot(call, id);
        }
        throw AwsError.badRequest("InvalidID", "The ID '" + id + "' is not valid");
    }
}
