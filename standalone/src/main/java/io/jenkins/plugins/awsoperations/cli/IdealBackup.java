package io.jenkins.plugins.awsoperations.cli;

import java.util.Arrays;

/**
 * The shortest time in which AWS's published request buckets let a number of instances be backed up and rotated: every
 * CreateImage leaves as soon as a token is there, is available after its duration, and is at once followed by the
 * DeregisterImage that it makes necessary, as soon as a token of that bucket is there.
 *
 * <p>Numbers: Amazon EC2 developer guide, "Request throttling": mutating actions 50 and 5 a second, DeregisterImage 100 and 5 a
 * second. Reads, latency and the engine's own work take no time here.
 */
final class IdealBackup {

    private final double imageSeconds;

    IdealBackup(double imageSeconds) {
        this.imageSeconds = imageSeconds;
    }

    /** Seconds from the first request to the last. */
    double makespan(int instances) {
        double[] accepted = pass(new double[instances], 50, 5);
        double[] available = Arrays.stream(accepted).map(t -> t + imageSeconds).toArray();
        double[] deleted = pass(available, 100, 5);
        return deleted[instances - 1];
    }

    /** When requests that arrive at these times pass a token bucket. */
    private static double[] pass(double[] arrivals, double capacity, double refillPerSecond) {
        TokenPassage bucket = new TokenPassage(capacity, refillPerSecond);
        return Arrays.stream(arrivals).map(bucket::pass).toArray();
    }
}
