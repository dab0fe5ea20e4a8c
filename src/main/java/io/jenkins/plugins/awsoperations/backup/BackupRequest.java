package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.fleet.TagSelector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to back up and how: every parameter of {@code ec2Backup}, valid by construction. Build one with {@link #builder}; the
 * limits and their reasons are in {@link BackupRequestRules}.
 */
public final class BackupRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The image name when none is given. */
    public static final String DEFAULT_IMAGE_NAME = "${instanceId}_${plan}_${timestamp}_${token}";

    /** The tag that keeps an image out of rotation when none is given. */
    public static final String DEFAULT_KEEP_TAG = "aws-operations:keep";

    /** The number of generations when neither generations nor retention days are given. */
    public static final int DEFAULT_GENERATIONS = 7;

    /** How the end of an image is awaited. */
    public enum StatusCheck {
        /** An image that AWS accepts is a success. */
        NONE,
        /** Wait until it is available; an image that fails is a failure. */
        CHECK,
        /** Wait until it is available; an image that fails is removed and made again. */
        RETRY
    }

    /** What to do when somebody else backs up the same instance. */
    public enum OnConflict {
        WAIT,
        SKIP,
        FAIL
    }

    /** What it means when no instance matches. */
    public enum IfNoInstances {
        FAIL,
        UNSTABLE,
        SUCCEED
    }

    /** What it means when some instances fail and others do not. */
    public enum OnPartialFailure {
        FAIL,
        UNSTABLE
    }

    private final TagSelector tags;
    private final ArrayList<String> instanceIds;
    private final TagSelector excludeTags;
    private final String plan;
    private final @Nullable Integer generations;
    private final @Nullable Integer retentionDays;
    private final boolean reboot;
    private final int rebootConcurrency;
    private final String imageName;
    private final @Nullable String description;
    private final boolean copyTags;
    private final LinkedHashMap<String, String> imageTags;
    private final boolean tagSnapshots;
    private final ArrayList<String> excludeDevices;
    private final StatusCheck statusCheck;
    private final int maxAttempts;
    private final int timeoutMinutes;
    private final OnConflict onConflict;
    private final int conflictTimeoutMinutes;
    private final int shareWindowMinutes;
    private final int parallelism;
    private final int maxInstances;
    private final IfNoInstances ifNoInstances;
    private final OnPartialFailure onPartialFailure;
    private final String keepTag;
    private final @Nullable Integer deprecateAfterDays;
    private final boolean dryRun;

    BackupRequest(BackupRequestBuilder b) {
        this.tags = TagSelector.of(b.tags);
        this.instanceIds = new ArrayList<>(b.instanceIds);
        this.excludeTags = TagSelector.of(b.excludeTags);
        this.plan = b.plan;
        this.generations =
                b.generations == null && b.retentionDays == null ? Integer.valueOf(DEFAULT_GENERATIONS) : b.generations;
        this.retentionDays = b.retentionDays;
        this.reboot = b.reboot;
        this.rebootConcurrency = b.rebootConcurrency;
        this.imageName = b.imageName;
        this.description = b.description;
        this.copyTags = b.copyTags;
        this.imageTags = new LinkedHashMap<>(b.imageTags);
        this.tagSnapshots = b.tagSnapshots;
        this.excludeDevices = new ArrayList<>(b.excludeDevices);
        this.statusCheck = b.statusCheck;
        this.maxAttempts = b.maxAttempts;
        this.timeoutMinutes = b.timeoutMinutes;
        this.onConflict = b.onConflict;
        this.conflictTimeoutMinutes = b.conflictTimeoutMinutes;
        this.shareWindowMinutes = b.shareWindowMinutes;
        this.parallelism = b.parallelism;
        this.maxInstances = b.maxInstances;
        this.ifNoInstances = b.ifNoInstances;
        this.onPartialFailure = b.onPartialFailure;
        this.keepTag = b.keepTag;
        this.deprecateAfterDays = b.deprecateAfterDays;
        this.dryRun = b.dryRun;
    }

    public static BackupRequestBuilder builder() {
        return new BackupRequestBuilder();
    }

    /** The tags that an instance must carry; empty when instance ids are given. */
    public TagSelector tags() {
        return tags;
    }

    /** The ids of the instances; empty when tags are given. */
    public List<String> instanceIds() {
        return List.copyOf(instanceIds);
    }

    /** An instance that carries one of these is left out. */
    public TagSelector excludeTags() {
        return excludeTags;
    }

    /** The name of the rotation. */
    public String plan() {
        return plan;
    }

    /** How many images to keep for each instance and plan; 0 keeps all; null when only the age counts. */
    public @Nullable Integer generations() {
        return generations;
    }

    /** How old an image may become, in days; null when the age does not count. */
    public @Nullable Integer retentionDays() {
        return retentionDays;
    }

    /** Whether the instance is rebooted, so that its file systems are consistent. */
    public boolean reboot() {
        return reboot;
    }

    /** How many instances may be down at once. */
    public int rebootConcurrency() {
        return rebootConcurrency;
    }

    /** The template of the image name. */
    public String imageName() {
        return imageName;
    }

    /** The image's description; null for job and build. */
    public @Nullable String description() {
        return description;
    }

    /** Whether the instance's tags go onto image and snapshots. */
    public boolean copyTags() {
        return copyTags;
    }

    /** Further tags for the image. */
    public Map<String, String> imageTags() {
        return new LinkedHashMap<>(imageTags);
    }

    /** Whether snapshots get the image's tags, within CreateImage. */
    public boolean tagSnapshots() {
        return tagSnapshots;
    }

    /** Names of block devices that are left out of the image. */
    public List<String> excludeDevices() {
        return List.copyOf(excludeDevices);
    }

    public StatusCheck statusCheck() {
        return statusCheck;
    }

    /** How many images may be tried for one instance; conflicts and throttling do not count. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** From the lock on, in minutes, for one instance. */
    public int timeoutMinutes() {
        return timeoutMinutes;
    }

    public OnConflict onConflict() {
        return onConflict;
    }

    /** How long to wait for others, in minutes; 0 for ever. */
    public int conflictTimeoutMinutes() {
        return conflictTimeoutMinutes;
    }

    /** How old an image of another plan may be to serve this plan too, in minutes; 0 never shares. */
    public int shareWindowMinutes() {
        return shareWindowMinutes;
    }

    /** How many instances are worked on at once. */
    public int parallelism() {
        return parallelism;
    }

    /** More matching instances than this are an error; 0 for no limit. */
    public int maxInstances() {
        return maxInstances;
    }

    public IfNoInstances ifNoInstances() {
        return ifNoInstances;
    }

    public OnPartialFailure onPartialFailure() {
        return onPartialFailure;
    }

    /** An image that carries this tag is never rotated. */
    public String keepTag() {
        return keepTag;
    }

    /** When the image is marked deprecated, in days after it is made; null for never. */
    public @Nullable Integer deprecateAfterDays() {
        return deprecateAfterDays;
    }

    /** Whether to tell only what would be done. */
    public boolean dryRun() {
        return dryRun;
    }

    /** The rules of rotation. */
    public RotationRules rotationRules() {
        return new RotationRules(plan, generations, retentionDays, keepTag);
    }
}
