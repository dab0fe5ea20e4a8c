package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The parameters of {@code runOnTaggedInstance}, as Pipelines, forms and configuration files set them; their meaning and limits are
 * those of {@link CommandRequest}. A field that is null has its default, because a job's config.xml is read without constructor, and
 * may be older than the field.
 */
public abstract class RunOnTaggedInstanceParameters extends AlertingStep {

    private Map<String, Object> tags;
    private List<String> commands;
    private String instanceId;
    private String strategy;
    private Integer maxPerInstance;
    private Integer busyRetries;
    private Integer busyIntervalSeconds;
    private Double busyBackoff;
    private String workingDirectory;
    private Map<String, Object> environment;
    private String runAs;
    private Boolean failFast;
    private Integer executionTimeoutSeconds;
    private Integer deliveryTimeoutSeconds;
    private String documentName;
    private Map<String, Object> documentParameters;
    private Integer retries;
    private List<Integer> retryExitCodes;
    private Integer retryDelaySeconds;
    private Boolean returnStatus;
    private Boolean returnStdout;
    private List<Integer> unstableExitCodes;
    private String logGroup;
    private String s3Bucket;
    private String s3Prefix;
    private Integer maxLogBytes;
    private String onAbort;

    /** The tags that a worker must carry: all keys, each with one of its values. */
    @CheckForNull
    public Map<String, Object> getTags() {
        return tags == null ? null : new LinkedHashMap<>(tags);
    }

    @DataBoundSetter
    public void setTags(Map<String, ?> tags) {
        this.tags = TagText.normal(tags);
    }

    /** The commands, in their order; each may have several lines. */
    @CheckForNull
    public List<String> getCommands() {
        return commands == null ? null : new ArrayList<>(commands);
    }

    /** @param commands a list, or one text; an {@code Object}, because Declarative Pipelines take a text for nothing else */
    @DataBoundSetter
    public void setCommands(Object commands) {
        this.commands = CommandText.normal(commands);
    }

    /** The one worker that may be taken; null for any that carries the tags. */
    @CheckForNull
    public String getInstanceId() {
        return instanceId;
    }

    @DataBoundSetter
    public void setInstanceId(String instanceId) {
        this.instanceId = Util.fixEmptyAndTrim(instanceId);
    }

    /** The name of a {@link Strategy}. */
    @NonNull
    public String getStrategy() {
        return strategy == null ? Strategy.RANDOM.name() : strategy;
    }

    @DataBoundSetter
    public void setStrategy(String strategy) {
        this.strategy = Util.fixEmptyAndTrim(strategy);
    }

    /** How many commands of this plugin one worker may have at once; 0 for no limit. */
    public int getMaxPerInstance() {
        return maxPerInstance == null ? 1 : maxPerInstance;
    }

    @DataBoundSetter
    public void setMaxPerInstance(int maxPerInstance) {
        this.maxPerInstance = maxPerInstance;
    }

    /** How often to look again when no worker is free. */
    public int getBusyRetries() {
        return busyRetries == null ? 2 : busyRetries;
    }

    @DataBoundSetter
    public void setBusyRetries(int busyRetries) {
        this.busyRetries = busyRetries;
    }

    /** How long to wait for a free worker the first time, in seconds. */
    public int getBusyIntervalSeconds() {
        return busyIntervalSeconds == null ? 100 : busyIntervalSeconds;
    }

    @DataBoundSetter
    public void setBusyIntervalSeconds(int busyIntervalSeconds) {
        this.busyIntervalSeconds = busyIntervalSeconds;
    }

    /** By which factor each further wait is longer. */
    public double getBusyBackoff() {
        return busyBackoff == null ? 2.0 : busyBackoff;
    }

    @DataBoundSetter
    public void setBusyBackoff(double busyBackoff) {
        this.busyBackoff = busyBackoff;
    }

    /** Where the commands begin, an absolute path; null for where the agent starts them. */
    @CheckForNull
    public String getWorkingDirectory() {
        return workingDirectory;
    }

    @DataBoundSetter
    public void setWorkingDirectory(String workingDirectory) {
        this.workingDirectory = Util.fixEmptyAndTrim(workingDirectory);
    }

    /** Environment variables of the commands. */
    @CheckForNull
    public Map<String, Object> getEnvironment() {
        return environment == null ? null : new LinkedHashMap<>(environment);
    }

    @DataBoundSetter
    public void setEnvironment(Map<String, ?> environment) {
        this.environment = TagText.normal(environment);
    }

    /** The Linux or macOS user who runs the commands; null for root. */
    @CheckForNull
    public String getRunAs() {
        return runAs;
    }

    @DataBoundSetter
    public void setRunAs(String runAs) {
        this.runAs = Util.fixEmptyAndTrim(runAs);
    }

    /** Whether the first command that fails is the last one. */
    public boolean isFailFast() {
        return failFast == null || failFast;
    }

    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    /** How long the commands may run, in seconds. */
    public int getExecutionTimeoutSeconds() {
        return executionTimeoutSeconds == null ? 3600 : executionTimeoutSeconds;
    }

    @DataBoundSetter
    public void setExecutionTimeoutSeconds(int executionTimeoutSeconds) {
        this.executionTimeoutSeconds = executionTimeoutSeconds;
    }

    /** How long the agent may take until it starts them, in seconds. */
    public int getDeliveryTimeoutSeconds() {
        return deliveryTimeoutSeconds == null ? 600 : deliveryTimeoutSeconds;
    }

    @DataBoundSetter
    public void setDeliveryTimeoutSeconds(int deliveryTimeoutSeconds) {
        this.deliveryTimeoutSeconds = deliveryTimeoutSeconds;
    }

    /** The command document; null for the one of the worker's platform. */
    @CheckForNull
    public String getDocumentName() {
        return documentName;
    }

    @DataBoundSetter
    public void setDocumentName(String documentName) {
        this.documentName = Util.fixEmptyAndTrim(documentName);
    }

    /** Parameters of the document, besides those that are made of the other parameters. */
    @CheckForNull
    public Map<String, Object> getDocumentParameters() {
        return documentParameters == null ? null : new LinkedHashMap<>(documentParameters);
    }

    @DataBoundSetter
    public void setDocumentParameters(Map<String, ?> documentParameters) {
        this.documentParameters = TagText.normal(documentParameters);
    }

    /** How often the commands are run again after one of the exit codes that are worth it. */
    public int getRetries() {
        return retries == null ? 0 : retries;
    }

    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = retries;
    }

    /** The exit codes that are worth another try. */
    @CheckForNull
    public List<Integer> getRetryExitCodes() {
        return retryExitCodes == null ? null : new ArrayList<>(retryExitCodes);
    }

    @DataBoundSetter
    public void setRetryExitCodes(List<Integer> retryExitCodes) {
        this.retryExitCodes =
                retryExitCodes == null || retryExitCodes.isEmpty() ? null : new ArrayList<>(retryExitCodes);
    }

    /** How long to wait before another try, in seconds. */
    public int getRetryDelaySeconds() {
        return retryDelaySeconds == null ? 60 : retryDelaySeconds;
    }

    @DataBoundSetter
    public void setRetryDelaySeconds(int retryDelaySeconds) {
        this.retryDelaySeconds = retryDelaySeconds;
    }

    /** Whether the exit code is what the step returns, whatever it is. */
    public boolean isReturnStatus() {
        return returnStatus != null && returnStatus;
    }

    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    /** Whether standard output is what the step returns. */
    public boolean isReturnStdout() {
        return returnStdout != null && returnStdout;
    }

    @DataBoundSetter
    public void setReturnStdout(boolean returnStdout) {
        this.returnStdout = returnStdout;
    }

    /** The exit codes that make the build unstable instead of failed. */
    @CheckForNull
    public List<Integer> getUnstableExitCodes() {
        return unstableExitCodes == null ? null : new ArrayList<>(unstableExitCodes);
    }

    @DataBoundSetter
    public void setUnstableExitCodes(List<Integer> unstableExitCodes) {
        this.unstableExitCodes =
                unstableExitCodes == null || unstableExitCodes.isEmpty() ? null : new ArrayList<>(unstableExitCodes);
    }

    /** The CloudWatch log group that the worker writes the output to. */
    @CheckForNull
    public String getLogGroup() {
        return logGroup;
    }

    @DataBoundSetter
    public void setLogGroup(String logGroup) {
        this.logGroup = Util.fixEmptyAndTrim(logGroup);
    }

    /** The bucket that the worker writes the complete output to. */
    @CheckForNull
    public String getS3Bucket() {
        return s3Bucket;
    }

    @DataBoundSetter
    public void setS3Bucket(String s3Bucket) {
        this.s3Bucket = Util.fixEmptyAndTrim(s3Bucket);
    }

    /** How the output's keys in the bucket begin. */
    @CheckForNull
    public String getS3Prefix() {
        return s3Prefix;
    }

    @DataBoundSetter
    public void setS3Prefix(String s3Prefix) {
        this.s3Prefix = Util.fixEmptyAndTrim(s3Prefix);
    }

    /** How many bytes of output go into the build's log at most. */
    public int getMaxLogBytes() {
        return maxLogBytes == null ? CommandRequest.DEFAULT_MAX_LOG_BYTES : maxLogBytes;
    }

    @DataBoundSetter
    public void setMaxLogBytes(int maxLogBytes) {
        this.maxLogBytes = maxLogBytes;
    }

    /** The name of a {@link CommandRequest.OnAbort}. */
    @NonNull
    public String getOnAbort() {
        return onAbort == null ? CommandRequest.OnAbort.CANCEL.name() : onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(String onAbort) {
        this.onAbort = Util.fixEmptyAndTrim(onAbort);
    }
}
