package io.jenkins.plugins.awsoperations.backup;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of one instance. A plain class of texts and numbers, because it is kept with the build. */
public final class InstanceResult implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How an instance ended. */
    public enum State {
        /** The image is available. */
        AVAILABLE,
        /** AWS accepted the image; nobody waited for it (statusCheck NONE), or the run ended before it was available. */
        PENDING,
        /** An image of another plan serves this plan too. */
        SHARED,
        /** Not backed up because somebody else does (onConflict SKIP). */
        SKIPPED,
        FAILED,
        /** The run was stopped first. */
        CANCELLED,
        /** A dry run: this would be done. */
        PLANNED
    }

    private final String instanceId;
    private final String name;
    private final State state;
    private final @Nullable String imageId;
    private final @Nullable String imageName;
    private final int attempts;
    private final ArrayList<String> snapshotIds;
    private final double lockWaitSeconds;
    private final @Nullable String startedAt;
    private final @Nullable String endedAt;
    private final ArrayList<String> deleted;
    private final ArrayList<String> kept;
    private final @Nullable String skippedReason;
    private final @Nullable String error;

    InstanceResult(InstanceBackup i, State state) {
        this.instanceId = i.instanceId;
        this.name = i.name;
        this.state = state;
        this.imageId = i.imageId;
        this.imageName = i.imageName;
        this.attempts = i.attempts;
        this.snapshotIds = new ArrayList<>(i.snapshotIds);
        this.lockWaitSeconds = i.lockWait.toMillis() / 1000.0;
        this.startedAt = i.startedAt == null ? null : i.startedAt.toString();
        this.endedAt = i.endedAt == null ? null : i.endedAt.toString();
        this.deleted = new ArrayList<>(i.deleted);
        this.kept = new ArrayList<>(i.kept);
        this.skippedReason = i.skippedReason;
        this.error = i.failure == null ? null : i.failure.describe();
    }

    public String instanceId() {
        return instanceId;
    }

    /** The instance's Name tag, or an empty text. */
    public String name() {
        return name;
    }

    public State state() {
        return state;
    }

    /** The image, when AWS accepted one. */
    public @Nullable String imageId() {
        return imageId;
    }

    public @Nullable String imageName() {
        return imageName;
    }

    /** How many images AWS accepted for this instance; more than one when images failed. */
    public int attempts() {
        return attempts;
    }

    public List<String> snapshotIds() {
        return List.copyOf(snapshotIds);
    }

    public double lockWaitSeconds() {
        return lockWaitSeconds;
    }

    /** ISO 8601, UTC. */
    public @Nullable String startedAt() {
        return startedAt;
    }

    /** ISO 8601, UTC. */
    public @Nullable String endedAt() {
        return endedAt;
    }

    /** The images that rotation deleted, or, in a dry run, would delete. */
    public List<String> deleted() {
        return List.copyOf(deleted);
    }

    /** The images of the plan that there are now. */
    public List<String> kept() {
        return List.copyOf(kept);
    }

    public @Nullable String skippedReason() {
        return skippedReason;
    }

    /** Why it failed and what to do, in one line. */
    public @Nullable String error() {
        return error;
    }

    /** The same for Groovy and JSON, by the names of the documentation. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instanceId", instanceId);
        map.put("name", name);
        map.put("imageId", imageId);
        map.put("imageName", imageName);
        map.put("state", state.name());
        map.put("attempts", attempts);
        map.put("snapshotIds", new ArrayList<>(snapshotIds));
        map.put("lockWaitSeconds", lockWaitSeconds);
        map.put("startedAt", startedAt);
        map.put("endedAt", endedAt);
        map.put("deleted", new ArrayList<>(deleted));
        map.put("kept", new ArrayList<>(kept));
        map.put("skippedReason", skippedReason);
        map.put("error", error);
        return map;
    }
}
