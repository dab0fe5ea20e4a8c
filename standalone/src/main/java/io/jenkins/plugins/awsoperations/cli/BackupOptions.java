package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.IfNoInstances;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnConflict;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnPartialFailure;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.BackupRequestBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Every parameter of {@code ec2Backup}. Limits are checked by {@link BackupRequest}, as for Jenkins. */
final class BackupOptions {

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description =
                    "Instances that carry this tag, literally. Several keys: all must match; one key several times:"
                            + " one of its values.")
    List<String> tags = new ArrayList<>();

    @Option(names = "--instance-id", paramLabel = "ID", split = ",", description = "These instances instead of tags.")
    List<String> instanceIds = new ArrayList<>();

    @Option(names = "--exclude-tag", paramLabel = "KEY=VALUE", description = "Not the instances that carry this tag.")
    List<String> excludeTags = new ArrayList<>();

    @Option(
            names = "--plan",
            paramLabel = "NAME",
            required = true,
            description = "Name of the rotation: images of the same instance and plan are its generations.")
    String plan = "";

    @Option(
            names = "--generations",
            paramLabel = "N",
            description = "Images to keep for each instance and plan, 0 to 1000; 0 keeps all. Default: 7, or none when"
                    + " --retention-days is given.")
    @Nullable
    Integer generations;

    @Option(
            names = "--retention-days",
            paramLabel = "DAYS",
            description = "Days to keep an image; with --generations it goes only when outside both.")
    @Nullable
    Integer retentionDays;

    @Option(
            names = "--reboot",
            description = "Reboot the instance, so that file systems are consistent, and wait until it is back.")
    boolean reboot;

    @Option(
            names = "--reboot-concurrency",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances that this run may have down at once. Default: ${DEFAULT-VALUE}.")
    int rebootConcurrency;

    @Option(
            names = "--image-name",
            paramLabel = "TEMPLATE",
            description =
                    "Name of the image, with $${instanceId}, $${instanceName}, $${plan}, $${timestamp}, $${token}."
                            + " Default: $${instanceId}_$${plan}_$${timestamp}_$${token}")
    @Nullable
    String imageName;

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            description = "Description of the image. Default: job and build.")
    @Nullable
    String description;

    @Option(
            names = "--copy-tags",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Copy the instance's tags onto image and snapshots, or not. Default: copied.")
    boolean copyTags = true;

    @Option(names = "--image-tag", paramLabel = "KEY=VALUE", description = "A further tag for the image.")
    Map<String, String> imageTags = new LinkedHashMap<>();

    @Option(
            names = "--tag-snapshots",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Give the snapshots the image's tags, or not. Default: tagged.")
    boolean tagSnapshots = true;

    @Option(
            names = "--exclude-device",
            paramLabel = "NAME",
            split = ",",
            description = "Block device to leave out, as /dev/sdf.")
    List<String> excludeDevices = new ArrayList<>();

    @Option(
            names = "--status-check",
            paramLabel = "MODE",
            defaultValue = "RETRY",
            description =
                    "NONE: accepted is success. CHECK: wait, and fail if the image fails. RETRY: make it again if it"
                            + " fails. Default: ${DEFAULT-VALUE}.")
    StatusCheck statusCheck = StatusCheck.RETRY;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Images to try for one instance, 1 to 10. Default: ${DEFAULT-VALUE}.")
    int maxAttempts;

    @Option(
            names = "--timeout-minutes",
            paramLabel = "MIN",
            defaultValue = "240",
            description = "For one instance, from its lock on, 1 to 1440. Default: ${DEFAULT-VALUE}.")
    int timeoutMinutes;

    @Option(
            names = "--on-conflict",
            paramLabel = "MODE",
            defaultValue = "WAIT",
            description = "While another backup of the instance runs: WAIT, SKIP or FAIL. Default: ${DEFAULT-VALUE}.")
    OnConflict onConflict = OnConflict.WAIT;

    @Option(
            names = "--conflict-timeout-minutes",
            paramLabel = "MIN",
            defaultValue = "60",
            description = "How long to wait for another backup; 0 for ever. Default: ${DEFAULT-VALUE}.")
    int conflictTimeoutMinutes;

    @Option(
            names = "--share-window-minutes",
            paramLabel = "MIN",
            defaultValue = "0",
            description = "Use another plan's image of the instance when it is not older than this, instead of making a"
                    + " second one. Default: ${DEFAULT-VALUE}, never.")
    int shareWindowMinutes;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "5",
            description = "Instances to work on at once, 1 to 50. Default: ${DEFAULT-VALUE}.")
    int parallelism;

    @Option(
            names = "--max-instances",
            paramLabel = "N",
            defaultValue = "50",
            description =
                    "More matching instances are an error (a wrong tag); 0 for no limit. Default: ${DEFAULT-VALUE}.")
    int maxInstances;

    @Option(
            names = "--if-no-instances",
            paramLabel = "MODE",
            defaultValue = "FAIL",
            description = "FAIL, UNSTABLE (a warning here) or SUCCEED. Default: ${DEFAULT-VALUE}.")
    IfNoInstances ifNoInstances = IfNoInstances.FAIL;

    @Option(
            names = "--on-partial-failure",
            paramLabel = "MODE",
            defaultValue = "FAIL",
            description = "When some instances fail: FAIL or UNSTABLE (a warning here). Default: ${DEFAULT-VALUE}.")
    OnPartialFailure onPartialFailure = OnPartialFailure.FAIL;

    @Option(
            names = "--keep-tag",
            paramLabel = "KEY",
            defaultValue = BackupRequest.DEFAULT_KEEP_TAG,
            description = "An image with this tag is never deleted. Default: ${DEFAULT-VALUE}.")
    String keepTag = BackupRequest.DEFAULT_KEEP_TAG;

    @Option(
            names = "--deprecate-after-days",
            paramLabel = "DAYS",
            description = "Mark the image deprecated after this time; at most --retention-days.")
    @Nullable
    Integer deprecateAfterDays;

    @Option(
            names = "--dry-run",
            description = "Write nothing; show targets, names and the keep/delete table, and prove the permissions.")
    boolean dryRun;

    BackupRequest request() {
        BackupRequestBuilder request = BackupRequest.builder()
                .instanceIds(instanceIds)
                .plan(plan)
                .generations(generations)
                .retentionDays(retentionDays)
                .reboot(reboot)
                .rebootConcurrency(rebootConcurrency)
                .imageName(imageName == null ? BackupRequest.DEFAULT_IMAGE_NAME : imageName)
                .description(description)
                .copyTags(copyTags)
                .tagSnapshots(tagSnapshots)
                .excludeDevices(excludeDevices)
                .statusCheck(statusCheck)
                .maxAttempts(maxAttempts)
                .timeoutMinutes(timeoutMinutes)
                .onConflict(onConflict)
                .conflictTimeoutMinutes(conflictTimeoutMinutes)
                .shareWindowMinutes(shareWindowMinutes)
                .parallelism(parallelism)
                .maxInstances(maxInstances)
                .ifNoInstances(ifNoInstances)
                .onPartialFailure(onPartialFailure)
                .keepTag(keepTag)
                .deprecateAfterDays(deprecateAfterDays)
                .dryRun(dryRun);
        tags.stream().map(t -> TagOption.parse("--tag", t)).forEach(t -> request.tag(t.key(), t.value()));
        excludeTags.stream()
                .map(t -> TagOption.parse("--exclude-tag", t))
                .forEach(t -> request.excludeTag(t.key(), t.value()));
        imageTags.forEach(request::imageTag);
        return request.build();
    }
}
