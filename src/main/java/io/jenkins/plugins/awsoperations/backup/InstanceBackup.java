package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.fleet.FleetInstance;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of one instance within a run. Only the poll that owns the copy changes it; what is handed out is a copy of its own
 * (see {@link BackupState#copy}).
 */
final class InstanceBackup implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where an instance stands. */
    enum Phase {
        /** Not begun: others of this run go first (parallelism). */
        QUEUED,
        /** A dry run: finds out what would be done. */
        PLANNING,
        /** Wants the instance for itself. */
        WAITING_FOR_LOCK,
        /** Has the lock; CreateImage is to be accepted. */
        CREATING,
        /** AWS makes the image, and the instance reboots. */
        PENDING,
        /** The image failed and is to be removed. */
        REMOVING_FAILED,
        /** The image is available; the finishing touches. */
        AVAILABLE,
        /** Older images go. */
        ROTATING,
        DONE,
        SKIPPED,
        FAILED
    }

    final String instanceId;
    final String name;
    final TreeMap<String, String> instanceTags;

    /** Whether it runs, by the last look before CreateImage. */
    boolean wasRunning;

    Phase phase = Phase.QUEUED;
    Instant notBefore = Instant.EPOCH;
    /** Failures in a row of calls that are worth trying again. */
    int setbacks;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant endedAt;
    /** The place in the queue for the lock. */
    @Nullable
    Instant waitingSince;
    /** From the first lock on: timeoutMinutes. */
    @Nullable
    Instant deadline;

    boolean locked;
    boolean toldWaiting;
    Duration lockWait = Duration.ZERO;

    @Nullable
    String imageName;

    int nameSuffix;
    int nameCollisions;
    int attempts;
    /** Set before CreateImage is sent and cleared when its outcome is known: what is found with it set is in doubt. */
    @Nullable
    Instant createSentAt;
    /** The image that AWS says has our name, until we have seen whose it is. */
    @Nullable
    String nameHolder;

    boolean nameTaken;

    @Nullable
    Instant conflictSince;

    int conflicts;
    boolean shareChecked;

    @Nullable
    Instant shareReadAt;

    @Nullable
    String imageId;

    boolean shared;

    @Nullable
    Instant acceptedAt;

    int imageReads;

    @Nullable
    Instant imageReadAt;
    /** The image's last state that ends the wait, or null while AWS makes it. */
    @Nullable
    String imageEnd;

    String imageEndReason = "";
    final ArrayList<String> snapshotIds = new ArrayList<>();

    boolean rebooting;
    boolean seenDown;

    @Nullable
    Instant rebootReadAt;
    /** When the instance must be back. */
    @Nullable
    Instant rebootDeadline;

    int rebootExtensions;

    int rebootReads;

    boolean deprecated;

    @Nullable
    Instant inventoryAt;

    @Nullable
    Instant referencesAt;
    /** What rotation decided, or null before it did. */
    @Nullable
    ArrayList<RotationDecision> rotation;

    boolean referencesChecked;
    /** When rotation was decided; after a while it is decided anew. */
    @Nullable
    Instant decidedAt;
    /** The image whose DeregisterImage was announced and whose outcome is not known. */
    @Nullable
    String removalSent;

    int removed;
    boolean leftoversChecked;
    boolean leftoversNoted;
    /** Images that carry a note of leftovers and are to lose it. */
    final ArrayList<String> notedOn = new ArrayList<>();

    final ArrayList<String> leftovers = new ArrayList<>();
    final ArrayList<String> oldLeftovers = new ArrayList<>();
    final ArrayList<String> deleted = new ArrayList<>();
    final ArrayList<String> kept = new ArrayList<>();

    @Nullable
    String skippedReason;

    @Nullable
    OperationFailure failure;

    /** Snapshots of images that are due to be deleted, by image id. */
    final TreeMap<String, ArrayList<String>> snapshotsOfDue = new TreeMap<>();

    InstanceBackup(FleetInstance instance) {
        this.instanceId = instance.id();
        this.name = instance.name();
        this.wasRunning = instance.state().equals("running");
        this.instanceTags = new TreeMap<>(instance.tags());
    }

    /** An instance that was asked for by id and cannot be backed up. */
    InstanceBackup(String instanceId) {
        this.instanceId = instanceId;
        this.name = "";
        this.wasRunning = false;
        this.instanceTags = new TreeMap<>();
    }

    InstanceBackup(InstanceBackup o) {
        this.instanceId = o.instanceId;
        this.name = o.name;
        this.wasRunning = o.wasRunning;
        this.instanceTags = o.instanceTags;
        this.phase = o.phase;
        this.notBefore = o.notBefore;
        this.setbacks = o.setbacks;
        this.startedAt = o.startedAt;
        this.endedAt = o.endedAt;
        this.waitingSince = o.waitingSince;
        this.deadline = o.deadline;
        this.locked = o.locked;
        this.toldWaiting = o.toldWaiting;
        this.lockWait = o.lockWait;
        this.imageName = o.imageName;
        this.nameSuffix = o.nameSuffix;
        this.nameCollisions = o.nameCollisions;
        this.attempts = o.attempts;
        this.createSentAt = o.createSentAt;
        this.nameHolder = o.nameHolder;
        this.nameTaken = o.nameTaken;
        this.conflictSince = o.conflictSince;
        this.conflicts = o.conflicts;
        this.shareChecked = o.shareChecked;
        this.shareReadAt = o.shareReadAt;
        this.imageId = o.imageId;
        this.shared = o.shared;
        this.acceptedAt = o.acceptedAt;
        this.imageReads = o.imageReads;
        this.imageReadAt = o.imageReadAt;
        this.imageEnd = o.imageEnd;
        this.imageEndReason = o.imageEndReason;
        this.snapshotIds.addAll(o.snapshotIds);
        this.rebooting = o.rebooting;
        this.seenDown = o.seenDown;
        this.rebootReadAt = o.rebootReadAt;
        this.rebootDeadline = o.rebootDeadline;
        this.rebootExtensions = o.rebootExtensions;
        this.rebootReads = o.rebootReads;
        this.deprecated = o.deprecated;
        this.inventoryAt = o.inventoryAt;
        this.referencesAt = o.referencesAt;
        this.rotation = o.rotation == null ? null : new ArrayList<>(o.rotation);
        this.referencesChecked = o.referencesChecked;
        this.decidedAt = o.decidedAt;
        this.removalSent = o.removalSent;
        this.removed = o.removed;
        this.leftoversChecked = o.leftoversChecked;
        this.leftoversNoted = o.leftoversNoted;
        this.notedOn.addAll(o.notedOn);
        this.leftovers.addAll(o.leftovers);
        this.oldLeftovers.addAll(o.oldLeftovers);
        this.deleted.addAll(o.deleted);
        this.kept.addAll(o.kept);
        o.snapshotsOfDue.forEach((image, ids) -> this.snapshotsOfDue.put(image, new ArrayList<>(ids)));
        this.skippedReason = o.skippedReason;
        this.failure = o.failure;
    }

    boolean ended() {
        return phase == Phase.DONE || phase == Phase.SKIPPED || phase == Phase.FAILED;
    }

    boolean active() {
        return phase != Phase.QUEUED && !ended();
    }

    /** Id and name as people know it. */
    String display() {
        return name.isEmpty() ? instanceId : instanceId + " (" + name + ")";
    }

    /** What there is of it in AWS, for the message when its run ends early; empty when nothing was begun. */
    Optional<String> whatStays() {
        if (imageId != null) {
            String is = imageEnd == null
                    ? "is still being made"
                    : imageEnd.equals("available") ? "is complete" : "is " + imageEnd + " and still to be removed";
            return Optional.of("the image " + imageId + (shared ? ", which other plans use," : "") + " " + is
                    + (leftovers.isEmpty() ? "" : ", and the snapshots " + String.join(" ", leftovers)));
        }
        return createSentAt == null
                ? Optional.empty()
                : Optional.of("perhaps an image named " + imageName + ", whose CreateImage got no answer");
    }

    void enter(Phase next) {
        phase = next;
        notBefore = Instant.EPOCH;
        setbacks = 0;
    }
}
