package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
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
        justification = "What a command wrote is not to be found in a failure that was written down.")
public final class AwsOperationException extends AbortException {

    private static final long serialVersionUID = 1L;

    /** What a command wrote: it may be long, and hold what the log hides. */
    private static final Set<String> OUTPUTS = Set.of("stdout", "stderr");

    private final OperationFailure failure;
    private final LinkedHashMap<String, Object> result;

    /** Not kept, because Pipeline writes a failure into the build's directory. */
    private final transient Map<String, Object> outputs;

    /** @param result what was done before the failure, or null */
    public AwsOperationException(OperationFailure failure, @CheckForNull Map<String, Object> result) {
        super(failure.describe());
        this.failure = failure;
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

    @NonNull
    public OperationFailure failure() {
        return failure;
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
