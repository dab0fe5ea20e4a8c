package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.BatchedReads.Reading;
import io.jenkins.plugins.awsoperations.backup.SharedReads.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lets a plan use an image that another plan has just made of the same instance (shareWindowMinutes). */
final class SharedImage {

    /** AWS may not know for so long an image that it has just accepted. */
    private static final Duration VISIBLE = Duration.ofSeconds(60);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);

    private SharedImage() {}

    /** @return whether an image was found and is now this plan's too, or the instance waits for a request's turn */
    static boolean adopt(InstanceBackup i, Turn turn) {
        Instant since = turn.now().minus(Duration.ofMinutes(turn.request.shareWindowMinutes()));
        Optional<Recent> here = madeHere(i, turn, since);
        if (here.isEmpty() && !inventoryIsRead(i, turn)) {
            return true;
        }
        Recent image = here.or(() -> madeElsewhere(i, turn, since)).orElse(null);
        if (image == null) {
            return false;
        }
        if (!turn.permitted(i, "CreateTags")) {
            return true;
        }
        turn.save();
        try {
            turn.images.tag(
                    image.imageId(),
                    ImageTags.plan(turn.request.plan()),
                    turn.now().toString());
        } catch (AwsCallException e) {
            boolean fresh = turn.now().isBefore(image.acceptedAt().plus(VISIBLE));
            if (e.hasCode("InvalidAMIID.NotFound") && fresh) {
                i.notBefore = turn.now().plus(LOOK_AGAIN);
                return true;
            }
            if (!ImageCalls.isGone(e) && !e.hasCode("TagLimitExceeded")) {
                throw e;
            }
            turn.log(
                    i,
                    "cannot share " + image.imageId() + " (" + e.failure().awsCode() + "); makes an image of its own");
            turn.reads().failed(i.instanceId, image.imageId());
            i.shareChecked = true;
            return false;
        }
        i.imageId = image.imageId();
        i.imageName = image.imageName();
        i.shared = true;
        i.acceptedAt = turn.now();
        turn.log(i, "shares image " + image.imageId() + ", made by " + image.madeBy() + " at " + image.acceptedAt());
        turn.release(i);
        PendingPhase.enter(i, turn);
        return true;
    }

    private static Optional<Recent> madeHere(InstanceBackup i, Turn turn, Instant since) {
        return turn.reads()
                .recentImageOf(i.instanceId)
                .filter(r -> !r.plan().equals(turn.request.plan()))
                .filter(r -> !r.acceptedAt().isBefore(since))
                .filter(r -> ImageTags.serves(r.mode(), turn.request));
    }

    /** Looks in the next round, so that all instances that get their locks now look by one call. */
    private static boolean inventoryIsRead(InstanceBackup i, Turn turn) {
        if (i.shareReadAt == null) {
            i.shareReadAt = turn.reads().inventory.round(turn.now().plusMillis(1));
        }
        turn.reads().inventory.watch(List.of(i.instanceId), i.shareReadAt, turn.now());
        if (i.shareReadAt.isAfter(turn.now())) {
            i.notBefore = i.shareReadAt;
            return false;
        }
        if (inventory(i, turn).isEmpty()) {
            i.notBefore = turn.now().plus(LOOK_AGAIN);
            return false;
        }
        return true;
    }

    private static Optional<Reading<List<BackupImage>>> inventory(InstanceBackup i, Turn turn) {
        Instant due = Objects.requireNonNull(i.shareReadAt);
        return turn.reads().inventory.read(i.instanceId, due, turn.now(), turn.images::ofInstances);
    }

    private static Optional<Recent> madeElsewhere(InstanceBackup i, Turn turn, Instant since) {
        List<BackupImage> found = inventory(i, turn).map(Reading::value).orElse(List.of());
        return found.stream()
                .filter(image -> image.isOursOf(i.instanceId) && (image.isAvailable() || image.isPending()))
                .filter(image -> !image.created().isBefore(since))
                .filter(image -> image.servesOtherThan(turn.request.plan()))
                .filter(image -> !image.tags().containsKey(ImageTags.plan(turn.request.plan())))
                .filter(image -> ImageTags.serves(image.tags().getOrDefault(ImageTags.MODE, ""), turn.request))
                .max(Comparator.comparing(BackupImage::created))
                .map(image -> new Recent(
                        image.imageId(),
                        image.name(),
                        "",
                        image.tags().getOrDefault(ImageTags.MODE, ""),
                        image.madeBy(),
                        image.created()));
    }
}
