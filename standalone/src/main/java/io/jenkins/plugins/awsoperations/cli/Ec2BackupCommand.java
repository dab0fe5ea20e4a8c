package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.Ec2Backup;
import io.jenkins.plugins.awsoperations.backup.InstanceResult;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.TicketQueueAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ec2-backup}: one run of the backup, in this process. */
@Command(
        name = "ec2-backup",
        description = {
            "Makes images of EC2 instances, waits for them and deletes older ones.",
            "Two runs against one instance at the same time both succeed. Ctrl-C tells what stays in AWS."
        })
final class Ec2BackupCommand extends OperationCommand<BackupRequest, BackupState, BackupResult> {

    @Mixin
    BackupOptions backup = new BackupOptions();

    @Mixin
    RunOptions run = new RunOptions();

    @Override
    RunOptions run() {
        return run;
    }

    @Override
    BackupRequest request() {
        return backup.request();
    }

    @Override
    Operation<BackupRequest, BackupState, BackupResult> operation(AwsConnection aws) {
        return new Ec2Backup(aws, new TicketQueueAccess());
    }

    @Override
    Class<BackupResult> resultType() {
        return BackupResult.class;
    }

    @Override
    Map<String, Object> map(BackupResult result) {
        return result.toMap();
    }

    @Override
    @Nullable
    String unstableReason(BackupResult result) {
        return result.unstableReason();
    }

    /** The instances that failed, and why. */
    @Override
    EventDetails eventDetails(@Nullable BackupResult result) {
        if (result == null) {
            return EventDetails.none();
        }
        List<InstanceResult> failed = result.instances().stream()
                .filter(instance -> instance.state() == InstanceResult.State.FAILED)
                .toList();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("plan", result.plan());
        fields.put("created", result.created());
        fields.put("deleted", result.deleted());
        fields.put("failed", failed.stream().map(Ec2BackupCommand::failed).toList());
        return EventDetails.of(
                fields, failed.stream().map(InstanceResult::instanceId).toList());
    }

    private static Map<String, Object> failed(InstanceResult instance) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instanceId", instance.instanceId());
        map.put("name", instance.name());
        map.put("error", instance.error());
        return map;
    }
}
