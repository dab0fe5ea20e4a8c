package io.jenkins.plugins.awsoperations.operation;

/**
 * A log whose own lines begin with {@link OperationLog#PREFIX}.
 *
 * @param plain where they are written
 */
record PrefixedLog(OperationLog plain) implements OperationLog {

    @Override
    public void line(String text) {
        plain.line(PREFIX + text);
    }

    @Override
    public void output(OutputChannel channel, byte[] bytes) {
        plain.output(channel, bytes);
    }
}
