package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.Ec2Backup;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.Outcome;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupRecord;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.IOException;
import java.util.Map;

/** {@code ec2Backup} as Jenkins runs it, as a Pipeline step and as a build step. */
public final class Ec2BackupOperation implements StepOperation<BackupState, BackupResult> {

    static BackupState begin(BackupRequest request, RunIdentity run) {
        return BackupState.begin(request, run);
    }

    @NonNull
    @Override
    public Operation<?, BackupState, BackupResult> in(AwsConnection aws, ExclusiveAccess locks) {
        return new Ec2Backup(aws, locks);
    }

    @CheckForNull
    @Override
    public String pausedBy(BackupState state) {
        return state.waitsForLock() ? Messages.Ec2BackupStep_pausedByLock() : null;
    }

    @CheckForNull
    @Override
    public String whatStays(BackupState state) {
        return state.whatStays();
    }

    @Override
    public boolean tellsWhyItFailed() {
        return true;
    }

    @NonNull
    @Override
    public Map<String, Object> details(BackupResult result) {
        return result.toMap();
    }

    @CheckForNull
    @Override
    public String unstableReason(BackupResult result) {
        return result.unstableReason();
    }

    @Override
    public void record(Run<?, ?> run, Outcome<BackupState, BackupResult> outcome) throws IOException {
        BackupsAction.add(
                run,
                new BackupRecord(
                        outcome.account().account(),
                        outcome.account().region(),
                        outcome.state(),
                        outcome.result(),
                        outcome.failure()));
    }
}
