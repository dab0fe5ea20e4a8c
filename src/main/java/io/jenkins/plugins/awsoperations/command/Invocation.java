package io.jenkins.plugins.awsoperations.command;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What AWS tells of a command on its worker.
 *
 * @param status where it stands
 * @param details AWS's own word for it
 * @param exitCode null as long as there is none: AWS says -1
 * @param stdout the beginning of standard output; empty until it has ended
 * @param isStdoutCut whether there is more of it
 * @param stderr the beginning of standard error
 * @param isStderrCut whether there is more of it
 * @param startedAt ISO 8601, null when the worker has not started it
 * @param endedAt ISO 8601, null when it has not ended
 * @param stdoutUrl where standard output is in S3, or null
 * @param stderrUrl where standard error is in S3, or null
 */
record Invocation(
        CommandStatus status,
        String details,
        @Nullable Integer exitCode,
        String stdout,
        boolean isStdoutCut,
        String stderr,
        boolean isStderrCut,
        @Nullable String startedAt,
        @Nullable String endedAt,
        @Nullable String stdoutUrl,
        @Nullable String stderrUrl)
        implements Serializable {

    /** GetCommandInvocation gives no more characters of standard output (Systems Manager API reference). */
    static final int MOST_STDOUT = 24_000;

    /** GetCommandInvocation gives no more characters of standard error (Systems Manager API reference). */
    static final int MOST_STDERR = 8_000;

    /** Whether there is more of one of the outputs. */
    boolean isCut() {
        return isStdoutCut || isStderrCut;
    }
}
