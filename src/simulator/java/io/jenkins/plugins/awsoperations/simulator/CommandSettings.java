package io.jenkins.plugins.awsoperations.simulator;

import java.time.Duration;

/**
 * What Run Command and CloudWatch Logs are like. All durations are simulated time.
 *
 * @param invocationDelay how long GetCommandInvocation answers InvocationDoesNotExist after SendCommand; default 2 s
 * @param delayedAfter how long an invocation is Pending before it is Delayed; default 30 s
 * @param spacedStatusDetails whether StatusDetails are written as in the user guide, {@code Delivery Timed Out}; default
 *     false: as the API writes them, {@code DeliveryTimedOut}
 * @param logVisibilityMin shortest time until an upload to CloudWatch Logs can be read; default 0
 * @param logVisibilityMax longest such time; default 2 s. Each upload's own is drawn from the seed, so that a later one
 *     may be seen before an earlier one
 * @param sloppyLogPages whether CloudWatch Logs now and then answers with half a page, or with an empty one, and a token
 *     for the rest, as it does in large groups; default false
 * @param agentNotesFailures whether the agent appends {@code failed to run commands: exit status 1} to the standard error
 *     of what fails, as its public source does (amazon-ssm-agent, runscript.go); default false
 * @param logsRepeatAfterReboot whether a command that runs again after a reboot sends its earlier output to CloudWatch
 *     Logs once more, as the agent's public source does (fileS3.go, cloudwatchlogsservice.go); default false
 * @param emptyLogPages how many empty pages with a token FilterLogEvents answers before the first one that may have events,
 *     as it does while it searches a large group; default 0
 * @param limits how much output fits where; default {@link OutputLimits#aws()}
 */
public record CommandSettings(
        Duration invocationDelay,
        Duration delayedAfter,
        boolean spacedStatusDetails,
        Duration logVisibilityMin,
        Duration logVisibilityMax,
        boolean sloppyLogPages,
        boolean agentNotesFailures,
        boolean logsRepeatAfterReboot,
        int emptyLogPages,
        OutputLimits limits) {

    /** Checks that the numbers make sense together. */
    public CommandSettings {
        if (logVisibilityMin.isNegative() || logVisibilityMax.compareTo(logVisibilityMin) < 0) {
            throw new IllegalArgumentException(
                    "log visibility from " + logVisibilityMin + " to " + logVisibilityMax + " is no range");
        }
    }
}
