package io.jenkins.plugins.awsoperations.jenkins.step;

import java.util.Map;
import java.util.function.BiConsumer;

/** One field of the form of {@code ec2Backup} with the text that a person has entered, to be checked before it is saved. */
record FormField(String name, String text) {

    private static final Map<String, BiConsumer<Ec2BackupStep, Integer>> NUMBERS = Map.of(
            "generations", Ec2BackupStep::setGenerations,
            "retentionDays", Ec2BackupStep::setRetentionDays,
            "rebootConcurrency", Ec2BackupStep::setRebootConcurrency,
            "maxAttempts", Ec2BackupStep::setMaxAttempts,
            "timeoutMinutes", Ec2BackupStep::setTimeoutMinutes,
            "conflictTimeoutMinutes", Ec2BackupStep::setConflictTimeoutMinutes,
            "shareWindowMinutes", Ec2BackupStep::setShareWindowMinutes,
            "parallelism", Ec2BackupStep::setParallelism,
            "maxInstances", Ec2BackupStep::setMaxInstances,
            "deprecateAfterDays", Ec2BackupStep::setDeprecateAfterDays);

    private static final Map<String, BiConsumer<Ec2BackupStep, String>> TEXTS = Map.of(
            "tags", (step, text) -> step.setTags(TagText.parse("tags", text)),
            "excludeTags", (step, text) -> step.setExcludeTags(TagText.parse("excludeTags", text)),
            "imageTags", (step, text) -> step.setImageTags(TagText.parse("imageTags", text)),
            "instanceIds", (step, text) -> step.setInstanceIds(TagText.lines(text)),
            "excludeDevices", (step, text) -> step.setExcludeDevices(TagText.lines(text)));

    private static final Map<String, BiConsumer<Ec2BackupStep, String>> LINES = Map.of(
            "plan", Ec2BackupStep::setPlan,
            "imageName", Ec2BackupStep::setImageName,
            "description", Ec2BackupStep::setDescription,
            "keepTag", Ec2BackupStep::setKeepTag);

    /** The fields of several lines, and how they are set. */
    static Map<String, BiConsumer<Ec2BackupStep, String>> texts() {
        return TEXTS;
    }

    /** The names of the fields that hold a whole number. */
    static java.util.Set<String> numbers() {
        return NUMBERS.keySet();
    }

    /** @throws IllegalArgumentException naming the field, when the text is not what the field takes */
    void setIn(Ec2BackupStep step) {
        if (NUMBERS.containsKey(name)) {
            NUMBERS.get(name).accept(step, number());
        } else if (TEXTS.containsKey(name)) {
            TEXTS.get(name).accept(step, text);
        } else {
            LINES.get(name).accept(step, text);
        }
    }

    private int number() {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not '" + text + "'", e);
        }
    }
}
