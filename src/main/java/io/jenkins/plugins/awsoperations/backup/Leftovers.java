package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Snapshots that could not be deleted with their image: tried again, and noted on the newest image for the next rotation, which
 * reads its tags anyway.
 */
final class Leftovers {

    /** Snapshot ids in one tag value of 256 characters. */
    private static final int IN_ONE_TAG = 11;

    private Leftovers() {}

    /** The snapshots that an image remembers. */
    static List<String> notedOn(BackupImage image) {
        String value = image.tags().getOrDefault(ImageTags.LEFTOVER_SNAPSHOTS, "");
        return value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
    }

    /** Does the next thing that is to be done about them. */
    static void settle(InstanceBackup i, Turn turn) {
        if (!i.oldLeftovers.isEmpty() && !i.leftoversChecked) {
            leaveWhatOthersUse(i, turn);
        } else if (!i.oldLeftovers.isEmpty()) {
            deleteNext(i, turn);
        } else if (!i.leftoversNoted) {
            note(i, turn);
        } else if (!i.notedOn.isEmpty()) {
            eraseNote(i, turn);
        }
    }

    /** EC2 protects the snapshot of an image's root device only; those of other volumes it would delete under the image. */
    private static void leaveWhatOthersUse(InstanceBackup i, Turn turn) {
        Map<String, String> users = turn.images.imagesWithSnapshots(List.copyOf(i.oldLeftovers));
        users.forEach((snapshotId, imageId) -> {
            i.leftovers.add(snapshotId);
            turn.log(i, "snapshot " + snapshotId + " still cannot be deleted: " + imageId + " uses it");
        });
        i.oldLeftovers.removeAll(users.keySet());
        i.leftoversChecked = true;
    }

    private static void deleteNext(InstanceBackup i, Turn turn) {
        String snapshotId = i.oldLeftovers.get(0);
        if (!turn.permitted(i, "DeleteSnapshot")) {
            return;
        }
        turn.save();
        Optional<AwsCallException> refusal = turn.images.refusalToDeleteSnapshot(snapshotId);
        if (refusal.isPresent()) {
            i.leftovers.add(snapshotId);
            turn.log(
                    i,
                    "snapshot " + snapshotId + " still cannot be deleted: "
                            + refusal.get().failure().describe());
        } else {
            turn.log(i, "deleted snapshot " + snapshotId + ", which had been left");
        }
        i.oldLeftovers.remove(0);
    }

    private static void note(InstanceBackup i, Turn turn) {
        String imageId = Objects.requireNonNull(i.imageId);
        List<String> ids = i.leftovers.stream().distinct().toList();
        if (!ids.isEmpty()) {
            if (!turn.permitted(i, "CreateTags")) {
                return;
            }
            if (ids.size() > IN_ONE_TAG) {
                turn.log(
                        i,
                        "WARNING: more snapshots are left than a tag can remember, delete them by hand: "
                                + String.join(" ", ids.subList(IN_ONE_TAG, ids.size())));
            }
            turn.save();
            turn.images.tag(
                    imageId,
                    ImageTags.LEFTOVER_SNAPSHOTS,
                    String.join(" ", ids.subList(0, Math.min(ids.size(), IN_ONE_TAG))));
            i.notedOn.remove(imageId);
        }
        i.notedOn.removeAll(i.deleted);
        i.leftoversNoted = true;
    }

    /** Takes an older note off its image, so that no rotation tries these snapshots again. */
    private static void eraseNote(InstanceBackup i, Turn turn) {
        if (turn.permitted(i, "DeleteTags")) {
            turn.save();
            turn.images.untagIfThere(i.notedOn.get(0), ImageTags.LEFTOVER_SNAPSHOTS);
            i.notedOn.remove(0);
        }
    }
}
