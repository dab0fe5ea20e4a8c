package io.jenkins.plugins.awsoperations.simulator;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One call that reached the simulator.
 *
 * @param sequence number of the call, from 1, without gaps
 * @param time simulated time of the call
 * @param service {@code ec2}, {@code sts}, {@code ssm}, {@code states}, {@code events}, {@code logs} or {@code s3}
 * @param action name of the action, for example {@code CreateImage}
 * @param parameters what was asked, sorted: query parameters as sent, without Action and Version; members of a JSON body
 *     by their path, with lists numbered from 1, as {@code Parameters.commands.1}; Bucket, Key and Range of an object
 * @param outcome {@link #OK}, {@link #REPLY_LOST}, {@link #REQUEST_LOST} or the AWS error code
 * @param requestId AWS request id of the reply
 * @param principal access key id of the caller; empty when the request was not signed
 * @param resource ids that the call created or removed, joined by commas; null when none
 */
public record Call(
        long sequence,
        Instant time,
        String service,
        String action,
        Map<String, String> parameters,
        String outcome,
        String requestId,
        String principal,
        @Nullable String resource) {

    /** Outcome of a call that was answered as asked. */
    public static final String OK = "OK";

    /** Outcome of a call that took effect, as far as it could, and whose reply never left. */
    public static final String REPLY_LOST = "REPLY_LOST";

    /** Outcome of a call whose connection was dropped before it had any effect. */
    public static final String REQUEST_LOST = "REQUEST_LOST";

    private static final Set<String> THROTTLED =
            Set.of("RequestLimitExceeded", "Throttling", "ThrottlingException", "SlowDown");

    /** Copies the parameters. */
    public Call {
        SortedMap<String, String> sorted = new TreeMap<>(parameters);
        parameters = Collections.unmodifiableSortedMap(sorted);
    }

    /** The value of a query parameter, or null when it was not sent. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /** Whether AWS would have counted and refused this call as throttled. */
    public boolean throttled() {
        return THROTTLED.contains(outcome);
    }
}
