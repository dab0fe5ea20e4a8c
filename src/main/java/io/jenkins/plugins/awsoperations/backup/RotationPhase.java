package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.BatchedReads.Reading;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.backup.RotationDecision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The finishing touches on the new image, and the older images that go. */
final class RotationPhase {

    private static final Duration SOON = Duration.ofMillis(200);

    /** Snapshot ids in one tag value of 256 characters. */
    private static final int LEFTOVERS_IN_TAG = 11;

    private RotationPhase() {}

    static void available(InstanceBackup i, Turn turn) {
        Integer days = turn.request.deprecateAfterDays();
        if (days != null && !i.deprecated && !i.shared) {
            if (!turn.permitted(i, "EnableImageDeprecation")) {
                return;
            }
            turn.save();
            turn.images.deprecate(
                    Objects.requireNonNull(i.imageId),
                    Objects.requireNonNull(i.acceptedAt).plus(Duration.ofDays(days)));
            i.deprecated = true;
        }
        if (!turn.request.rotationRules().deletes() && i.leftovers.isEmpty()) {
            turn.done(i);
            return;
        }
        i.enter(Phase.ROTATING);
        i.inventoryAt = turn.reads().inventory.round(turn.now());
        i.notBefore = i.inventoryAt;
        watch(i, turn);
    }

    /** Registers what the instance wants to read, so that whoever reads next reads it too. */
    static void watch(InstanceBackup i, Turn turn) {
        if (i.phase == Phase.ROTATING && i.rotation == null && i.inventoryAt != null) {
            turn.reads().inventory.watch(List.of(i.instanceId), i.inventoryAt, turn.now());
        } else if (i.phase == Phase.ROTATING && !i.referencesChecked && i.referencesAt != null) {
            turn.reads().references.watch(candidates(i), i.referencesAt, turn.now());
        }
    }

    static void rotate(InstanceBackup i, Turn turn) {
        ArrayList<RotationDecision> rotation = i.rotation;
        if (rotation == null) {
            decide(i, turn);
        } else if (!i.referencesChecked) {
            checkReferences(i, turn, rotation);
        } else if (i.removed < rotation.size()) {
            carryOut(i, turn, rotation.get(i.removed));
        } else if (!i.oldLeftovers.isEmpty()) {
            deleteLeftover(i, turn);
        } else if (!i.leftoversNoted) {
            noteLeftovers(i, turn);
        } else if (!i.notedOn.isEmpty()) {
            eraseNote(i, turn);
        } else {
            finish(i, turn, rotation);
        }
    }

    private static void decide(InstanceBackup i, Turn turn) {
        Instant due = Objects.requireNonNull(i.inventoryAt);
        Optional<Reading<List<BackupImage>>> reading =
                turn.reads().inventory.read(i.instanceId, due, turn.now(), turn.images::ofInstances);
        if (reading.isEmpty()) {
            i.notBefore = turn.now().plus(SOON);
            return;
        }
        turn.reads().inventory.forget(i.instanceId);
        List<BackupImage> found =
                reading.get().value() == null ? List.of() : reading.get().value();
        Map<String, BackupImage> images = new TreeMap<>();
        found.forEach(image -> images.put(image.imageId(), image));
        String imageId = Objects.requireNonNull(i.imageId);
        if (turn.request.statusCheck() != StatusCheck.NONE) {
            images.compute(imageId, (id, image) -> known(i, turn, image));
        }
        i.rotation = new ArrayList<>(
                RotationPlan.decide(i.instanceId, images.values(), turn.request.rotationRules(), Map.of(), turn.now()));
        TreeSet<String> noted = new TreeSet<>();
        images.values().stream()
                .filter(image -> image.tags().containsKey(ImageTags.LEFTOVER_SNAPSHOTS))
                .forEach(image -> {
                    noted.addAll(leftoversOf(image));
                    i.notedOn.add(image.imageId());
                });
        i.oldLeftovers.addAll(noted);
        List<String> candidates = candidates(i);
        if (candidates.isEmpty()) {
            i.referencesChecked = true;
        } else {
            // The round after: until then the other instances of this round have decided too, and one call reads for
            // all.
            i.referencesAt = turn.reads().references.round(turn.now().plusMillis(1));
            i.notBefore = i.referencesAt;
            watch(i, turn);
        }
    }

    private static List<String> candidates(InstanceBackup i) {
        return Objects.requireNonNull(i.rotation).stream()
                .filter(d -> d.action() == Action.DELETE)
                .map(RotationDecision::imageId)
                .toList();
    }

    /** The new image as this run knows it, because the inventory may still show it pending, or not at all. */
    private static BackupImage known(InstanceBackup i, Turn turn, @Nullable BackupImage seen) {
        Map<String, String> tags = new TreeMap<>();
        if (seen == null) {
            tags.put(ImageTags.RUN, turn.state.run.token());
            tags.put(ImageTags.INSTANCE, i.instanceId);
        } else {
            tags.putAll(seen.tags());
        }
        tags.putIfAbsent(ImageTags.plan(turn.request.plan()), String.valueOf(i.acceptedAt));
        return new BackupImage(
                Objects.requireNonNull(i.imageId),
                String.valueOf(i.imageName),
                "available",
                "",
                seen == null ? Objects.requireNonNull(i.acceptedAt) : seen.created(),
                tags,
                List.copyOf(i.snapshotIds),
                seen != null && seen.isProtected());
    }

    private static List<String> leftoversOf(BackupImage image) {
        String value = image.tags().getOrDefault(ImageTags.LEFTOVER_SNAPSHOTS, "");
        return value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
    }

    private static void checkReferences(InstanceBackup i, Turn turn, ArrayList<RotationDecision> rotation) {
        List<String> candidates = candidates(i);
        Instant due = Objects.requireNonNull(i.referencesAt);
        Map<String, String> users = new TreeMap<>();
        for (String imageId : candidates) {
            Optional<Reading<String>> reading =
                    turn.reads().references.read(imageId, due, turn.now(), turn.images::references);
            if (reading.isEmpty()) {
                i.notBefore = turn.now().plus(SOON);
                return;
            }
            if (reading.get().value() != null) {
                users.put(imageId, reading.get().value());
            }
        }
        candidates.forEach(turn.reads().references::forget);
        rotation.replaceAll(d -> d.action() == Action.DELETE && users.containsKey(d.imageId())
                ? d.kept(d.reason() + ", but in use by " + users.get(d.imageId()))
                : d);
        i.referencesChecked = true;
    }

    private static void carryOut(InstanceBackup i, Turn turn, RotationDecision decision) {
        if (decision.action() == Action.KEEP) {
            i.kept.add(decision.imageId());
            if (decision.reason().contains(", but ")) {
                turn.log(i, "keeps " + decision.imageId() + ": " + decision.reason());
            }
            i.removed++;
            return;
        }
        boolean delete = decision.action() == Action.DELETE;
        if (!turn.permitted(i, delete ? "DeregisterImage" : "CreateTags")) {
            return;
        }
        if (!i.rotationSaved) {
            i.rotationSaved = true;
            turn.save();
        }
        if (delete) {
            delete(i, turn, decision);
        } else {
            turn.images.tag(decision.imageId(), ImageTags.plan(turn.request.plan()), ImageTags.RELEASED + turn.now());
            turn.log(i, "releases " + decision.imageId() + ": " + decision.reason());
        }
        i.removed++;
    }

    private static void delete(InstanceBackup i, Turn turn, RotationDecision decision) {
        ImageCalls.Removal removal = turn.images.deregister(decision.imageId());
        if (removal.done()) {
            i.deleted.add(decision.imageId());
        }
        i.leftovers.addAll(removal.leftovers().keySet());
        turn.log(
                i,
                "deleted " + decision.imageId() + " (" + decision.reason() + ")"
                        + (removal.leftovers().isEmpty()
                                ? ""
                                : "; these snapshots stay and are tried again by the next rotation: "
                                        + removal.leftovers()));
    }

    private static void deleteLeftover(InstanceBackup i, Turn turn) {
        String snapshotId = i.oldLeftovers.get(0);
        if (!turn.permitted(i, "DeleteSnapshot")) {
            return;
        }
        if (!i.rotationSaved) {
            i.rotationSaved = true;
            turn.save();
        }
        Optional<AwsCallException> refusal = turn.images.refusalToDeleteSnapshot(snapshotId);
        if (refusal.isPresent()) {
            i.leftovers.add(snapshotId);
            turn.log(
                    i,
                    "snapshot " + snapshotId + " still cannot be deleted: "
                            + refusal.get().failure().describe());
        } else {
            turn.log(i, "deleted snapshot " + snapshotId + ", which an earlier rotation had to leave");
        }
        i.oldLeftovers.remove(0);
    }

    /** Writes on the newest image which snapshots are left, where the next rotation reads it without another call. */
    private static void noteLeftovers(InstanceBackup i, Turn turn) {
        String imageId = Objects.requireNonNull(i.imageId);
        if (!i.leftovers.isEmpty()) {
            if (!turn.permitted(i, "CreateTags")) {
                return;
            }
            List<String> ids = i.leftovers.stream().distinct().toList();
            if (ids.size() > LEFTOVERS_IN_TAG) {
                turn.log(
                        i,
                        "WARNING: more snapshots are left than a tag can remember, delete them by hand: "
                                + String.join(" ", ids.subList(LEFTOVERS_IN_TAG, ids.size())));
            }
            turn.save();
            turn.images.tag(
                    imageId,
                    ImageTags.LEFTOVER_SNAPSHOTS,
                    String.join(" ", ids.subList(0, Math.min(ids.size(), LEFTOVERS_IN_TAG))));
            i.notedOn.remove(imageId);
        }
        i.notedOn.removeAll(i.deleted);
        i.leftoversNoted = true;
    }

    /** Takes an older note off its image, so that no rotation tries these snapshots again. */
    private static void eraseNote(InstanceBackup i, Turn turn) {
        if (turn.permitted(i, "DeleteTags")) {
            turn.save();
            turn.images.untag(i.notedOn.get(0), ImageTags.LEFTOVER_SNAPSHOTS);
            i.notedOn.remove(0);
        }
    }

    private static void finish(InstanceBackup i, Turn turn, List<RotationDecision> rotation) {
        long released =
                rotation.stream().filter(d -> d.action() == Action.RELEASE).count();
        turn.log(
                i,
                "done: " + i.kept.size() + " kept, " + i.deleted.size() + " deleted"
                        + (released == 0 ? "" : ", " + released + " released to other plans"));
        turn.done(i);
    }
}
