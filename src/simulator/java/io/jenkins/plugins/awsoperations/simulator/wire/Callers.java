package io.jenkins.plugins.awsoperations.simulator.wire;

import java.time.Instant;

/** Who the callers are, by their access key ids. */
public interface Callers {

    /** ARN of the user or of the assumed role's session. */
    String arnOf(String accessKeyId);

    /** Whether these are temporary keys whose time is over. */
    boolean expired(String accessKeyId, Instant now);
}
