package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.fleet.Strategy;
import io.jenkins.plugins.awsoperations.fleet.TagSelector;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run, on which sort of worker, and what its end means: every parameter of {@code runOnTaggedInstance}, valid by
 * construction. Build one with {@link #builder}; the limits and their reasons are in {@link CommandRequestRules}.
 */
public final class CommandRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The document for Linux and macOS workers when none is given. */
    public static final String SHELL_DOCUMENT = "AWS-RunShellScript";

    /** The document for Windows workers when none is given. */
    public static final String POWERSHELL_DOCUMENT = "AWS-RunPowerShellScript";

    /** How much output goes into the log when nothing is said: 10 MiB. */
    public static final int DEFAULT_MAX_LOG_BYTES = 10 * 1024 * 1024;

    /** What becomes of the command when the run is stopped. */
    public enum OnAbort {
        /** It is cancelled, and the log says whether it is proven to have stopped. */
        CANCEL,
        /** It goes on; the log says where to look for it. */
        DETACH
    }

    private final TagSelector tags;
    private final @Nullable String instanceId;
    private final ArrayList<String> commands;
    private final Strategy strategy;
    private final @Nullable String preferredInstanceId;
    private final int maxPerInstance;
    private final int busyRetries;
    private final int busyIntervalSeconds;
    private final double busyBackoff;
    private final @Nullable String workingDirectory;
    private final LinkedHashMap<String, String> environment;
    private final @Nullable String runAs;
    private final boolean failFast;
    private final int executionTimeoutSeconds;
    private final int deliveryTimeoutSeconds;
    private final @Nullable String documentName;
    private final LinkedHashMap<String, ArrayList<String>> documentParameters = new LinkedHashMap<>();
    private final int retries;
    private final ArrayList<Integer> retryExitCodes;
    private final int retryDelaySeconds;
    private final boolean returnStatus;
    private final boolean returnStdout;
    private final ArrayList<Integer> unstableExitCodes;
    private final @Nullable String logGroup;
    private final @Nullable String s3Bucket;
    private final @Nullable String s3Prefix;
    private final int maxLogBytes;
    private final OnAbort onAbort;

    CommandRequest(CommandRequestBuilder b) {
        this.tags = TagSelector.of(b.tags);
        this.instanceId = b.instanceId;
        this.commands = new ArrayList<>(b.commands);
        this.strategy = b.strategy;
        this.preferredInstanceId = b.preferredInstanceId;
        this.maxPerInstance = b.maxPerInstance;
        this.busyRetries = b.busyRetries;
        this.busyIntervalSeconds = b.busyIntervalSeconds;
        this.busyBackoff = b.busyBackoff;
        this.workingDirectory = b.workingDirectory;
        this.environment = new LinkedHashMap<>(b.environment);
        this.runAs = b.runAs;
        this.failFast = b.failFast;
        this.executionTimeoutSeconds = b.executionTimeoutSeconds;
        this.deliveryTimeoutSeconds = b.deliveryTimeoutSeconds;
        this.documentName = b.documentName;
        b.documentParameters.forEach((key, values) -> documentParameters.put(key, new ArrayList<>(values)));
        this.retries = b.retries;
        this.retryExitCodes = new ArrayList<>(b.retryExitCodes);
        this.retryDelaySeconds = b.retryDelaySeconds;
        this.returnStatus = b.returnStatus;
        this.returnStdout = b.returnStdout;
        this.unstableExitCodes = new ArrayList<>(b.unstableExitCodes);
        this.logGroup = b.logGroup;
        this.s3Bucket = b.s3Bucket;
        this.s3Prefix = b.s3Prefix;
        this.maxLogBytes = b.maxLogBytes;
        this.onAbort = b.onAbort;
    }

    public static CommandRequestBuilder builder() {
        return new CommandRequestBuilder();
    }

    /** The tags that a worker must carry; empty when it is named by its id. */
    public TagSelector tags() {
        return tags;
    }

    /** The one worker that may be taken, or null for any that carries the tags. */
    public @Nullable String instanceId() {
        return instanceId;
    }

    /** The commands, in their order; each may have several lines. Empty when the document has parameters of its own. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** How one of the free workers is chosen. */
    public Strategy strategy() {
        return strategy;
    }

    /** The worker that {@link Strategy#STICKY} prefers, or null when there is none yet. */
    public @Nullable String preferredInstanceId() {
        return preferredInstanceId;
    }

    /** How many commands of this product one worker may have at once; 0 for no limit. */
    public int maxPerInstance() {
        return maxPerInstance;
    }

    /** How often to look again when no worker is free. */
    public int busyRetries() {
        return busyRetries;
    }

    /** How long to wait for a free worker: exactly, without chance. */
    public Duration busyDelay(int wait) {
        return Duration.ofMillis(Math.round(busyIntervalSeconds * 1000.0 * Math.pow(busyBackoff, wait)));
    }

    /** An absolute path on the worker, or null for where its agent starts commands. */
    public @Nullable String workingDirectory() {
        return workingDirectory;
    }

    /** Environment variables of the commands. */
    public Map<String, String> environment() {
        return new LinkedHashMap<>(environment);
    }

    /** The Linux or macOS user who runs the commands, or null for root. */
    public @Nullable String runAs() {
        return runAs;
    }

    /** Whether the first command that fails is the last one. */
    public boolean failFast() {
        return failFast;
    }

    /** How long the commands may run before the agent kills them; it knows nothing shorter than 5 seconds. */
    public int executionTimeoutSeconds() {
        return executionTimeoutSeconds;
    }

    /** How long the agent may take until it starts them. */
    public int deliveryTimeoutSeconds() {
        return deliveryTimeoutSeconds;
    }

    /** The command document, or null for the one of the worker's platform. */
    public @Nullable String documentName() {
        return documentName;
    }

    /** Parameters of the document besides those that this request makes. */
    public Map<String, List<String>> documentParameters() {
        return new LinkedHashMap<>(documentParameters);
    }

    /** How often the commands are run again after an exit code of {@link #retryExitCodes}. */
    public int retries() {
        return retries;
    }

    /** The exit codes that the commands' author declares worth another try. */
    public List<Integer> retryExitCodes() {
        return List.copyOf(retryExitCodes);
    }

    /** How long to wait before such a try. */
    public int retryDelaySeconds() {
        return retryDelaySeconds;
    }

    /** Whether the exit code is the result, whatever it is. */
    public boolean returnStatus() {
        return returnStatus;
    }

    /** Whether standard output is the result, and not in the log. */
    public boolean returnStdout() {
        return returnStdout;
    }

    /** The exit codes that make a build unstable instead of failed. */
    public List<Integer> unstableExitCodes() {
        return List.copyOf(unstableExitCodes);
    }

    /** The CloudWatch log group that the worker writes the output to, or null. */
    public @Nullable String logGroup() {
        return logGroup;
    }

    /** The bucket that the worker writes the complete output to, or null. */
    public @Nullable String s3Bucket() {
        return s3Bucket;
    }

    /** The beginning of the output's keys in the bucket, or null. */
    public @Nullable String s3Prefix() {
        return s3Prefix;
    }

    /** How many bytes of output go into the log at most. */
    public int maxLogBytes() {
        return maxLogBytes;
    }

    /** What becomes of the command when the run is stopped. */
    public OnAbort onAbort() {
        return onAbort;
    }
}
