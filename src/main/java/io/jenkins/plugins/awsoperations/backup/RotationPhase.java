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

    private static final Duration DECISION_HOLDS = Duration.ofMinutes(2);

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
        } else if (i.removed < rotation.size() && isStale(i, turn)) {
            decideAnew(i, turn);
        } else if (!i.referencesChecked) {
            checkReferences(i, turn, rotation);
        } else if (i.removed < rotation.size()) {
            carryOut(i, turn, rotation.get(i.removed));
        } else {
            Leftovers.settle(i, turn);
            if (i.phase == Phase.ROTATING && i.leftoversNoted && i.notedOn.isEmpty()) {
                finish(i, turn, rotation);
            }
        }
    }

    /** Meanwhile somebody may have marked an image to be kept, or launched an instance from it. */
    private static boolean isStale(InstanceBackup i, Turn turn) {
        return i.removalSent == null
                && Objects.requireNonNull(i.decidedAt).plus(DECISION_HOLDS).isBefore(turn.now());
    }

    private static void decideAnew(InstanceBackup i, Turn turn) {
        i.rotation = null;
        i.referencesChecked = false;
        i.removed = 0;
        i.kept.clear();
        i.notedOn.clear();
        i.oldLeftovers.clear();
        i.inventoryAt = turn.reads().inventory.round(turn.now());
        i.notBefore = i.inventoryAt;
        watch(i, turn);
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
        List<BackupImage> found = reading.map(Reading::value).orElse(List.of());
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
                    noted.addAll(Leftovers.notedOn(image));
                    i.notedOn.add(image.imageId());
                });
        i.oldLeftovers.addAll(noted);
        i.decidedAt = turn.now();
        List<String> candidates = candidates(i);
        candidates.forEach(id -> i.snapshotsOfDue.put(
                id, new ArrayList<>(Objects.requireNonNull(images.get(id)).snapshotIds())));
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
                i.instanceId,
                tags,
                List.copyOf(i.snapshotIds),
                seen != null && seen.isProtected());
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
            reading.map(Reading::value).ifPresent(user -> users.put(imageId, user));
        }
        candidates.forEach(turn.reads().references::forget);
        rotation.replaceAll(d -> d.action() == Action.DELETE && users.containsKey(d.imageId())
                ? d.heldBack("in use by " + users.get(d.imageId()))
                : d);
        i.referencesChecked = true;
    }

    private static void carryOut(InstanceBackup i, Turn turn, RotationDecision decision) {
        if (decision.action() == Action.KEEP) {
            i.kept.add(decision.imageId());
            if (decision.heldBack()) {
                turn.log(i, "keeps " + decision.imageId() + ": " + decision.reason());
            }
            i.removed++;
            return;
        }
        boolean delete = decision.action() == Action.DELETE;
        if (!turn.permitted(i, delete ? "DeregisterImage" : "CreateTags")) {
            return;
        }
        boolean announced = decision.imageId().equals(i.removalSent);
        i.removalSent = decision.imageId();
        turn.save();
        try {
            if (delete) {
                delete(i, turn, decision, announced);
            } else {
                turn.images.tagIfThere(
                        decision.imageId(), ImageTags.plan(turn.request.plan()), ImageTags.RELEASED + turn.now());
                turn.log(i, "releases " + decision.imageId() + ": " + decision.reason());
            }
            i.removed++;
        } catch (AwsCallException e) {
            if (e.isTransient()) {
                throw e;
            }
            // What was left so far is noted first; then the instance fails.
            i.failure = e.failure();
            i.removed = Objects.requireNonNull(i.rotation).size();
        }
        i.removalSent = null;
    }

    /** @param announced whether an earlier attempt may have deleted it, of which no answer is known */
    private static void delete(InstanceBackup i, Turn turn, RotationDecision decision, boolean announced) {
        ImageCalls.Removal removal = turn.images.deregister(decision.imageId());
        if (removal.done() || announced) {
            i.deleted.add(decision.imageId());
        }
        if (!removal.done() && announced) {
            // Which of its snapshots went with it was in the answer that is lost: look at each.
            i.oldLeftovers.addAll(i.snapshotsOfDue.getOrDefault(decision.imageId(), new ArrayList<>()));
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

    private static void finish(InstanceBackup i, Turn turn, List<RotationDecision> rotation) {
        if (i.failure != null) {
            turn.fail(i, i.failure);
            return;
        }
        long released =
                rotation.stream().filter(d -> d.action() == Action.RELEASE).count();
        turn.log(
                i,
                "done: " + i.kept.size() + " kept, " + i.deleted.size() + " deleted"
                        + (released == 0 ? "" : ", " + released + " released to other plans"));
        turn.done(i);
    }
}
