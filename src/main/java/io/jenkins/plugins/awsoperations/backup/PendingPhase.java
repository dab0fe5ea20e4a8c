package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.BatchedReads.Reading;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.PollSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for the image, and for the instance to be back from its reboot. */
final class PendingPhase {

    private static final PollSchedule IMAGE = new PollSchedule(Duration.ofSeconds(5), 1.25, Duration.ofSeconds(30), 0);
    private static final PollSchedule REBOOT = new PollSchedule(Duration.ofSeconds(15), 1, Duration.ofSeconds(15), 0);
    private static final Duration SOON = Duration.ofMillis(200);

    /** An image that AWS does not show for longer than this was deregistered by somebody. */
    private static final Duration VISIBLE = Duration.ofSeconds(60);

    /** Just after CreateImage the checks still tell of the time before the reboot. */
    private static final Duration REBOOT_BEGINS = Duration.ofSeconds(60);

    private static final Duration REBOOT_TIMEOUT = Duration.ofSeconds(600);

    /** Others' reboots are waited for, but not for more than an hour. */
    private static final int MOST_EXTENSIONS = 5;

    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private PendingPhase() {}

    /** After CreateImage was accepted, or an image of another plan was taken. */
    static void enter(InstanceBackup i, Turn turn) {
        i.enter(Phase.PENDING);
        i.imageReads = 0;
        i.imageEnd = null;
        i.imageEndReason = "";
        i.seenDown = false;
        i.rebootReads = 0;
        boolean waits = turn.request.statusCheck() != StatusCheck.NONE;
        i.imageReadAt = waits ? nextImageRead(i, turn) : null;
        i.rebootReadAt = i.rebooting ? turn.reads().health.round(turn.now().plus(REBOOT.delay(0, ""))) : null;
        i.rebootDeadline = turn.now().plus(REBOOT_TIMEOUT);
        i.rebootExtensions = 0;
        if (waits || i.rebooting) {
            watch(i, turn);
            i.notBefore = earliest(i);
        }
    }

    /** Registers what the instance waits for, so that whoever reads next reads it too. */
    static void watch(InstanceBackup i, Turn turn) {
        if (i.phase != Phase.PENDING) {
            return;
        }
        if (i.imageReadAt != null && i.imageId != null) {
            turn.reads().images.watch(List.of(i.imageId), i.imageReadAt, turn.now());
        }
        if (i.rebootReadAt != null) {
            turn.reads().health.watch(List.of(i.instanceId), i.rebootReadAt, turn.now());
        }
    }

    /**
     * Comes at once when a read for others has just shown that the image is ready.
     *
     * @return whether there is something to do now
     */
    static boolean noticed(InstanceBackup i, Turn turn) {
        if (i.phase != Phase.PENDING
                || i.imageReadAt == null
                || i.imageId == null
                || !i.imageReadAt.isAfter(turn.now())) {
            return false;
        }
        boolean ready = turn.reads()
                .images
                .peek(i.imageId, turn.startedAt())
                .map(Reading::value)
                .filter(image -> !image.isPending())
                .isPresent();
        if (ready) {
            i.imageReadAt = turn.startedAt();
            i.notBefore = turn.startedAt();
        }
        return ready;
    }

    static void advance(InstanceBackup i, Turn turn) {
        if (i.rebootReadAt != null && !i.rebootReadAt.isAfter(turn.now())) {
            readInstance(i, turn, i.rebootReadAt);
        }
        if (i.imageReadAt != null && !i.imageReadAt.isAfter(turn.now())) {
            readImage(i, turn, i.imageReadAt);
        }
        if (i.imageReadAt == null && i.rebootReadAt == null) {
            settled(i, turn);
        } else {
            Instant next = earliest(i);
            // Not in the future: another thread is just reading for all.
            i.notBefore = next.isAfter(turn.now()) ? next : turn.now().plus(SOON);
        }
    }

    /** After a call that did not succeed: reads come again when the instance does. */
    static void postpone(InstanceBackup i, Turn turn) {
        if (i.phase == Phase.PENDING) {
            Instant round = turn.reads().images.round(i.notBefore);
            i.imageReadAt = laterOf(i.imageReadAt, round);
            i.rebootReadAt = laterOf(i.rebootReadAt, round);
            i.notBefore = earliest(i);
        }
    }

    private static @Nullable Instant laterOf(@Nullable Instant due, Instant round) {
        return due == null || due.isAfter(round) ? due : round;
    }

    private static Instant earliest(InstanceBackup i) {
        Instant image = i.imageReadAt == null ? Instant.MAX : i.imageReadAt;
        Instant reboot = i.rebootReadAt == null ? Instant.MAX : i.rebootReadAt;
        Instant read = image.isBefore(reboot) ? image : reboot;
        return i.deadline != null && i.deadline.isBefore(read) ? i.deadline : read;
    }

    private static Instant nextImageRead(InstanceBackup i, Turn turn) {
        return turn.reads().images.round(turn.now().plus(IMAGE.delay(i.imageReads++, "")));
    }

    private static void readImage(InstanceBackup i, Turn turn, Instant due) {
        String imageId = Objects.requireNonNull(i.imageId);
        Optional<Reading<BackupImage>> reading = turn.reads().images.read(imageId, due, turn.now(), turn.images::byIds);
        if (reading.isEmpty()) {
            return;
        }
        i.setbacks = 0;
        BackupImage image = reading.get().value();
        if (image == null) {
            boolean patient =
                    turn.now().isBefore(Objects.requireNonNull(i.acceptedAt).plus(VISIBLE));
            if (patient && i.imageEnd == null) {
                i.imageReadAt = nextImageRead(i, turn);
                return;
            }
            end(i, turn, "deregistered", "somebody deregistered it, or AWS lost it");
        } else if (image.isPending()) {
            i.imageReadAt = nextImageRead(i, turn);
        } else {
            i.snapshotIds.clear();
            i.snapshotIds.addAll(image.snapshotIds());
            end(i, turn, image.state(), image.stateReason());
        }
    }

    private static void end(InstanceBackup i, Turn turn, String state, String reason) {
        i.imageReadAt = null;
        i.imageEnd = state;
        i.imageEndReason = reason;
        turn.reads().images.forget(Objects.requireNonNull(i.imageId));
    }

    private static void readInstance(InstanceBackup i, Turn turn, Instant due) {
        Optional<Reading<InstanceHealth>> reading =
                turn.reads().health.read(i.instanceId, due, turn.now(), ids -> InstanceHealth.read(turn.aws, ids));
        if (reading.isEmpty()) {
            return;
        }
        i.setbacks = 0;
        Instant acceptedAt = Objects.requireNonNull(i.acceptedAt);
        InstanceHealth health = reading.get().value();
        if (health == null || health.isGone()) {
            turn.log(i, "the instance was terminated meanwhile; waits for the image only");
            rebooted(i, turn);
        } else if (health.state().equals("stopped")) {
            turn.log(i, "the instance was stopped meanwhile; waits for the image only");
            rebooted(i, turn);
        } else if (health.isBack() && (i.seenDown || !turn.now().isBefore(acceptedAt.plus(REBOOT_BEGINS)))) {
            turn.log(i, "the instance is back after " + Durations.text(Duration.between(acceptedAt, turn.now())));
            rebooted(i, turn);
        } else if (!turn.now().isBefore(Objects.requireNonNull(i.rebootDeadline)) && !othersReboot(i, turn)) {
            turn.state.notBack = i.display();
            i.failure = OperationFailure.of(
                    FailureKind.TIMED_OUT,
                    "the instance did not pass its status checks within " + REBOOT_TIMEOUT.toMinutes()
                            + " minutes after the reboot (it is " + health.state() + ")",
                    "Look at the instance's system log and status checks now.");
            turn.log(i, "ALERT: " + i.failure.describe());
            rebooted(i, turn);
        } else {
            i.seenDown |= !health.isBack();
            i.rebootReadAt = turn.reads().health.round(turn.now().plus(REBOOT.delay(++i.rebootReads, "")));
        }
    }

    /** Another controller may be imaging the instance again and again: then it is not our reboot that it does not survive. */
    private static boolean othersReboot(InstanceBackup i, Turn turn) {
        Instant ours = Objects.requireNonNull(i.acceptedAt).minus(CLOCKS_DIFFER);
        boolean others = i.rebootExtensions < MOST_EXTENSIONS
                && turn.images.inProgress(i.instanceId).stream()
                        .filter(image -> !image.imageId().equals(i.imageId)
                                && image.created().isAfter(ours))
                        .anyMatch(image -> image.tags()
                                .getOrDefault(ImageTags.MODE, ImageTags.REBOOT)
                                .startsWith(ImageTags.REBOOT));
        if (others) {
            i.rebootExtensions++;
            i.rebootDeadline = turn.now().plus(REBOOT_TIMEOUT);
            turn.log(i, "is not back yet, because something else makes images of it too; waits on");
        }
        return others;
    }

    private static void rebooted(InstanceBackup i, Turn turn) {
        i.rebooting = false;
        i.rebootReadAt = null;
        turn.reads().health.forget(i.instanceId);
        turn.release(i);
    }

    private static void settled(InstanceBackup i, Turn turn) {
        if (i.failure != null) {
            turn.fail(i, i.failure);
        } else if (turn.request.statusCheck() == StatusCheck.NONE) {
            i.enter(Phase.AVAILABLE);
        } else if ("available".equals(i.imageEnd)) {
            Instant acceptedAt = Objects.requireNonNull(i.acceptedAt);
            turn.log(
                    i,
                    "image " + i.imageId + " is available after "
                            + Durations.text(Duration.between(acceptedAt, turn.now())));
            i.enter(Phase.AVAILABLE);
        } else {
            turn.log(i, "image " + i.imageId + " is " + i.imageEnd + " (" + i.imageEndReason + ")");
            turn.reads().failed(i.instanceId, Objects.requireNonNull(i.imageId));
            i.enter(Phase.REMOVING_FAILED);
        }
    }
}
