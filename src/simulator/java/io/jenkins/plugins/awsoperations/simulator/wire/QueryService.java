package io.jenkins.plugins.awsoperations.simulator.wire;

/** A service that speaks the Query protocol. It is called by one thread at a time. */
public interface QueryService {

    /** Short name as in an endpoint and in the ledger, for example {@code ec2}. */
    String name();

    /** Version of the API, by which requests find their service. */
    String version();

    /** Whether the service has this action. */
    boolean knows(String action);

    /**
     * Does what a call asks and writes its reply.
     *
     * @throws AwsError with the error reply
     */
    void handle(ServiceCall call);

    /** The error that this service answers to keys that are no longer valid. */
    AwsError expired();

    /** The error that this service answers when it throttles. */
    AwsError throttled();

    /** The complete body of a reply. */
    XmlBody success(String action, XmlBody reply, String requestId);

    /** The complete body of an error reply. */
    XmlBody failure(AwsError error, String requestId);
}
