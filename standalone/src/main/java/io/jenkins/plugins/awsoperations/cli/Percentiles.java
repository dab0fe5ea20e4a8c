package io.jenkins.plugins.awsoperations.cli;

import java.util.Arrays;

/**
 * Seconds, in tenths: how long half of them take at most, how long nineteen of twenty, and the longest.
 *
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param max the longest
 */
record Percentiles(double p50, double p95, double max) {

    static Percentiles of(double[] values) {
        if (values.length == 0) {
            return new Percentiles(0, 0, 0);
        }
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return new Percentiles(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 1));
    }

    /** The least value that so large a share does not exceed. */
    private static double at(double[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return Math.round(sorted[Math.max(1, rank) - 1] * 10) / 10.0;
    }
}
