package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.simulator.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the waiting for images was shared, counted in the simulator's ledger.
 *
 * @param rounds rounds in which images were asked for by id
 * @param calls calls that did
 * @param mostInARound the most calls in one round for each begun thousand of images pending then
 * @param peakPending the most images pending at once
 */
record PollRounds(long rounds, long calls, long mostInARound, int peakPending) {

    private static final long ROUND_MILLIS = 5000;

    static PollRounds of(List<Call> ledger, Duration imageDuration) {
        List<Instant> accepted = ledger.stream()
                .filter(c -> c.action().equals("CreateImage") && c.outcome().equals("OK"))
                .map(Call::time)
                .toList();
        Map<Long, Long> perRound = ledger.stream()
                .filter(c ->
                        c.action().equals("DescribeImages") && c.parameters().containsKey("ImageId.1"))
                .collect(Collectors.groupingBy(c -> c.time().toEpochMilli() / ROUND_MILLIS, Collectors.counting()));
        long most = perRound.entrySet().stream()
                .mapToLong(e -> {
                    Instant at = Instant.ofEpochMilli(e.getKey() * ROUND_MILLIS);
                    long thousands = Math.max(1, (pending(accepted, at, imageDuration) + 999) / 1000);
                    return (e.getValue() + thousands - 1) / thousands;
                })
                .max()
                .orElse(0);
        int peak = accepted.stream()
                .mapToInt(at -> pending(accepted, at, imageDuration))
                .max()
                .orElse(0);
        return new PollRounds(
                perRound.size(),
                perRound.values().stream().mapToLong(Long::longValue).sum(),
                most,
                peak);
    }

    private static int pending(List<Instant> accepted, Instant at, Duration imageDuration) {
        return (int) accepted.stream()
                .filter(t -> !t.isAfter(at) && t.plus(imageDuration).isAfter(at))
                .count();
    }
}
