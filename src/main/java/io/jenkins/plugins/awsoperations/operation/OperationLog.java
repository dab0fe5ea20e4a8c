package io.jenkins.plugins.awsoperations.operation;

import java.nio.charset.StandardCharsets;

/** The log that a person reads: one line for each change of state, ids first, present tense, never one for each poll. */
@FunctionalInterface
public interface OperationLog {

    /** Starts every line of ours, so that they stand out in a build log. */
    String PREFIX = "[aws] ";

    /** Writes one line; it does not end in a line break. */
    void line(String text);

    /**
     * What a remote command wrote, byte for byte and in its order: whole lines, but for the very last one. Unless a log knows
     * better, it becomes lines of it.
     *
     * @param channel where the command wrote it to
     * @param bytes UTF-8, or whatever the command writes
     */
    default void output(OutputChannel channel, byte[] bytes) {
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(this::line);
    }

    /** The same log with {@link #PREFIX} before each line of ours; the output of remote commands stays as it is. */
    default OperationLog prefixed() {
        return new PrefixedLog(this);
    }
}
