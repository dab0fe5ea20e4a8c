package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.operation.RunIdentity;

/**
 * Names of executions: {@code <job>-<build>-<token>}, the same whenever the same run asks, so that AWS itself sees that it starts
 * nothing twice. Only characters that CloudWatch takes, too (Step Functions API reference, StartExecution, name).
 */
final class ExecutionName {

    /** AWS's limit. */
    static final int LONGEST = 80;

    private ExecutionName() {}

    static String of(RunIdentity run) {
        String end = "-" + clean(run.build()) + "-" + run.token();
        String tail = end.length() <= LONGEST ? end : end.substring(end.length() - LONGEST);
        String job = clean(run.job());
        return job.substring(0, Math.min(job.length(), LONGEST - tail.length())) + tail;
    }

    private static String clean(String text) {
        return text.replaceAll("[^0-9A-Za-z_-]+", "-");
    }
}
