package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect.ImageFate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image: pending until it settles, then what fate has in store. */
final class SimulatedImage extends Resource {

    static final ImageFate AVAILABLE = new ImageFate("available", null, null);

    private final Source source;
    private final Instant createdAt;
    private final Instant settlesAt;
    private final List<Device> devices;
    private ImageFate fate;
    private @Nullable Instant deprecationTime;
    private String protection = DISABLED;
    private @Nullable Instant protectedUntil;
    private boolean protectionCooldown;
    private @Nullable Instant deregisteredAt;

    /** DeregistrationProtection of an image that has none. */
    static final String DISABLED = "disabled";

    SimulatedImage(
            String id,
            long ordinal,
            Instant writtenAt,
            Source source,
            Instant createdAt,
            Instant settlesAt,
            ImageFate fate,
            List<Device> devices,
            Map<String, String> tags) {
        super(id, ordinal, writtenAt, tags);
        this.source = source;
        this.createdAt = createdAt;
        this.settlesAt = settlesAt;
        this.fate = fate;
        this.devices = List.copyOf(devices);
    }

    @Override
    String type() {
        return "image";
    }

    Source source() {
        return source;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant settlesAt() {
        return settlesAt;
    }

    List<Device> devices() {
        return devices;
    }

    List<String> snapshotIds() {
        return devices.stream().map(Device::snapshotId).toList();
    }

    /** How the image ends, or has ended. */
    ImageFate fate() {
        return fate;
    }

    /** The state of an image that is registered. */
    String state(Instant now) {
        return now.isBefore(settlesAt) ? "pending" : fate.state();
    }

    /** Changes the state for good. */
    void state(ImageFate newFate) {
        this.fate = newFate;
    }

    @Nullable
    Instant deprecationTime() {
        return deprecationTime;
    }

    void deprecateAt(@Nullable Instant time) {
        this.deprecationTime = time;
    }

    /** Value of DeregistrationProtection (API reference, Image). */
    String protection() {
        return protection;
    }

    void protect(boolean withCooldown) {
        protection = withCooldown ? "enabled-with-cooldown" : "enabled-without-cooldown";
        protectionCooldown = withCooldown;
        protectedUntil = Instant.MAX;
    }

    /** Ends the protection, with a cooldown of 24 hours when it was asked for (API reference). */
    void unprotect(Instant cooldownEnd) {
        protection = DISABLED;
        protectedUntil = protectionCooldown ? cooldownEnd : null;
    }

    boolean isProtected(Instant now) {
        return protectedUntil != null && now.isBefore(protectedUntil);
    }

    void deregister(Instant at) {
        this.deregisteredAt = at;
    }

    boolean isRegistered() {
        return deregisteredAt == null;
    }

    /** When the image was deregistered; the far future when it was not. */
    Instant deregisteredAt() {
        return deregisteredAt == null ? Instant.MAX : deregisteredAt;
    }

    @Override
    boolean listed(Instant now, Instant horizon) {
        return seenAt(horizon) && deregisteredAt().isAfter(horizon);
    }

    /**
     * What the image was made of.
     *
     * @param instanceId the instance; null when it was not made by CreateImage
     * @param platform {@code windows}, or null for Linux
     */
    record Source(
            String name,
            @Nullable String description,
            @Nullable String instanceId,
            @Nullable String sourceImageId,
            @Nullable String platform,
            String rootDeviceName) {}

    /**
     * One volume of the image.
     *
     * @param sizeGiB size in GiB
     */
    record Device(String deviceName, String snapshotId, int sizeGiB, boolean deleteOnTermination) {}
}
