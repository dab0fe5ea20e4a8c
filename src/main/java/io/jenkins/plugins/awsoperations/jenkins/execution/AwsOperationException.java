package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * How a step of this plugin fails: the message says what failed and what to do; a Pipeline that catches it can ask for the
 * kind, AWS's own words, and for what was done all the same.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification =
                "What was written by commands and state machines is not to be found in a failure that was written down.")
public final class AwsOperationException extends AbortException {

    private static final long serialVersionUID = 1L;

    /** What a command or a state machine wrote: it may be long, and hold what the log hides. */
    static final Set<String> OUTPUTS = Set.of("stdout", "stderr", "output", "cause");

    private final OperationFailure failure;
    private final LinkedHashMap<String, Object> result;

    /** What an event tells of it also after a restart. */
    private final EventDetails keptDetails;

    private final transient EventDetails details;

    /** Not kept, because Pipeline writes a failure into the build's directory. */
    private final transient Map<String, Object> outputs;

    /** @param result what was done before the failure, or null */
    public AwsOperationException(OperationFailure failure, @CheckForNull Map<String, Object> result) {
        this(failure, result, EventDetails.none());
    }

    /**
     * @param result what was done before the failure, or null
     * @param details what an event tells of it; without secrets, because the beginning of it is kept
     */
    AwsOperationException(OperationFailure failure, @CheckForNull Map<String, Object> result, EventDetails details) {
        super(failure.describe());
        this.failure = failure;
        this.details = details;
        this.keptDetails = details.kept();
        this.result = result == null ? null : new LinkedHashMap<>(result);
        this.outputs = new HashMap<>();
        if (this.result != null) {
            this.result.replaceAll((key, value) -> {
                if (value == null || !OUTPUTS.contains(key)) {
                    return value;
                }
                outputs.put(key, value);
                return null;
            });
        }
    }

    /** For a failure that no operation told: it must not happen. */
    @NonNull
    static AwsOperationException unexpected(Throwable error, LoggedText log) throws IOException, InterruptedException {
        return new AwsOperationException(
                OperationFailure.of(
                        FailureKind.BUG,
                        log.of("unexpected " + error),
                        "This is a fault of AWS Operations: please report it with the stack trace."),
                null);
    }

    @NonNull
    public OperationFailure failure() {
        return failure;
    }

    /** What an event tells of it besides the failure; after a restart only the beginning of a long cause. */
    @NonNull
    public EventDetails details() {
        if (details != null) {
            return details;
        }
        return keptDetails == null ? EventDetails.none() : keptDetails;
    }

    /** The name of a {@link FailureKind}, as {@code ACCESS_DENIED}. */
    @Whitelisted
    @NonNull
    public String getKind() {
        return failure.kind().name();
    }

    /** AWS's error code, as {@code UnauthorizedOperation}. */
    @Whitelisted
    @CheckForNull
    public String getAwsCode() {
        return failure.awsCode();
    }

    /** AWS's request id, which its support asks for. */
    @Whitelisted
    @CheckForNull
    public String getRequestId() {
        return failure.requestId();
    }

    /**
     * What the step had done, in the form that it returns on success; null when it did nothing. What commands wrote is not part of
     * it any more after the controller was restarted.
     */
    @Whitelisted
    @CheckForNull
    public Map<String, Object> getResult() {
        if (result == null) {
            return null;
        }
        LinkedHashMap<String, Object> all = new LinkedHashMap<>(result);
        if (outputs != null) {
            all.putAll(outputs);
        }
        return all;
    }

    /** The exit code of a remote command, or null when there was none. */
    @Whitelisted
    @CheckForNull
    public Integer getExitCode() {
        return result != null && result.get("exitCode") instanceof Integer exitCode ? exitCode : null;
    }
}
