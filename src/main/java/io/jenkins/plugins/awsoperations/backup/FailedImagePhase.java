package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.Objects;
import java.util.Set;

/** Removes an image that failed, with its snapshots, and has it made again if the request allows. */
final class FailedImagePhase {

    private static final Set<String> BROKEN = Set.of("failed", "error", "invalid");

    private FailedImagePhase() {}

    static void advance(InstanceBackup i, Turn turn) {
        String imageId = Objects.requireNonNull(i.imageId);
        boolean ours = !i.shared && BROKEN.contains(String.valueOf(i.imageEnd));
        if (ours) {
            if (!turn.permitted(i, "DeregisterImage")) {
                return;
            }
            turn.save();
            ours = remove(i, turn, imageId);
        }
        BackupRequest request = turn.request;
        boolean again = i.shared || request.statusCheck() == StatusCheck.RETRY && i.attempts < request.maxAttempts();
        if (again) {
            turn.log(
                    i,
                    (ours ? "removed " + imageId + "; " : "") + "makes the image again"
                            + (i.shared ? "" : " (attempt " + (i.attempts + 1) + " of " + request.maxAttempts() + ")"));
            i.imageId = null;
            i.imageEnd = null;
            i.shared = false;
            i.nameSuffix++;
            i.snapshotIds.clear();
            i.waitingSince = turn.now();
            i.enter(Phase.WAITING_FOR_LOCK);
            return;
        }
        turn.fail(
                i,
                OperationFailure.of(
                        FailureKind.REMOTE_FAILED,
                        "the image " + imageId + " ended " + i.imageEnd + ": " + i.imageEndReason
                                + (request.statusCheck() == StatusCheck.RETRY
                                        ? ", as did all " + i.attempts + " attempts"
                                        : "")
                                + (ours ? "; it was removed" : "; it stays")
                                + (i.leftovers.isEmpty()
                                        ? ""
                                        : ", but its snapshots stay: " + String.join(" ", i.leftovers)),
                        "Look at the volumes of the instance and their KMS keys, and run again."));
    }

    /** What may not be removed now is removed by the next rotation: no reason to go without a backup. */
    private static boolean remove(InstanceBackup i, Turn turn, String imageId) {
        try {
            i.leftovers.addAll(turn.images.deregister(imageId).leftovers().keySet());
            return true;
        } catch (AwsCallException e) {
            if (e.isTransient()) {
                throw e;
            }
            turn.log(
                    i,
                    "the failed image " + imageId + " stays for now: "
                            + e.failure().describe());
            return false;
        }
    }
}
