package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.RecentReads;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionCalls.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which executions run, by lists that all waits of an account and region share. A list of a thousand takes one call, and
 * DescribeExecution ten a second at most: many waits for one state machine would otherwise ask for each execution once in many
 * minutes.
 *
 * <p>A list only spares calls: whoever is not on it is asked for directly, and so it may be refused or fail.
 */
final class RunningExecutions {

    private static final String ACTION = "ListExecutions";

    /** From so many waits for one machine on, a list is cheaper. */
    private static final int MANY = 10;

    private static final Duration FRESH = Duration.ofSeconds(5);

    /** What a list said is believed for so long when a newer one cannot be read just now. */
    private static final Duration STALE = Duration.ofSeconds(60);

    /** After a list that was refused, failed or is too long, nobody tries it for so long. */
    private static final Duration GIVEN_UP_FOR = Duration.ofMinutes(10);

    /** A wait that is not heard of for so long has been put down. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    /** A page costs a fifth of what DescribeExecution has in a second; so it must spare that many calls. */
    private static final int WAITS_PER_PAGE = 5;

    /** AWS refills two pages a second. */
    private static final Duration A_PAGE_EVERY = Duration.ofMillis(600);

    /** What the list says of an execution. */
    enum Answer {
        /** It ran a few seconds ago. */
        RUNS,
        /** It has ended, or the list does not show it yet. */
        NOT_LISTED,
        /** There is no list worth its calls. */
        NO_LIST,
        /** Somebody is just reading the list. */
        COMES
    }

    private final Map<String, Machine> machines = new HashMap<>();
    private final RecentReads<String, Optional<Set<String>>> lists = new RecentReads<>(FRESH);

    /** What the list says of an execution that the caller waits for. */
    Answer of(Turn turn, String machineArn, String executionArn) {
        List<Runnable> left = new ArrayList<>();
        Answer answer = of(turn, machineArn, executionArn, left);
        if (answer == Answer.NOT_LISTED || answer == Answer.NO_LIST) {
            synchronized (machines) {
                Machine machine = machines.get(machineArn);
                Waiting waiting = machine == null ? null : machine.waits.get(executionArn);
                if (waiting != null) {
                    waiting.left = false;
                }
            }
        }
        // Now the list is there for whoever is woken.
        left.forEach(Runnable::run);
        return answer;
    }

    private Answer of(Turn turn, String machineArn, String executionArn, List<Runnable> left) {
        Instant now = turn.now();
        int pages;
        synchronized (machines) {
            Machine machine = machines.computeIfAbsent(machineArn, k -> new Machine());
            machine.waits.computeIfAbsent(executionArn, k -> new Waiting()).asks(now, turn.wakeUp());
            if (!machine.isWorthAList(now)) {
                return Answer.NO_LIST;
            }
            pages = machines.values().stream()
                    .filter(m -> m.isListed(now))
                    .mapToInt(m -> m.pages)
                    .sum();
        }
        // All lists share a bucket: the more and the longer they are, the less often each is read.
        Duration round = A_PAGE_EVERY.multipliedBy(pages);
        Instant notBefore = now.minus(FRESH.compareTo(round) > 0 ? FRESH : round);
        try {
            Optional<Optional<Set<String>>> list =
                    lists.get(machineArn, notBefore, now, () -> read(turn, machineArn, left));
            return list.map(known -> known.map(
                                    running -> running.contains(executionArn) ? Answer.RUNS : Answer.NOT_LISTED)
                            .orElse(Answer.NO_LIST))
                    .orElse(Answer.COMES);
        } catch (AwsCallException e) {
            giveUp(machineArn, e.isTransient() ? now.plus(FRESH) : now.plus(GIVEN_UP_FOR));
            return Answer.NO_LIST;
        }
    }

    /** Whether the newest list does not show an execution that the one before has shown: it has ended most likely. */
    boolean hasLeft(String machineArn, String executionArn) {
        synchronized (machines) {
            Machine machine = machines.get(machineArn);
            Waiting waiting = machine == null ? null : machine.waits.get(executionArn);
            return waiting != null && waiting.left;
        }
    }

    /** Nobody waits for it any more. */
    void forget(String machineArn, String executionArn) {
        synchronized (machines) {
            Machine machine = machines.get(machineArn);
            if (machine != null && machine.waits.remove(executionArn) != null && machine.waits.isEmpty()) {
                machines.remove(machineArn);
            }
        }
    }

    /** @param left gets those to wake whom the list before has shown and this one does not */
    private Optional<Set<String>> read(Turn turn, String machineArn, List<Runnable> left) {
        int most;
        synchronized (machines) {
            Machine machine = machines.computeIfAbsent(machineArn, k -> new Machine());
            most = Math.max(1, machine.waits.size() / WAITS_PER_PAGE);
        }
        Set<String> running = new HashSet<>();
        String token = null;
        int pages = 0;
        do {
            if (pages >= most) {
                tooLong(machineArn, turn.now());
                return Optional.empty();
            }
            if (!turn.aws.pacing().tryTake(ACTION, turn.now())) {
                // Others read lists, too. What the last one said is still better than to ask for each.
                return lastList(machineArn, turn.now());
            }
            Page<String> page = turn.calls.running(machineArn, token);
            running.addAll(page.items());
            token = page.next();
            pages++;
        } while (token != null);
        synchronized (machines) {
            Machine machine = machines.computeIfAbsent(machineArn, k -> new Machine());
            machine.pages = pages;
            running.retainAll(machine.waits.keySet());
            left.addAll(machine.compare(running));
            machine.last = running;
            machine.lastAt = turn.now();
        }
        return Optional.of(running);
    }

    private Optional<Set<String>> lastList(String machineArn, Instant now) {
        synchronized (machines) {
            Machine machine = machines.computeIfAbsent(machineArn, k -> new Machine());
            return machine.last != null && machine.lastAt.isAfter(now.minus(STALE))
                    ? Optional.of(machine.last)
                    : Optional.empty();
        }
    }

    private void tooLong(String machineArn, Instant now) {
        synchronized (machines) {
            Machine machine = machines.computeIfAbsent(machineArn, k -> new Machine());
            machine.tooLongUntil = now.plus(GIVEN_UP_FOR);
            machine.tooFew = machine.waits.size();
        }
    }

    private void giveUp(String machineArn, Instant until) {
        synchronized (machines) {
            machines.computeIfAbsent(machineArn, k -> new Machine()).givenUpUntil = until;
        }
    }

    /** One wait. Guarded by the map of machines. */
    private static final class Waiting {
        Instant asked = Instant.MIN;
        Runnable wakeUp = () -> {};

        /** Whether it is on the last list. */
        boolean listed;

        /** Whether it was on the one before that, and nobody has looked at it since. */
        boolean left;

        void asks(Instant now, Runnable wake) {
            asked = now;
            wakeUp = wake;
        }
    }

    /** Guarded by the map of machines. */
    private static final class Machine {
        final Map<String, Waiting> waits = new HashMap<>();
        Instant givenUpUntil = Instant.MIN;
        Instant tooLongUntil = Instant.MIN;
        Instant cleared = Instant.MIN;
        int pages = 1;

        /** Who of the waits is on the last list. */
        @Nullable
        Set<String> last;

        Instant lastAt = Instant.MIN;

        /** So many waits were too few for so long a list; twice as many may be enough before the time is over. */
        int tooFew;

        /** Who is to look now: whom the last list has shown and this one does not. */
        List<Runnable> compare(Set<String> running) {
            List<Runnable> left = new ArrayList<>();
            waits.forEach((execution, wait) -> {
                boolean runs = running.contains(execution);
                if (wait.listed && !runs) {
                    wait.left = true;
                    left.add(wait.wakeUp);
                } else if (runs) {
                    wait.left = false;
                }
                wait.listed = runs;
            });
            return left;
        }

        boolean isWorthAList(Instant now) {
            if (cleared.isBefore(now.minus(FRESH))) {
                cleared = now;
                waits.values().removeIf(wait -> wait.asked.isBefore(now.minus(FORGOTTEN)));
            }
            return isListed(now);
        }

        boolean isListed(Instant now) {
            return waits.size() >= MANY
                    && !now.isBefore(givenUpUntil)
                    && (!now.isBefore(tooLongUntil) || waits.size() >= 2 * tooFew);
        }
    }
}
