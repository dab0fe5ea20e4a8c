package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A snapshot of one volume, which one image or several use. */
final class SimulatedSnapshot extends Resource {

    private final String volumeId;
    private final int sizeGiB;
    private final String description;
    private final Instant startedAt;
    private final Instant settlesAt;
    private final boolean fails;
    private final Set<String> imageIds = new LinkedHashSet<>();
    private @Nullable Instant deletedAt;

    SimulatedSnapshot(
            String id,
            long ordinal,
            Instant writtenAt,
            String volumeId,
            int sizeGiB,
            String description,
            Instant startedAt,
            Instant settlesAt,
            boolean fails,
            Map<String, String> tags) {
        super(id, ordinal, writtenAt, tags);
        this.volumeId = volumeId;
        this.sizeGiB = sizeGiB;
        this.description = description;
        this.startedAt = startedAt;
        this.settlesAt = settlesAt;
        this.fails = fails;
    }

    @Override
    String type() {
        return "snapshot";
    }

    String volumeId() {
        return volumeId;
    }

    int sizeGiB() {
        return sizeGiB;
    }

    String description() {
        return description;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant settlesAt() {
        return settlesAt;
    }

    String state(Instant now) {
        if (now.isBefore(settlesAt)) {
            return "pending";
        }
        return fails ? "error" : "completed";
    }

    /** Progress in per cent; EC2 reports 100% only with the end. */
    int progress(Instant now) {
        if (!now.isBefore(settlesAt)) {
            return fails ? 0 : 100;
        }
        double share = (double) Duration.between(startedAt, now).toMillis()
                / Math.max(1, Duration.between(startedAt, settlesAt).toMillis());
        return (int) Math.min(99, Math.max(0, share * 100));
    }

    /**
     * Whether it counts against the limit of its volume; failed ones do too ("Error codes",
     * ConcurrentSnapshotLimitExceeded).
     */
    boolean countsForVolume(Instant now) {
        return deletedAt == null && !state(now).equals("completed");
    }

    void usedBy(String imageId) {
        imageIds.add(imageId);
    }

    List<String> imageIds() {
        return List.copyOf(imageIds);
    }

    void delete(Instant at) {
        this.deletedAt = at;
    }

    boolean exists() {
        return deletedAt == null;
    }

    /** When the snapshot was deleted; the far future when it was not. */
    Instant deletedAt() {
        return deletedAt == null ? Instant.MAX : deletedAt;
    }

    @Override
    boolean listed(Instant now, Instant horizon) {
        return seenAt(horizon) && deletedAt().isAfter(horizon);
    }
}
