package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.Progress;
import java.util.ArrayList;
import java.util.List;

/** Ends a run that was stopped. AWS cannot be asked to stop making an image: what was begun stays, and is named. */
final class Cancelling {

    private Cancelling() {}

    static Progress<BackupState, BackupResult> end(Turn turn, String reason) {
        List<String> stays = new ArrayList<>();
        for (InstanceBackup i : turn.state.instances) {
            if (!i.ended()) {
                stop(i, turn, stays);
            } else {
                i.whatStays().ifPresent(text -> stays.add(text + " (" + i.display() + ")"));
            }
        }
        String inAws = stays.isEmpty() ? "nothing was begun in AWS" : "in AWS stays: " + String.join("; ", stays);
        OperationFailure failure = OperationFailure.of(
                FailureKind.CANCELLED,
                "stopped (" + reason + "); " + inAws,
                stays.isEmpty()
                        ? "Run again when it suits."
                        : "Images that stay carry the plan's tags: its next run counts and rotates them.");
        turn.log(failure.describe());
        return new Progress.Failed<>(turn.state, failure, BackupSummary.result(turn.state, null), null);
    }

    private static void stop(InstanceBackup i, Turn turn, List<String> stays) {
        if (i.createSentAt != null && i.imageId == null) {
            lookForImage(i, turn);
        }
        i.whatStays().ifPresent(text -> stays.add(text + " (" + i.display() + ")"));
        if (i.rebooting) {
            stays.add(i.display() + " is still rebooting");
        }
        turn.leave(i);
    }

    private static void lookForImage(InstanceBackup i, Turn turn) {
        try {
            turn.images
                    .byName(String.valueOf(i.imageName))
                    .filter(image -> image.isMadeBy(turn.state.run.token(), i.instanceId, String.valueOf(i.imageName)))
                    .ifPresent(image -> i.imageId = image.imageId());
        } catch (AwsCallException e) {
            turn.log(i, e.failure().describe());
        }
    }
}
