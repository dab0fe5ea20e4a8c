package io.jenkins.plugins.awsoperations.statemachine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The chosen names that this process has just asked AWS to give to executions. AWS shows a new execution only after a moment, and
 * answers whoever asks for the same name and input until then as it answered the first: two builds would follow one execution.
 */
final class NamesBeingGiven {

    /** After that AWS shows the execution. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);

    private final Map<String, Claim> claims = new HashMap<>();

    /** Whether the run may ask for the execution's name now, because no other has within the last minute. */
    synchronized boolean claim(String executionArn, String run, Instant now) {
        claims.values().removeIf(claim -> claim.at().plus(SHOWN_WITHIN).isBefore(now));
        Claim before = claims.get(executionArn);
        if (before != null && !before.run().equals(run)) {
            return false;
        }
        claims.put(executionArn, new Claim(run, now));
        return true;
    }

    /** The run has not got the name, and somebody else may. */
    synchronized void release(String executionArn, String run) {
        Claim claim = claims.get(executionArn);
        if (claim != null && claim.run().equals(run)) {
            claims.remove(executionArn);
        }
    }

    private record Claim(String run, Instant at) {}
}
