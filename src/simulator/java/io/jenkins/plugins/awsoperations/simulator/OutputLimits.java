package io.jenkins.plugins.awsoperations.simulator;

/**
 * How much output fits where.
 *
 * @param replyBytes bytes in each of the two outputs that the agent reports, of which the last ones say that more was cut off;
 *     default 24,000 (the agent's source: StringPrefix counts bytes, and takes the limit of stdout for both)
 * @param stdoutCharacters characters in StandardOutputContent of GetCommandInvocation; default 24,000 (API reference)
 * @param stderrCharacters characters in StandardErrorContent; default 8,000 (API reference)
 * @param pluginCharacters characters in Output of ListCommandInvocations; default 2,500 (API reference)
 * @param logEventBytes bytes in an event that the agent sends to CloudWatch Logs; default 200,000 (the agent's source)
 * @param logEventsPerUpload events that it sends at once; default 4 (the agent's source)
 * @param logPageBytes bytes of messages in a reply of CloudWatch Logs; default 1 MB (API reference)
 * @param logPageEvents events in such a reply; default 10,000 (API reference)
 */
public record OutputLimits(
        int replyBytes,
        int stdoutCharacters,
        int stderrCharacters,
        int pluginCharacters,
        int logEventBytes,
        int logEventsPerUpload,
        int logPageBytes,
        int logPageEvents) {

    /** Checks that there is room for something. */
    public OutputLimits {
        if (replyBytes < 0
                || stdoutCharacters < 0
                || stderrCharacters < 0
                || pluginCharacters < 0
                || logEventBytes < 1
                || logEventsPerUpload < 1
                || logPageBytes < 1
                || logPageEvents < 1) {
            throw new IllegalArgumentException("there must be room for something");
        }
    }

    /** The sizes that AWS publishes. */
    public static OutputLimits aws() {
        return new OutputLimits(24_000, 24_000, 8_000, 2_500, 200_000, 4, 1 << 20, 10_000);
    }

    /** With replies of CloudWatch Logs of this size. */
    public OutputLimits logPages(int bytes, int events) {
        return new OutputLimits(
                replyBytes,
                stdoutCharacters,
                stderrCharacters,
                pluginCharacters,
                logEventBytes,
                logEventsPerUpload,
                bytes,
                events);
    }

    /** With so much in the replies of GetCommandInvocation. */
    public OutputLimits content(int stdout, int stderr) {
        return new OutputLimits(
                replyBytes,
                stdout,
                stderr,
                pluginCharacters,
                logEventBytes,
                logEventsPerUpload,
                logPageBytes,
                logPageEvents);
    }

    /** With events of this size, so many of which are sent at once. */
    public OutputLimits logEvents(int bytes, int perUpload) {
        return new OutputLimits(
                replyBytes,
                stdoutCharacters,
                stderrCharacters,
                pluginCharacters,
                bytes,
                perUpload,
                logPageBytes,
                logPageEvents);
    }
}
