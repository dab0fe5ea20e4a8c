package io.jenkins.plugins.awsoperations.simulator.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of any protocol on its way through the {@link Gateway}. */
public interface WireRequest {

    /** Short name of the service as in the ledger, for example {@code ec2}. */
    String service();

    /** Name of the action; empty when the request has none. */
    String action();

    /** Everything that was asked, as a flat map in which lists are numbered from 1. */
    Map<String, String> parameters();

    /**
     * Whether the call only asks whether it would be permitted.
     *
     * @throws AwsError when the request says neither yes nor no
     */
    default boolean dryRun() {
        return false;
    }

    /** Whether EC2's buckets for all actions without one of their own limit this call too. */
    default boolean sharesDefaultBuckets() {
        return false;
    }

    /** Whether the call has neither filters nor ids nor a page size, which takes a bucket of its own. */
    default boolean unfiltered() {
        return false;
    }

    /**
     * Refuses what no service offers.
     *
     * @throws AwsError with the error reply
     */
    void check();

    /**
     * Does what was asked.
     *
     * @throws AwsError with the error reply
     */
    Acted act(CallFacts facts, String requestId);

    /** The error that the service answers to keys that are no longer valid. */
    AwsError expired();

    /** The error that the service answers when it throttles. */
    AwsError throttled();

    /** The error that the service answers when it is broken. */
    AwsError internalError();

    /** The reply that carries an error. */
    WireReply failure(AwsError error, String requestId);

    /**
     * What was done.
     *
     * @param reply the reply
     * @param resource ids of what was created or removed, joined by commas; null when none
     */
    record Acted(WireReply reply, @Nullable String resource) {

        /** A call that was handled, with its reply. */
        public static Acted of(ServedCall call, WireReply reply) {
            return new Acted(reply, call.resource());
        }
    }
}
