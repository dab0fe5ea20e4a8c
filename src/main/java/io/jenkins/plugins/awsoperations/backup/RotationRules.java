package io.jenkins.plugins.awsoperations.backup;

import org.jspecify.annotations.Nullable;

/**
 * What a plan keeps.
 *
 * @param plan the plan's name
 * @param generations how many images; 0 keeps all; null when only the age counts
 * @param retentionDays how old an image may become; null when the age does not count
 * @param keepTag an image that carries this tag is never rotated
 */
public record RotationRules(
        String plan,
        @Nullable Integer generations,
        @Nullable Integer retentionDays,
        String keepTag) {

    /** Whether these rules can delete anything at all. */
    public boolean deletes() {
        return generations == null ? retentionDays != null : generations != 0;
    }
}
