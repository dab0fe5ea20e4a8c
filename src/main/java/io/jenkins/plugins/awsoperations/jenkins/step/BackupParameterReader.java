package io.jenkins.plugins.awsoperations.jenkins.step;

import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupRequestBuilder;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.List;

/** Makes a valid request of the step's parameters, or says of each what is wrong with it. */
final class BackupParameterReader extends ParameterReader {

    private final Ec2BackupParameters from;

    BackupParameterReader(Ec2BackupParameters from) {
        this.from = from;
    }

    /**
     * @param defaultPlan the plan when none is given
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    BackupRequest request(String defaultPlan) {
        BackupRequestBuilder builder = builder(defaultPlan);
        Problems.refuse(problemsWith(builder.problems()));
        return builder.build();
    }

    /** What is wrong with the parameters, by field. */
    List<Problem> problems() {
        return problemsWith(builder("plan").problems());
    }

    private BackupRequestBuilder builder(String defaultPlan) {
        BackupRequestBuilder to = BackupRequest.builder();
        orEmpty(from.getTags()).forEach((key, value) -> to.tag(key, values(value)));
        orEmpty(from.getExcludeTags()).forEach((key, value) -> to.excludeTag(key, values(value)));
        orEmpty(from.getImageTags())
                .forEach(
                        (key, value) -> to.imageTag(key, single("imageTags", key, value, "a tag of an image has one")));
        to.instanceIds(orEmpty(from.getInstanceIds()));
        to.excludeDevices(orEmpty(from.getExcludeDevices()));
        return to.plan(from.getPlan() == null ? defaultPlan : from.getPlan())
                .generations(from.getGenerations())
                .retentionDays(from.getRetentionDays())
                .reboot(from.isReboot())
                .rebootConcurrency(from.getRebootConcurrency())
                .imageName(from.getImageName())
                .description(from.getDescription())
                .copyTags(from.isCopyTags())
                .tagSnapshots(from.isTagSnapshots())
                .statusCheck(choice("statusCheck", from.getStatusCheck(), BackupRequest.StatusCheck.RETRY))
                .maxAttempts(from.getMaxAttempts())
                .timeoutMinutes(from.getTimeoutMinutes())
                .onConflict(choice("onConflict", from.getOnConflict(), BackupRequest.OnConflict.WAIT))
                .conflictTimeoutMinutes(from.getConflictTimeoutMinutes())
                .shareWindowMinutes(from.getShareWindowMinutes())
                .parallelism(from.getParallelism())
                .maxInstances(from.getMaxInstances())
                .ifNoInstances(choice("ifNoInstances", from.getIfNoInstances(), BackupRequest.IfNoInstances.FAIL))
                .onPartialFailure(
                        choice("onPartialFailure", from.getOnPartialFailure(), BackupRequest.OnPartialFailure.FAIL))
                .keepTag(from.getKeepTag())
                .deprecateAfterDays(from.getDeprecateAfterDays())
                .dryRun(from.isDryRun());
    }
}
