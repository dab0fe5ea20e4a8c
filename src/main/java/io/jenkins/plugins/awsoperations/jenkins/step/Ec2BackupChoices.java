package io.jenkins.plugins.awsoperations.jenkins.step;

import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.jenkins.Messages;

/** What the choices of the form are called. */
final class Ec2BackupChoices {

    private Ec2BackupChoices() {}

    static String label(BackupRequest.StatusCheck check) {
        return switch (check) {
            case NONE -> Messages.StatusCheck_NONE();
            case CHECK -> Messages.StatusCheck_CHECK();
            case RETRY -> Messages.StatusCheck_RETRY();
        };
    }

    static String label(BackupRequest.OnConflict conflict) {
        return switch (conflict) {
            case WAIT -> Messages.OnConflict_WAIT();
            case SKIP -> Messages.OnConflict_SKIP();
            case FAIL -> Messages.OnConflict_FAIL();
        };
    }

    static String label(BackupRequest.IfNoInstances none) {
        return switch (none) {
            case FAIL -> Messages.Outcome_FAIL();
            case UNSTABLE -> Messages.Outcome_UNSTABLE();
            case SUCCEED -> Messages.Outcome_SUCCEED();
        };
    }

    static String label(BackupRequest.OnPartialFailure partial) {
        return switch (partial) {
            case FAIL -> Messages.Outcome_FAIL();
            case UNSTABLE -> Messages.Outcome_UNSTABLE();
        };
    }
}
