package io.jenkins.plugins.awsoperations.operation;

/** Which of its two outputs a remote command wrote to. */
public enum OutputChannel {
    STDOUT("stdout"),
    STDERR("stderr");

    private final String label;

    OutputChannel(String label) {
        this.label = label;
    }

    /** Its usual name, in lower case. */
    public String label() {
        return label;
    }
}
