package io.jenkins.plugins.awsoperations.command;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run of {@code runOnTaggedInstance}. A plain class of texts and numbers, because it is kept with the build;
 * the outputs and what a Pipeline asked for are not.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "What the commands wrote may be long and may hold secrets: it is not kept with the build.")
public final class CommandResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String instanceId;
    private final String instanceName;
    private final @Nullable String commandId;
    private final @Nullable String status;
    private final @Nullable Integer exitCode;
    private final boolean truncated;
    private final int attempts;
    private final @Nullable String startedAt;
    private final @Nullable String endedAt;
    private final @Nullable String consoleUrl;
    private final @Nullable String outputUrl;
    private final @Nullable String unstableReason;
    private final transient @Nullable String stdout;
    private final transient @Nullable String stderr;
    private final transient @Nullable String completeStdout;

    CommandResult(CommandState state, @Nullable String unstableReason, @Nullable String completeStdout) {
        Invocation ended = state.ended;
        this.instanceId = state.instanceId == null ? "" : state.instanceId;
        this.instanceName = state.instanceName;
        this.commandId = state.commandId;
        this.status = ended == null ? null : ended.status().awsName();
        this.exitCode = ended == null ? null : ended.exitCode();
        this.truncated = ended != null && ended.isCut();
        this.attempts = state.attempt;
        this.startedAt = ended == null ? null : ended.startedAt();
        this.endedAt = ended == null ? null : ended.endedAt();
        this.consoleUrl = state.consoleUrl();
        this.outputUrl = state.outputUrl();
        this.unstableReason = unstableReason;
        this.stdout = ended == null ? null : ended.stdout();
        this.stderr = ended == null ? null : ended.stderr();
        this.completeStdout = completeStdout;
    }

    /** The worker, or an empty text when none was found. */
    public String instanceId() {
        return instanceId;
    }

    /** The worker's Name tag, or an empty text. */
    public String instanceName() {
        return instanceName;
    }

    /** AWS's id of the last command, or null when none was sent. */
    public @Nullable String commandId() {
        return commandId;
    }

    /** AWS's status details without spaces, as {@code ExecutionTimedOut}; null when the end was not seen. */
    public @Nullable String status() {
        return status;
    }

    /** The exit code, or null when the commands did not end by themselves. */
    public @Nullable Integer exitCode() {
        return exitCode;
    }

    /** Whether {@link #stdout} or {@link #stderr} is only the beginning. */
    public boolean isTruncated() {
        return truncated;
    }

    /** How often the commands were sent, retries of exit codes included. */
    public int attempts() {
        return attempts;
    }

    /** When the worker started the commands, ISO 8601; null when it did not. */
    public @Nullable String startedAt() {
        return startedAt;
    }

    /** When the worker ended them, ISO 8601; null when it did not. */
    public @Nullable String endedAt() {
        return endedAt;
    }

    /** The command's page in the AWS console. */
    public @Nullable String consoleUrl() {
        return consoleUrl;
    }

    /** Where the complete output is, if it is kept. */
    public @Nullable String outputUrl() {
        return outputUrl;
    }

    /** The beginning of standard output, at most 24,000 bytes; null in a result that was read back. */
    public @Nullable String stdout() {
        return stdout;
    }

    /** The beginning of standard error, at most 8,000 characters; null in a result that was read back. */
    public @Nullable String stderr() {
        return stderr;
    }

    /** All of standard output, when the request asks for it; null in a result that was read back. */
    public @Nullable String completeStdout() {
        return completeStdout;
    }

    /** Why the build should be unstable although the run succeeded, or null. */
    public @Nullable String unstableReason() {
        return unstableReason;
    }

    /** The same for Groovy and JSON, by the names of the documentation. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instanceId", instanceId);
        map.put("instanceName", instanceName);
        map.put("commandId", commandId);
        map.put("status", status);
        map.put("exitCode", exitCode);
        map.put("stdout", stdout);
        map.put("stderr", stderr);
        map.put("truncated", truncated);
        map.put("attempts", attempts);
        map.put("startedAt", startedAt);
        map.put("endedAt", endedAt);
        map.put("consoleUrl", consoleUrl);
        map.put("outputUrl", outputUrl);
        map.put("unstableReason", unstableReason);
        return map;
    }
}
