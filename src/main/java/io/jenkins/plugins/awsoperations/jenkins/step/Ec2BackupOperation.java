package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.Ec2Backup;
import io.jenkins.plugins.awsoperations.backup.InstanceResult;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.jenkins.execution.EventDetails;
import io.jenkins.plugins.awsoperations.jenkins.execution.Outcome;
import io.jenkins.plugins.awsoperations.jenkins.execution.StepOperation;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupRecord;
import io.jenkins.plugins.awsoperations.jenkins.view.BackupsAction;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ec2Backup} as Jenkins runs it, as a Pipeline step and as a build step. */
public final class Ec2BackupOperation implements StepOperation<BackupState, BackupResult> {

    private static final int MOST_TOLD = 50;

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

    /** The instances that failed, of which an event has no room for too many. */
    @NonNull
    @Override
    public EventDetails eventDetails(@CheckForNull BackupResult result) {
        if (result == null) {
            return EventDetails.none();
        }
        List<InstanceResult> failed = result.instances().stream()
                .filter(instance -> instance.state() == InstanceResult.State.FAILED)
                .toList();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("plan", result.plan());
        details.put("created", result.created());
        details.put("failed", failed.size());
        details.put(
                "instances",
                failed.stream().limit(MOST_TOLD).map(Ec2BackupOperation::told).toList());
        return EventDetails.of(
                details, failed.stream().map(InstanceResult::instanceId).toList());
    }

    private static Map<String, Object> told(InstanceResult instance) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("instanceId", instance.instanceId());
        told.put("name", instance.name());
        told.put("error", instance.error());
        return told;
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
