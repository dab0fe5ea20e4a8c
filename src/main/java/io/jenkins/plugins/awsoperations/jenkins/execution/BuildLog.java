package io.jenkins.plugins.awsoperations.jenkins.execution;

import hudson.model.TaskListener;
import io.jenkins.plugins.awsoperations.operation.OperationLog;

/** A build's log as operations write to it. */
final class BuildLog {

    private BuildLog() {}

    /** Every line begins with our prefix. */
    static OperationLog of(TaskListener listener) {
        OperationLog lines = listener.getLogger()::println;
        return lines.prefixed();
    }
}
