package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.IfNoInstances;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnConflict;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnPartialFailure;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the parameters; each setter's meaning is that of the getter of {@link BackupRequest}. */
public final class BackupRequestBuilder {

    final Map<String, List<String>> tags = new TreeMap<>();
    final List<String> instanceIds = new ArrayList<>();
    final Map<String, List<String>> excludeTags = new TreeMap<>();
    String plan = "";

    @Nullable
    Integer generations;

    @Nullable
    Integer retentionDays;

    boolean reboot;
    int rebootConcurrency = 1;
    String imageName = BackupRequest.DEFAULT_IMAGE_NAME;

    @Nullable
    String description;

    boolean copyTags = true;
    final Map<String, String> imageTags = new LinkedHashMap<>();
    boolean tagSnapshots = true;
    final List<String> excludeDevices = new ArrayList<>();
    StatusCheck statusCheck = StatusCheck.RETRY;
    int maxAttempts = 3;
    int timeoutMinutes = 240;
    OnConflict onConflict = OnConflict.WAIT;
    int conflictTimeoutMinutes = 60;
    int shareWindowMinutes;
    int parallelism = 5;
    int maxInstances = 50;
    IfNoInstances ifNoInstances = IfNoInstances.FAIL;
    OnPartialFailure onPartialFailure = OnPartialFailure.FAIL;
    String keepTag = BackupRequest.DEFAULT_KEEP_TAG;

    @Nullable
    Integer deprecateAfterDays;

    boolean dryRun;

    BackupRequestBuilder() {}

    public BackupRequestBuilder tag(String key, String... values) {
        tags.computeIfAbsent(key, k -> new ArrayList<>()).addAll(List.of(values));
        return this;
    }

    public BackupRequestBuilder instanceIds(Collection<String> values) {
        instanceIds.addAll(values);
        return this;
    }

    public BackupRequestBuilder excludeTag(String key, String... values) {
        excludeTags.computeIfAbsent(key, k -> new ArrayList<>()).addAll(List.of(values));
        return this;
    }

    public BackupRequestBuilder plan(String value) {
        plan = value;
        return this;
    }

    public BackupRequestBuilder generations(@Nullable Integer value) {
        generations = value;
        return this;
    }

    public BackupRequestBuilder retentionDays(@Nullable Integer value) {
        retentionDays = value;
        return this;
    }

    public BackupRequestBuilder reboot(boolean value) {
        reboot = value;
        return this;
    }

    public BackupRequestBuilder rebootConcurrency(int value) {
        rebootConcurrency = value;
        return this;
    }

    public BackupRequestBuilder imageName(String value) {
        imageName = value;
        return this;
    }

    public BackupRequestBuilder description(@Nullable String value) {
        description = value;
        return this;
    }

    public BackupRequestBuilder copyTags(boolean value) {
        copyTags = value;
        return this;
    }

    public BackupRequestBuilder imageTag(String key, String value) {
        imageTags.put(key, value);
        return this;
    }

    public BackupRequestBuilder tagSnapshots(boolean value) {
        tagSnapshots = value;
        return this;
    }

    public BackupRequestBuilder excludeDevices(Collection<String> values) {
        excludeDevices.addAll(values);
        return this;
    }

    public BackupRequestBuilder statusCheck(StatusCheck value) {
        statusCheck = value;
        return this;
    }

    public BackupRequestBuilder maxAttempts(int value) {
        maxAttempts = value;
        return this;
    }

    public BackupRequestBuilder timeoutMinutes(int value) {
        timeoutMinutes = value;
        return this;
    }

    public BackupRequestBuilder onConflict(OnConflict value) {
        onConflict = value;
        return this;
    }

    public BackupRequestBuilder conflictTimeoutMinutes(int value) {
        conflictTimeoutMinutes = value;
        return this;
    }

    public BackupRequestBuilder shareWindowMinutes(int value) {
        shareWindowMinutes = value;
        return this;
    }

    public BackupRequestBuilder parallelism(int value) {
        parallelism = value;
        return this;
    }

    public BackupRequestBuilder maxInstances(int value) {
        maxInstances = value;
        return this;
    }

    public BackupRequestBuilder ifNoInstances(IfNoInstances value) {
        ifNoInstances = value;
        return this;
    }

    public BackupRequestBuilder onPartialFailure(OnPartialFailure value) {
        onPartialFailure = value;
        return this;
    }

    public BackupRequestBuilder keepTag(String value) {
        keepTag = value;
        return this;
    }

    public BackupRequestBuilder deprecateAfterDays(@Nullable Integer value) {
        deprecateAfterDays = value;
        return this;
    }

    public BackupRequestBuilder dryRun(boolean value) {
        dryRun = value;
        return this;
    }

    /** What is wrong with the parameters, by field; empty when they are valid. */
    public List<Problem> problems() {
        return BackupRequestRules.check(this);
    }

    /** @throws OperationException of kind CONFIGURATION that names every field that is wrong */
    public BackupRequest build() {
        Problems.refuse(problems());
        return new BackupRequest(this);
    }
}
