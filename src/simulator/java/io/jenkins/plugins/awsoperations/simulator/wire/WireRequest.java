package io.jenkins.plugins.awsoperations.simulator.wire;

import java.util.Map;

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

    /** The call that a service gets. */
    ServedCall call(CallFacts facts);

    /**
     * Does what was asked.
     *
     * @param call what {@link #call} made
     * @throws AwsError with the error reply
     */
    WireReply act(ServedCall call, String requestId);

    /** The error that the service answers to keys that are no longer valid. */
    AwsError expired();

    /** The error that the service answers when it throttles. */
    AwsError throttled();

    /** The error that the service answers when it is broken. */
    AwsError internalError();

    /** The reply that carries an error. */
    WireReply failure(AwsError error, String requestId);
}
