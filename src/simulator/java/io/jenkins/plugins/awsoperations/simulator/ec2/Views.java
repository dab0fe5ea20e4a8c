package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;

/** Makes the immutable views that {@link Ec2World} hands out. */
final class Views {

    private Views() {}

    static InstanceView of(SimulatedInstance instance, Instant now) {
        InstanceState state = instance.state(now);
        return new InstanceView(
                instance.id(),
                state.wireName(),
                state == InstanceState.RUNNING ? instance.seenStatus(now, now) : "not-applicable",
                instance.spec().imageId(),
                instance.launchTime(),
                instance.volumes().stream()
                        .map(SimulatedInstance.Volume::deviceName)
                        .toList(),
                instance.tags().current());
    }

    static ImageView of(SimulatedImage image, Instant now) {
        SimulatedImage.Source source = image.source();
        return new ImageView(
                image.id(),
                source.name(),
                image.isRegistered() ? image.state(now) : "deregistered",
                source.instanceId(),
                source.description(),
                image.createdAt(),
                image.deprecationTime(),
                image.protection(),
                image.snapshotIds(),
                image.devices().stream().map(SimulatedImage.Device::deviceName).toList(),
                image.tags().current());
    }

    static SnapshotView of(SimulatedSnapshot snapshot, Instant now) {
        return new SnapshotView(
                snapshot.id(),
                snapshot.volumeId(),
                snapshot.state(now),
                snapshot.description(),
                snapshot.startedAt(),
                snapshot.imageIds(),
                snapshot.tags().current());
    }
}
