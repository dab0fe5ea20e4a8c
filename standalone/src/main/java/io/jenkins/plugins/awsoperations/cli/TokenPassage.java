package io.jenkins.plugins.awsoperations.cli;

/** When requests pass one of AWS's token buckets: at once while there are tokens, and otherwise as they come back. */
final class TokenPassage {

    private final double capacity;
    private final double refillPerSecond;
    private double tokens;
    private double now;

    /** A full bucket at second 0. */
    TokenPassage(double capacity, double refillPerSecond) {
        this.capacity = capacity;
        this.refillPerSecond = refillPerSecond;
        this.tokens = capacity;
    }

    /**
     * When a request passes that arrives at a second.
     *
     * @param arrival not before the one of the last request
     */
    double pass(double arrival) {
        double at = Math.max(now, arrival);
        tokens = Math.min(capacity, tokens + (at - now) * refillPerSecond);
        if (tokens < 1) {
            at += (1 - tokens) / refillPerSecond;
            tokens = 1;
        }
        tokens -= 1;
        now = at;
        return at;
    }
}
