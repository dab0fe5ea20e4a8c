package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.aws.AwsConsole;
import io.jenkins.plugins.awsoperations.backup.InstanceResult;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import java.time.Duration;
import java.time.Instant;

/** One instance of a run, as a row of the table. */
public final class BackupRow {

    private final String region;
    private final InstanceResult result;

    BackupRow(String region, InstanceResult result) {
        this.region = region;
        this.result = result;
    }

    @NonNull
    public String getInstanceId() {
        return result.instanceId();
    }

    @NonNull
    public String getName() {
        return result.name();
    }

    @CheckForNull
    public String getImageId() {
        return result.imageId();
    }

    @CheckForNull
    public String getImageName() {
        return result.imageName();
    }

    /** The image's page in the AWS console. */
    @CheckForNull
    public String getImageUrl() {
        return result.imageId() == null ? null : AwsConsole.image(region, result.imageId());
    }

    /** What became of it, in words. */
    @NonNull
    public String getState() {
        return switch (result.state()) {
            case AVAILABLE -> Messages.State_AVAILABLE();
            case PENDING -> Messages.State_PENDING();
            case SHARED -> Messages.State_SHARED();
            case SKIPPED -> Messages.State_SKIPPED();
            case FAILED -> Messages.State_FAILED();
            case CANCELLED -> Messages.State_CANCELLED();
            case PLANNED -> Messages.State_PLANNED();
        };
    }

    /** The symbol of what became of it, as builds have them. */
    @NonNull
    public String getIcon() {
        return switch (result.state()) {
            case AVAILABLE, SHARED -> "symbol-status-blue";
            case PENDING, PLANNED -> "symbol-status-nobuilt";
            case SKIPPED -> "symbol-status-disabled";
            case FAILED -> "symbol-status-red";
            case CANCELLED -> "symbol-status-aborted";
        };
    }

    public int getAttempts() {
        return result.attempts();
    }

    /** How long it waited for the lock, as 2 min 5 sec. */
    @NonNull
    public String getLockWait() {
        return result.lockWaitSeconds() < 1 ? "" : Util.getTimeSpanString((long) (result.lockWaitSeconds() * 1000));
    }

    /** How long it took from its begin to its end, waiting included. */
    @NonNull
    public String getDuration() {
        return getDurationMillis() < 0 ? "" : Util.getTimeSpanString(getDurationMillis());
    }

    /** For sorting, in milliseconds; -1 when it did not begin or not end. */
    public long getDurationMillis() {
        String from = result.startedAt();
        String to = result.endedAt();
        return from == null || to == null
                ? -1
                : Duration.between(Instant.parse(from), Instant.parse(to)).toMillis();
    }

    /** How many images rotation deleted. */
    public int getDeleted() {
        return result.deleted().size();
    }

    /** The images that rotation deleted. */
    @NonNull
    public String getDeletedIds() {
        return String.join(" ", result.deleted());
    }

    /** How many images of the plan there are now. */
    public int getKept() {
        return result.kept().size();
    }

    /** Why it failed or was skipped, or null. */
    @CheckForNull
    public String getReason() {
        return result.error() == null ? result.skippedReason() : result.error();
    }
}
