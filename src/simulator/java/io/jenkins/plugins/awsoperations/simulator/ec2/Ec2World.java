package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect.ImageFate;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The simulated EC2 from behind the scenes: put resources into it, and look at what is really there. What is done here
 * is seen by Describe calls at once. Thread-safe.
 */
public final class Ec2World {

    private static final int SEEDED_GIB = 8;

    private final Ec2Store store;
    private final Ec2Context context;
    private final InstanceLaunch launch;
    private final SimulatorParts parts;

    /**
     * An empty EC2.
     *
     * @param region id of the Region
     * @param accountId twelve digits
     * @param callerArn from an access key id to the ARN that error messages name
     * @param parts what the simulator's parts share
     */
    public Ec2World(String region, String accountId, UnaryOperator<String> callerArn, SimulatorParts parts) {
        this.store = new Ec2Store(parts.seed());
        this.context = new Ec2Context(store, region, accountId, callerArn);
        this.launch = new InstanceLaunch(context);
        this.parts = parts;
    }

    /** The API on this world. */
    public QueryService service() {
        return new Ec2Service(context);
    }

    /** The instances as machines on which something runs. For the simulator's own packages; the lock must be held. */
    public Hosts hosts() {
        return store.hosts();
    }

    /** Adds a running instance with these tags. */
    public String runInstance(Map<String, String> tags) {
        return runInstance(InstanceSpec.running().tags(tags));
    }

    /** Adds an instance; returns its id. */
    public String runInstance(InstanceSpec spec) {
        return locked(now -> {
            Instant launched = spec.launchTime();
            return launch.seed(
                            spec,
                            launched == null ? now.minus(Duration.ofDays(1)) : launched,
                            now.plus(parts.settings().terminatedRemembered()))
                    .id();
        });
    }

    /** The instance is terminated from now on. */
    public void terminateInstance(String instanceId) {
        settle(instanceId, InstanceState.TERMINATED);
    }

    /** The instance is stopped from now on. */
    public void stopInstance(String instanceId) {
        settle(instanceId, InstanceState.STOPPED);
    }

    private void settle(String instanceId, InstanceState state) {
        locked(now -> {
            SimulatedInstance instance = known(store.instance(instanceId), instanceId);
            instance.settle(state, now.plus(parts.settings().terminatedRemembered()));
            instance.rebootsForImageUntil(Instant.MIN);
            store.hosts().goesDown(instance, now);
            return instance;
        });
    }

    /** Adds an image; returns its id. */
    public String addImage(ImageSpec spec) {
        return locked(now -> {
            Instant given = spec.createdAt();
            Instant createdAt = given == null ? now : given;
            // Seeded as pending: it stays so.
            Instant settlesAt = spec.state().equals("pending") ? Instant.MAX : createdAt;
            ImageFate fate = new ImageFate(spec.state().equals("pending") ? "available" : spec.state(), null, null);
            String imageId = store.ids().next("ami");
            List<SimulatedImage.Device> devices = new ArrayList<>();
            for (int i = 0; i < spec.snapshots(); i++) {
                SimulatedSnapshot snapshot = new SimulatedSnapshot(
                        store.ids().next("snap"),
                        store.nextOrdinal(),
                        Instant.MIN,
                        store.ids().next("vol"),
                        SEEDED_GIB,
                        "Created by CreateImage(" + spec.sourceInstanceId() + ") for " + imageId,
                        createdAt,
                        settlesAt,
                        false,
                        spec.snapshotTags());
                snapshot.usedBy(imageId);
                store.add(snapshot);
                String deviceName = i == 0 ? "/dev/xvda" : "/dev/sd" + (char) ('e' + i);
                devices.add(new SimulatedImage.Device(deviceName, snapshot.id(), SEEDED_GIB, true));
            }
            SimulatedImage.Source source = new SimulatedImage.Source(
                    spec.name(), spec.description(), spec.sourceInstanceId(), null, null, "/dev/xvda");
            store.add(new SimulatedImage(
                    imageId,
                    store.nextOrdinal(),
                    Instant.MIN,
                    source,
                    createdAt,
                    settlesAt,
                    fate,
                    devices,
                    spec.tags()));
            return imageId;
        });
    }

    /** The image can no longer be deregistered. */
    public void protectImage(String imageId) {
        locked(now -> {
            SimulatedImage image = known(store.image(imageId), imageId);
            image.protect(false);
            return image;
        });
    }

    /**
     * DescribeImageReferences reports that something outside the simulator uses an image.
     *
     * @param resourceType for example {@code ec2:LaunchTemplate}
     * @param arn its ARN
     */
    public void imageReference(String imageId, String resourceType, String arn) {
        locked(now -> {
            store.addReference(new Ec2Store.Reference(imageId, resourceType, arn));
            return arn;
        });
    }

    /** Another image, which need not exist here, uses a snapshot too. */
    public void shareSnapshot(String snapshotId, String otherImageId) {
        locked(now -> {
            SimulatedSnapshot snapshot = known(store.snapshot(snapshotId), snapshotId);
            snapshot.usedBy(otherImageId);
            return snapshot;
        });
    }

    /** All instances, oldest first, also terminated ones. */
    public List<InstanceView> instances() {
        return locked(now -> store.instances().stream()
                .map(instance -> Views.of(instance, now))
                .toList());
    }

    /** An instance. */
    public InstanceView instance(String instanceId) {
        return locked(now -> Views.of(known(store.instance(instanceId), instanceId), now));
    }

    /** The images that are registered, oldest first. */
    public List<ImageView> images() {
        return locked(now -> store.images().stream()
                .filter(SimulatedImage::isRegistered)
                .map(image -> Views.of(image, now))
                .toList());
    }

    /** An image, also a deregistered one. */
    public ImageView image(String imageId) {
        return locked(now -> Views.of(known(store.image(imageId), imageId), now));
    }

    /** The snapshots that exist, oldest first. */
    public List<SnapshotView> snapshots() {
        return locked(now -> store.snapshots().stream()
                .filter(SimulatedSnapshot::exists)
                .map(snapshot -> Views.of(snapshot, now))
                .toList());
    }

    private static <R> R known(@Nullable R resource, String id) {
        if (resource == null) {
            throw new NoSuchElementException(id + " does not exist in the simulator");
        }
        return resource;
    }

    private <T> T locked(Function<Instant, T> work) {
        return parts.locked(work);
    }
}
