package io.jenkins.plugins.awsoperations.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who runs where: chooses a worker and counts the commands that each has, those of this process at once and those of others by
 * what AWS says is in progress. One object for an account and region, shared by everything in this process.
 */
public final class WorkerSlots {

    /** What AWS lists may be older than the end of a command. */
    private static final Duration ENDED_IS_REMEMBERED = Duration.ofMinutes(10);

    private static final Duration QUARANTINE = Duration.ofMinutes(10);

    private final Map<String, String> held = new HashMap<>();
    private final Map<String, Instant> ended = new HashMap<>();
    private final Map<String, Long> chosen = new HashMap<>();
    private final Map<String, Quarantine> quarantine = new HashMap<>();
    private long turns;

    /**
     * How to choose.
     *
     * @param strategy which of the free ones
     * @param preferred for {@link Strategy#STICKY}, or null
     * @param maxPerInstance how many commands of this product one may have at once; 0 for no limit
     */
    public record Choice(Strategy strategy, @Nullable String preferred, int maxPerInstance) {

        /** Whether it must be known what is in progress in AWS. */
        public boolean asksForRunningCommands() {
            return maxPerInstance > 0 || strategy == Strategy.LEAST_BUSY;
        }
    }

    /**
     * Takes a slot on one of the workers.
     *
     * @param token who asks: the token of a run, which has one command at a time
     * @param candidates the workers that would do
     * @param running what AWS says is in progress
     * @return empty when none has a free slot
     */
    public synchronized Optional<Worker> claim(
            String token, List<Worker> candidates, Choice choice, Collection<RunningCommand> running, Instant now) {
        ended.values().removeIf(at -> at.plus(ENDED_IS_REMEMBERED).isBefore(now));
        held.remove(token);
        List<Worker> free = new ArrayList<>();
        for (Worker worker : candidates) {
            if (choice.maxPerInstance() == 0 || ours(worker.id(), running) < choice.maxPerInstance()) {
                free.add(worker);
            }
        }
        // First by chance, so that those that are alike for the strategy come by chance.
        Collections.shuffle(free, ThreadLocalRandom.current());
        Comparator<Worker> order =
                switch (choice.strategy()) {
                    case RANDOM -> (a, b) -> 0;
                    case ROUND_ROBIN -> Comparator.comparing(w -> chosen.getOrDefault(w.id(), 0L));
                    case LEAST_BUSY -> Comparator.comparing(w -> ours(w.id(), running) + others(w.id(), running));
                    case STICKY -> Comparator.comparing(w -> !w.id().equals(choice.preferred()));
                };
        Optional<Worker> worker = free.stream().min(order);
        worker.ifPresent(w -> {
            held.put(token, w.id());
            ended.remove(token);
            chosen.put(w.id(), ++turns);
        });
        return worker;
    }

    /** Tells of a slot that was taken by another process of this program, before it ended. */
    public synchronized void keep(String token, String instanceId) {
        held.put(token, instanceId);
        ended.remove(token);
    }

    /** Leaves the slot of a command that may still run: from now on it counts as long as AWS says that it is in progress. */
    public synchronized void leave(String token) {
        held.remove(token);
    }

    /** Gives the slot back, because the command has ended or was never sent; harmless when there is none. */
    public synchronized void release(String token, Instant now) {
        if (held.remove(token) != null) {
            ended.put(token, now);
        }
    }

    /** How many commands this process has under way. */
    public synchronized int size() {
        return held.size();
    }

    /** How many commands of this product a worker has. */
    public synchronized int ours(String instanceId, Collection<RunningCommand> running) {
        Set<String> tokens = new HashSet<>();
        held.forEach((token, instance) -> {
            if (instance.equals(instanceId)) {
                tokens.add(token);
            }
        });
        for (RunningCommand command : running) {
            String token = command.token();
            if (token != null
                    && command.instanceId().equals(instanceId)
                    && !ended.containsKey(token)
                    && !held.containsKey(token)) {
                tokens.add(token);
            }
        }
        return tokens.size();
    }

    private static int others(String instanceId, Collection<RunningCommand> running) {
        return (int) running.stream()
                .filter(c -> c.token() == null && c.instanceId().equals(instanceId))
                .count();
    }

    /**
     * Keeps a worker from being chosen for ten minutes.
     *
     * @param reason why, for people
     * @return until when
     */
    public synchronized Instant quarantine(String instanceId, String reason, Instant now) {
        Instant until = now.plus(QUARANTINE);
        quarantine.put(instanceId, new Quarantine(until, reason));
        return until;
    }

    /** Why a worker is not to be chosen at present, or empty. */
    public synchronized Optional<String> whyQuarantined(String instanceId, Instant now) {
        quarantine.values().removeIf(q -> !q.until().isAfter(now));
        return Optional.ofNullable(quarantine.get(instanceId)).map(Quarantine::reason);
    }

    private record Quarantine(Instant until, String reason) {}
}
