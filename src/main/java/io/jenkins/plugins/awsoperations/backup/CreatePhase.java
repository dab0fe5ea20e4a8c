package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsCallException.Effect;
import io.jenkins.plugins.awsoperations.aws.BatchedReads;
import io.jenkins.plugins.awsoperations.aws.BatchedReads.Reading;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnConflict;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.backup.SharedReads.Recent;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Answer;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.PollSchedule;
import io.jenkins.plugins.awsoperations.operation.StateNotSavedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets one CreateImage accepted. Whatever happens between sending it and knowing its outcome, the image that it made is found
 * by its name and tags, and adopted.
 */
final class CreatePhase {

    private static final Pattern AMI_ID = Pattern.compile("ami-[0-9a-f]{8,17}");

    /** While another CreateImage of the instance is in progress: longer than a reboot takes in the end. */
    private static final PollSchedule CONFLICT =
            new PollSchedule(Duration.ofSeconds(10), 1.5, Duration.ofSeconds(60), 0.4);

    private static final PollSchedule LOOK = new PollSchedule(Duration.ofSeconds(3), 1.5, Duration.ofSeconds(30), 0);

    /** How long AWS may take to show what it made; it publishes no figure. */
    private static final Duration CONSISTENT = Duration.ofSeconds(30);

    /** When AWS says that our name is taken, it is most likely taken by us: look longer. */
    private static final Duration CONSISTENT_NAME = Duration.ofMinutes(5);

    private static final int MOST_COLLISIONS = 20;

    /** How old a look at the instance's state may be, so that one look serves all that are about to begin. */
    private static final Duration STATE_IS_FRESH = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofMillis(200);

    private CreatePhase() {}

    static void advance(InstanceBackup i, Turn turn) {
        if (i.createSentAt != null) {
            settle(i, turn, i.createSentAt);
            return;
        }
        if (!stillLocked(i, turn)) {
            return;
        }
        if (!i.shareChecked && turn.request.shareWindowMinutes() > 0) {
            if (SharedImage.adopt(i, turn)) {
                return;
            }
            i.shareChecked = true;
        }
        if (turn.request.reboot() && !knowsWhetherItRuns(i, turn)) {
            return;
        }
        if (turn.permitted(i, "CreateImage")) {
            create(i, turn);
        }
    }

    /** An instance may have been started or stopped since it was found: only one that runs goes down, and is awaited. */
    private static boolean knowsWhetherItRuns(InstanceBackup i, Turn turn) {
        BatchedReads<String, InstanceHealth> reads = turn.reads().health;
        Instant fresh = reads.round(turn.now().minus(STATE_IS_FRESH));
        Optional<Reading<InstanceHealth>> reading =
                reads.read(i.instanceId, fresh, turn.now(), ids -> InstanceHealth.read(turn.aws, ids));
        if (reading.isEmpty()) {
            i.notBefore = turn.now().plus(SOON);
            return false;
        }
        InstanceHealth health = reading.get().value();
        boolean runs = health != null && !health.state().equals("stopped");
        if (runs && !i.wasRunning) {
            i.wasRunning = true;
            // It did not count as one that goes down: it has to queue with those.
            turn.release(i);
            i.enter(Phase.WAITING_FOR_LOCK);
            return false;
        }
        i.wasRunning = runs;
        return true;
    }

    private static boolean stillLocked(InstanceBackup i, Turn turn) {
        if (turn.locks.holds(turn.lockName(i), turn.claim(i))) {
            return true;
        }
        Answer answer = turn.locks.tryAcquire(turn.lockName(i), turn.claim(i), turn.wakeUp());
        if (answer instanceof Answer.Granted) {
            return true;
        }
        i.locked = false;
        turn.log(i, "the lock was taken away");
        i.enter(Phase.WAITING_FOR_LOCK);
        return false;
    }

    private static void create(InstanceBackup i, Turn turn) {
        BackupRequest request = turn.request;
        ImageCalls.Order order = order(i, turn);
        i.imageName = order.name();
        i.createSentAt = turn.now();
        try {
            turn.save();
        } catch (StateNotSavedException e) {
            i.createSentAt = null;
            throw e;
        }
        try {
            accepted(i, turn, turn.images.create(order));
        } catch (AwsCallException e) {
            refused(i, turn, e, request);
        }
    }

    /** What CreateImage is to make, for this run's next image of the instance. */
    static ImageCalls.Order order(InstanceBackup i, Turn turn) {
        BackupRequest request = turn.request;
        Instant startedAt = Objects.requireNonNull(turn.state.startedAt);
        ImageTags.Selection tags = ImageTags.forImage(request, turn.state.run, i.instanceId, i.instanceTags, startedAt);
        if (!tags.dropped().isEmpty() && i.createSentAt == null && i.nameSuffix == 0) {
            turn.log(i, "AWS takes 50 tags; not copied: " + String.join(", ", tags.dropped()));
        }
        String description = request.description();
        return new ImageCalls.Order(
                i.instanceId,
                ImageName.of(
                        request.imageName(),
                        i.instanceId,
                        i.name,
                        request.plan(),
                        startedAt,
                        turn.state.run.token(),
                        i.nameSuffix),
                description == null || description.isEmpty() ? describe(turn) : description,
                request.reboot(),
                request.excludeDevices(),
                tags.tags(),
                request.tagSnapshots());
    }

    private static String describe(Turn turn) {
        // EC2 takes 255 characters and ASCII only in a description.
        String text = ("Jenkins " + turn.state.run.display()).replaceAll("[^ -~]", "?");
        return text.length() <= 255 ? text : text.substring(0, 255);
    }

    private static void accepted(InstanceBackup i, Turn turn, String imageId) {
        Instant now = turn.now();
        i.imageId = imageId;
        i.shared = false;
        i.acceptedAt = now;
        i.attempts++;
        i.createSentAt = null;
        i.nameHolder = null;
        i.nameTaken = false;
        i.conflictSince = null;
        i.conflicts = 0;
        i.rebooting = turn.request.reboot() && i.wasRunning;
        turn.reads()
                .made(
                        i.instanceId,
                        new Recent(
                                imageId,
                                String.valueOf(i.imageName),
                                turn.request.plan(),
                                ImageTags.mode(turn.request),
                                turn.state.run.display(),
                                now));
        turn.log(i, "image " + imageId + " accepted, " + i.imageName + (i.rebooting ? ", the instance reboots" : ""));
        if (!i.rebooting) {
            turn.release(i);
        }
        PendingPhase.enter(i, turn);
    }

    private static void refused(InstanceBackup i, Turn turn, AwsCallException e, BackupRequest request) {
        if (e.effect() == Effect.IN_DOUBT) {
            turn.log(i, "no answer to CreateImage; looks for the image before it sends another");
            i.notBefore = turn.now().plus(LOOK.delay(0, turn.key(i)));
            return;
        }
        if (e.hasCode("InvalidAMIName.Duplicate")) {
            i.nameTaken = true;
            Matcher holder = AMI_ID.matcher(String.valueOf(e.failure().awsMessage()));
            i.nameHolder = holder.find() ? holder.group() : null;
            return;
        }
        i.createSentAt = null;
        if (!isAnotherImage(e) && !isBusy(e)) {
            throw e;
        }
        conflict(i, turn, e, request);
    }

    /** AWS's answers while something else images the instance ("Error codes for the Amazon EC2 API"). */
    private static boolean isAnotherImage(AwsCallException e) {
        return e.hasCode("InvalidRequest")
                        && String.valueOf(e.failure().awsMessage())
                                .contains("Another CreateImage operation is in progress")
                || e.hasCode("ConcurrentCreateImageNoRebootLimitExceeded");
    }

    /** AWS's answers while volumes of the instance or the account have too many snapshots under way. */
    private static boolean isBusy(AwsCallException e) {
        return e.hasCode("ConcurrentSnapshotLimitExceeded")
                || e.hasCode("SnapshotCreationPerVolumeRateExceeded")
                || e.hasCode("PendingSnapshotLimitExceeded")
                || e.hasCode("IncorrectState");
    }

    private static void conflict(InstanceBackup i, Turn turn, AwsCallException e, BackupRequest request) {
        if (isAnotherImage(e) && request.onConflict() == OnConflict.FAIL) {
            turn.fail(i, e.failure().withKind(FailureKind.CONFLICT));
            return;
        }
        if (isAnotherImage(e) && request.onConflict() == OnConflict.SKIP) {
            Optional<BackupImage> other =
                    turn.images.inProgress(i.instanceId).stream().findFirst();
            if (other.isPresent()) {
                turn.skip(
                        i,
                        "covered by " + other.get().imageId() + ", which "
                                + other.get().madeBy() + " is making now");
                return;
            }
        }
        Instant now = turn.now();
        if (i.conflictSince == null) {
            i.conflictSince = now;
            turn.log(
                    i,
                    "waits, because AWS is still busy with it (" + e.failure().awsCode() + ")");
        }
        i.notBefore = now.plus(CONFLICT.delay(i.conflicts++, turn.key(i)));
        if (request.conflictTimeoutMinutes() > 0
                && !i.conflictSince
                        .plus(Duration.ofMinutes(request.conflictTimeoutMinutes()))
                        .isAfter(now)) {
            turn.fail(
                    i,
                    e.failure()
                            .withMessage("AWS was busy with the instance for " + request.conflictTimeoutMinutes()
                                    + " minutes"));
        }
    }

    /** Finds out what became of a CreateImage whose outcome is not known, or whose name AWS says is taken. */
    private static void settle(InstanceBackup i, Turn turn, Instant sentAt) {
        Optional<BackupImage> found = find(i, turn);
        Instant now = turn.now();
        if (found.isPresent()
                && found.get().isMadeBy(turn.state.run.token(), i.instanceId, String.valueOf(i.imageName))) {
            turn.log(i, "adopts " + found.get().imageId() + ", which this run had already begun");
            accepted(i, turn, found.get().imageId());
            return;
        }
        Duration patience = i.nameTaken ? CONSISTENT_NAME : CONSISTENT;
        if (found.isEmpty() && now.isBefore(sentAt.plus(patience))) {
            i.notBefore = now.plus(LOOK.delay(i.setbacks++, turn.key(i)));
            return;
        }
        if (i.nameTaken) {
            newName(i, turn, found);
        }
        // Without a found image the same name is sent again: had AWS made the image all the same, the name would be
        // taken.
        i.createSentAt = null;
        i.nameHolder = null;
        i.nameTaken = false;
        i.setbacks = 0;
    }

    private static Optional<BackupImage> find(InstanceBackup i, Turn turn) {
        String holder = i.nameHolder;
        if (holder != null) {
            BackupImage image = turn.images.byIds(List.of(holder)).get(holder);
            if (image != null) {
                return Optional.of(image);
            }
        }
        return turn.images.byName(String.valueOf(i.imageName));
    }

    private static void newName(InstanceBackup i, Turn turn, Optional<BackupImage> found) {
        i.nameSuffix++;
        i.nameCollisions++;
        if (i.nameCollisions > MOST_COLLISIONS) {
            turn.fail(
                    i,
                    OperationFailure.of(
                            FailureKind.CONFLICT,
                            MOST_COLLISIONS + " image names in a row are taken, the last is " + i.imageName,
                            "Set another imageName."));
            return;
        }
        turn.log(
                i,
                "the name " + i.imageName + " is taken"
                        + found.map(image -> " by " + image.imageId() + " of " + image.madeBy())
                                .orElse("")
                        + "; takes another");
        if (i.nameCollisions > 3) {
            i.notBefore = turn.now().plus(CONFLICT.delay(i.nameCollisions - 4, turn.key(i)));
        }
    }
}
