package io.jenkins.plugins.awsoperations.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An image as far as backups need to know it.
 *
 * @param state EC2's ImageState, as {@code available}
 * @param stateReason why it is in this state, or an empty text
 * @param created EC2's CreationDate
 * @param sourceInstanceId the instance that CreateImage made it of; empty for a copy or an image made otherwise
 * @param tags all tags
 * @param snapshotIds the snapshots of its block devices
 * @param isProtected whether deregistration protection is on
 */
public record BackupImage(
        String imageId,
        String name,
        String state,
        String stateReason,
        Instant created,
        String sourceInstanceId,
        Map<String, String> tags,
        List<String> snapshotIds,
        boolean isProtected) {

    public BackupImage {
        tags = Map.copyOf(tags);
        snapshotIds = List.copyOf(snapshotIds);
    }

    public boolean isAvailable() {
        return state.equals("available");
    }

    /** Whether AWS may still finish it; a state that we do not know is no reason to give it up. */
    public boolean isPending() {
        return !isAvailable() && !isBroken() && !state.equals("deregistered") && !state.equals("disabled");
    }

    /** Whether it ended badly and is of no use. */
    public boolean isBroken() {
        return state.equals("failed") || state.equals("error") || state.equals("invalid");
    }

    /** Whether we made it, of this instance; a copy carries our tags too, but was made by CopyImage. */
    public boolean isOursOf(String instanceId) {
        return tags.containsKey(ImageTags.RUN)
                && instanceId.equals(tags.get(ImageTags.INSTANCE))
                && instanceId.equals(sourceInstanceId);
    }

    /** Whether this run made it, of this instance: by its tags, or, as long as AWS does not show any, by its unique name. */
    public boolean isMadeBy(String runToken, String instanceId, String uniqueName) {
        String run = tags.get(ImageTags.RUN);
        return run == null
                ? name.equals(uniqueName)
                : run.equals(runToken) && instanceId.equals(tags.get(ImageTags.INSTANCE));
    }

    /** Whether the plan keeps it. */
    public boolean serves(String plan) {
        String value = tags.get(ImageTags.plan(plan));
        return value != null && !value.startsWith(ImageTags.RELEASED);
    }

    /** Whether any plan but this one keeps it. */
    public boolean servesOtherThan(String plan) {
        return tags.entrySet().stream()
                .anyMatch(e -> e.getKey().startsWith(ImageTags.PLAN_PREFIX)
                        && !e.getKey().equals(ImageTags.plan(plan))
                        && !e.getValue().startsWith(ImageTags.RELEASED));
    }

    /** Whether the plan once kept it. */
    boolean isReleasedBy(String plan) {
        return tags.getOrDefault(ImageTags.plan(plan), "").startsWith(ImageTags.RELEASED);
    }

    /** Job and build that made it, as people know them. */
    public String madeBy() {
        return tags.containsKey(ImageTags.JOB)
                ? tags.get(ImageTags.JOB) + " #" + tags.getOrDefault(ImageTags.BUILD, "?")
                : "something else than AWS Operations";
    }
}
