package io.jenkins.plugins.awsoperations.jenkins.step;

import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.jenkins.Messages;

/** What the choices of the form are called. */
final class Ec2BackupChoices {

    private Ec2BackupChoices() {}

    static String label(Enum<?> choice) {
        return choice.name() + ": " + meaning(choice);
    }

    private static String meaning(Enum<?> choice) {
        if (choice instanceof BackupRequest.StatusCheck check) {
            return switch (check) {
                case NONE -> Messages.StatusCheck_NONE();
                case CHECK -> Messages.StatusCheck_CHECK();
                case RETRY -> Messages.StatusCheck_RETRY();
            };
        }
        if (choice instanceof BackupRequest.OnConflict conflict) {
            return switch (conflict) {
                case WAIT -> Messages.OnConflict_WAIT();
                case SKIP -> Messages.OnConflict_SKIP();
                case FAIL -> Messages.OnConflict_FAIL();
            };
        }
        if (choice instanceof BackupRequest.IfNoInstances none) {
            return switch (none) {
                case FAIL -> Messages.Outcome_FAIL();
                case UNSTABLE -> Messages.Outcome_UNSTABLE();
                case SUCCEED -> Messages.Outcome_SUCCEED();
            };
        }
        return choice == BackupRequest.OnPartialFailure.FAIL ? Messages.Outcome_FAIL() : Messages.Outcome_UNSTABLE();
    }
}
