package io.jenkins.plugins.awsoperations.simulator.wire;

/** A service that speaks JSON. It is called by one thread at a time. */
public interface JsonService {

    /** Short name as in an endpoint and in the ledger, for example {@code ssm}. */
    String name();

    /** What its targets begin with, for example {@code AmazonSSM}. */
    String targetPrefix();

    /** Version of the JSON protocol that its replies name. */
    default String version() {
        return "1.1";
    }

    /** Whether the service has this action. */
    boolean knows(String action);

    /**
     * Does what a call asks and writes its reply.
     *
     * @throws AwsError with the error reply
     */
    void handle(JsonCall call);
}
