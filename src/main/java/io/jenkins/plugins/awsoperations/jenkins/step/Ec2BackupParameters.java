package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The parameters of {@code ec2Backup}, as Pipelines, forms and configuration files set them; their meaning and limits are those
 * of {@link BackupRequest}. Texts instead of enum types, so that a wrong one is answered with the right ones. A field that is null
 * has its default, because a job's config.xml is read without constructor, and may be older than the field.
 */
public abstract class Ec2BackupParameters extends AlertingStep {

    private Map<String, Object> tags;
    private List<String> instanceIds;
    private Map<String, Object> excludeTags;
    private String plan;
    private Integer generations;
    private Integer retentionDays;
    private Boolean reboot;
    private Integer rebootConcurrency;
    private String imageName;
    private String description;
    private Boolean copyTags;
    private Map<String, Object> imageTags;
    private Boolean tagSnapshots;
    private List<String> excludeDevices;
    private String statusCheck;
    private Integer maxAttempts;
    private Integer timeoutMinutes;
    private String onConflict;
    private Integer conflictTimeoutMinutes;
    private Integer shareWindowMinutes;
    private Integer parallelism;
    private Integer maxInstances;
    private String ifNoInstances;
    private String onPartialFailure;
    private String keepTag;
    private Integer deprecateAfterDays;
    private Boolean dryRun;

    /** The tags that an instance must carry: all keys, each with one of its values. */
    @CheckForNull
    public Map<String, Object> getTags() {
        return tags == null ? null : new LinkedHashMap<>(tags);
    }

    @DataBoundSetter
    public void setTags(Map<String, ?> tags) {
        this.tags = TagText.normal(tags);
    }

    /** The ids of the instances, instead of tags. */
    @CheckForNull
    public List<String> getInstanceIds() {
        return instanceIds == null ? null : new ArrayList<>(instanceIds);
    }

    @DataBoundSetter
    public void setInstanceIds(List<String> instanceIds) {
        this.instanceIds = ListText.normal(instanceIds);
    }

    /** An instance that carries one of these tags is left out. */
    @CheckForNull
    public Map<String, Object> getExcludeTags() {
        return excludeTags == null ? null : new LinkedHashMap<>(excludeTags);
    }

    @DataBoundSetter
    public void setExcludeTags(Map<String, ?> excludeTags) {
        this.excludeTags = TagText.normal(excludeTags);
    }

    /** The name of the rotation; null for the job's full name. */
    @CheckForNull
    public String getPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(String plan) {
        this.plan = Util.fixEmptyAndTrim(plan);
    }

    /** How many images to keep for each instance and plan; 0 keeps all; null for 7, or for the age alone. */
    @CheckForNull
    public Integer getGenerations() {
        return generations;
    }

    @DataBoundSetter
    public void setGenerations(Integer generations) {
        this.generations = generations;
    }

    /** How old an image may become, in days; null when the age does not count. */
    @CheckForNull
    public Integer getRetentionDays() {
        return retentionDays;
    }

    @DataBoundSetter
    public void setRetentionDays(Integer retentionDays) {
        this.retentionDays = retentionDays;
    }

    /** Whether instances are rebooted, so that their file systems are consistent. */
    public boolean isReboot() {
        return reboot != null && reboot;
    }

    @DataBoundSetter
    public void setReboot(boolean reboot) {
        this.reboot = reboot;
    }

    /** How many instances of this run may be down at once. */
    public int getRebootConcurrency() {
        return rebootConcurrency == null ? 1 : rebootConcurrency;
    }

    @DataBoundSetter
    public void setRebootConcurrency(int rebootConcurrency) {
        this.rebootConcurrency = rebootConcurrency;
    }

    /** The template of the image name. */
    @NonNull
    public String getImageName() {
        return imageName == null ? BackupRequest.DEFAULT_IMAGE_NAME : imageName;
    }

    @DataBoundSetter
    public void setImageName(String imageName) {
        this.imageName = Util.fixEmptyAndTrim(imageName);
    }

    /** The image's description; null for job and build. */
    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    /** Whether the instance's tags go onto image and snapshots. */
    public boolean isCopyTags() {
        return copyTags == null || copyTags;
    }

    @DataBoundSetter
    public void setCopyTags(boolean copyTags) {
        this.copyTags = copyTags;
    }

    /** Further tags for image and snapshots. */
    @CheckForNull
    public Map<String, Object> getImageTags() {
        return imageTags == null ? null : new LinkedHashMap<>(imageTags);
    }

    @DataBoundSetter
    public void setImageTags(Map<String, ?> imageTags) {
        this.imageTags = TagText.normal(imageTags);
    }

    /** Whether snapshots get the image's tags. */
    public boolean isTagSnapshots() {
        return tagSnapshots == null || tagSnapshots;
    }

    @DataBoundSetter
    public void setTagSnapshots(boolean tagSnapshots) {
        this.tagSnapshots = tagSnapshots;
    }

    /** Names of block devices that are left out of the image. */
    @CheckForNull
    public List<String> getExcludeDevices() {
        return excludeDevices == null ? null : new ArrayList<>(excludeDevices);
    }

    @DataBoundSetter
    public void setExcludeDevices(List<String> excludeDevices) {
        this.excludeDevices = ListText.normal(excludeDevices);
    }

    /** The name of a {@link BackupRequest.StatusCheck}. */
    @NonNull
    public String getStatusCheck() {
        return statusCheck == null ? BackupRequest.StatusCheck.RETRY.name() : statusCheck;
    }

    @DataBoundSetter
    public void setStatusCheck(String statusCheck) {
        this.statusCheck = Util.fixEmptyAndTrim(statusCheck);
    }

    /** How many images may be tried for one instance. */
    public int getMaxAttempts() {
        return maxAttempts == null ? 3 : maxAttempts;
    }

    @DataBoundSetter
    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /** How long one instance may take from its lock on, in minutes. */
    public int getTimeoutMinutes() {
        return timeoutMinutes == null ? 240 : timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    /** The name of a {@link BackupRequest.OnConflict}. */
    @NonNull
    public String getOnConflict() {
        return onConflict == null ? BackupRequest.OnConflict.WAIT.name() : onConflict;
    }

    @DataBoundSetter
    public void setOnConflict(String onConflict) {
        this.onConflict = Util.fixEmptyAndTrim(onConflict);
    }

    /** How long to wait for others, in minutes; 0 for ever. */
    public int getConflictTimeoutMinutes() {
        return conflictTimeoutMinutes == null ? 60 : conflictTimeoutMinutes;
    }

    @DataBoundSetter
    public void setConflictTimeoutMinutes(int conflictTimeoutMinutes) {
        this.conflictTimeoutMinutes = conflictTimeoutMinutes;
    }

    /** How old an image of another plan may be to serve this plan too, in minutes; 0 never shares. */
    public int getShareWindowMinutes() {
        return shareWindowMinutes == null ? 0 : shareWindowMinutes;
    }

    @DataBoundSetter
    public void setShareWindowMinutes(int shareWindowMinutes) {
        this.shareWindowMinutes = shareWindowMinutes;
    }

    /** How many instances are worked on at once. */
    public int getParallelism() {
        return parallelism == null ? 5 : parallelism;
    }

    @DataBoundSetter
    public void setParallelism(int parallelism) {
        this.parallelism = parallelism;
    }

    /** More matching instances than this are an error; 0 for no limit. */
    public int getMaxInstances() {
        return maxInstances == null ? 50 : maxInstances;
    }

    @DataBoundSetter
    public void setMaxInstances(int maxInstances) {
        this.maxInstances = maxInstances;
    }

    /** The name of a {@link BackupRequest.IfNoInstances}. */
    @NonNull
    public String getIfNoInstances() {
        return ifNoInstances == null ? BackupRequest.IfNoInstances.FAIL.name() : ifNoInstances;
    }

    @DataBoundSetter
    public void setIfNoInstances(String ifNoInstances) {
        this.ifNoInstances = Util.fixEmptyAndTrim(ifNoInstances);
    }

    /** The name of a {@link BackupRequest.OnPartialFailure}. */
    @NonNull
    public String getOnPartialFailure() {
        return onPartialFailure == null ? BackupRequest.OnPartialFailure.FAIL.name() : onPartialFailure;
    }

    @DataBoundSetter
    public void setOnPartialFailure(String onPartialFailure) {
        this.onPartialFailure = Util.fixEmptyAndTrim(onPartialFailure);
    }

    /** An image that carries this tag is never rotated. */
    @NonNull
    public String getKeepTag() {
        return keepTag == null ? BackupRequest.DEFAULT_KEEP_TAG : keepTag;
    }

    @DataBoundSetter
    public void setKeepTag(String keepTag) {
        this.keepTag = Util.fixEmptyAndTrim(keepTag);
    }

    /** When the image is marked deprecated, in days after it is made; null for never. */
    @CheckForNull
    public Integer getDeprecateAfterDays() {
        return deprecateAfterDays;
    }

    @DataBoundSetter
    public void setDeprecateAfterDays(Integer deprecateAfterDays) {
        this.deprecateAfterDays = deprecateAfterDays;
    }

    /** Whether to tell only what would be done. */
    public boolean isDryRun() {
        return dryRun != null && dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }
}
