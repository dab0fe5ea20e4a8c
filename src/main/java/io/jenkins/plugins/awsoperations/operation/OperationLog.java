package io.jenkins.plugins.awsoperations.operation;

/** The log that a person reads: one line for each change of state, ids first, present tense, never one for each poll. */
@FunctionalInterface
public interface OperationLog {

    /** Starts every line of ours, so that they stand out in a build log. */
    String PREFIX = "[aws] ";

    /** Writes one line; it does not end in a line break. */
    void line(String text);

    /** The same log with {@link #PREFIX} before each line. */
    default OperationLog prefixed() {
        return text -> line(PREFIX + text);
    }
}
