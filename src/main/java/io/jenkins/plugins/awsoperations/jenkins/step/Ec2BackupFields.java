package io.jenkins.plugins.awsoperations.jenkins.step;

/** The fields of the form of {@code ec2Backup}. */
final class Ec2BackupFields {

    static final FormFields<Ec2BackupStep> ALL = new FormFields<Ec2BackupStep>()
            .text("tags", (step, text) -> step.setTags(TagText.parse("tags", text)))
            .text("excludeTags", (step, text) -> step.setExcludeTags(TagText.parse("excludeTags", text)))
            .text("imageTags", (step, text) -> step.setImageTags(TagText.parse("imageTags", text)))
            .text("instanceIds", (step, text) -> step.setInstanceIds(ListText.lines(text)))
            .text("excludeDevices", (step, text) -> step.setExcludeDevices(ListText.lines(text)))
            .text("plan", Ec2BackupStep::setPlan)
            .text("imageName", Ec2BackupStep::setImageName)
            .text("description", Ec2BackupStep::setDescription)
            .text("keepTag", Ec2BackupStep::setKeepTag)
            .number("generations", Ec2BackupStep::setGenerations)
            .number("retentionDays", Ec2BackupStep::setRetentionDays)
            .number("rebootConcurrency", Ec2BackupStep::setRebootConcurrency)
            .number("maxAttempts", Ec2BackupStep::setMaxAttempts)
            .number("timeoutMinutes", Ec2BackupStep::setTimeoutMinutes)
            .number("conflictTimeoutMinutes", Ec2BackupStep::setConflictTimeoutMinutes)
            .number("shareWindowMinutes", Ec2BackupStep::setShareWindowMinutes)
            .number("parallelism", Ec2BackupStep::setParallelism)
            .number("maxInstances", Ec2BackupStep::setMaxInstances)
            .number("deprecateAfterDays", Ec2BackupStep::setDeprecateAfterDays);

    private Ec2BackupFields() {}
}
