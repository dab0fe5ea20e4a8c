package io.jenkins.plugins.awsoperations.cli;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * How soon the ends of executions can be noticed within AWS's published request buckets. Latency and the engine's own work take no
 * time here.
 *
 * <p>Numbers: Step Functions developer guide, "Quotas related to API action throttling", those of most regions: DescribeExecution
 * 250 and 10 a second, GetExecutionHistory 400 and 20 a second.
 */
final class IdealAwait {

    private final double[] ends;

    /** @param ends the second in which each execution ends, counted from when all have been started */
    IdealAwait(double[] ends) {
        this.ends = ends.clone();
    }

    /**
     * With DescribeExecution alone: whenever there is a token, the execution that was not asked for longest is asked for. Of n that
     * run, each has its turn every n / 10 seconds, and an end that falls anywhere in between waits half of that on average.
     */
    Percentiles describeAlone() {
        TokenPassage bucket = new TokenPassage(250, 10);
        Deque<Integer> waiting = new ArrayDeque<>();
        IntStream.range(0, ends.length).forEach(waiting::add);
        double[] delays = new double[ends.length];
        while (!waiting.isEmpty()) {
            int asked = waiting.remove();
            double at = bucket.pass(0);
            if (at >= ends[asked]) {
                delays[asked] = at - ends[asked];
            } else {
                waiting.add(asked);
            }
        }
        return Percentiles.of(delays);
    }

    /** If somebody told each end in its instant, and only the one call that reads how it ended had to be made. */
    Percentiles endsAlone(boolean byHistory) {
        TokenPassage bucket = byHistory ? new TokenPassage(400, 20) : new TokenPassage(250, 10);
        return Percentiles.of(
                Arrays.stream(ends).sorted().map(end -> bucket.pass(end) - end).toArray());
    }
}
