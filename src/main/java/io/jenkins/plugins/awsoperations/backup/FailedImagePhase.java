package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.Objects;

/** Removes an image that failed, with its snapshots, and has it made again if the request allows. */
final class FailedImagePhase {

    private FailedImagePhase() {}

    static void advance(InstanceBackup i, Turn turn) {
        String imageId = Objects.requireNonNull(i.imageId);
        boolean ours = !i.shared && !"deregistered".equals(i.imageEnd) && !"disabled".equals(i.imageEnd);
        if (ours) {
            if (!turn.permitted(i, "DeregisterImage")) {
                return;
            }
            turn.save();
            ImageCalls.Removal removal = turn.images.deregister(imageId);
            i.leftovers.addAll(removal.leftovers().keySet());
        }
        BackupRequest request = turn.request;
        boolean again = i.shared || request.statusCheck() == StatusCheck.RETRY && i.attempts < request.maxAttempts();
        if (again) {
            turn.log(
                    i,
                    (ours ? "removed " + imageId + "; " : "") + "makes the image again"
                            + (i.shared ? "" : " (attempt " + (i.attempts + 1) + " of " + request.maxAttempts() + ")"));
            i.imageId = null;
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
                                + (ours ? "; it was removed" : ""),
                        "Look at the volumes of the instance and their KMS keys, and run again."));
    }
}
