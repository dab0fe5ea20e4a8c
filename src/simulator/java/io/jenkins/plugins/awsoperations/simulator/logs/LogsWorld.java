package io.jenkins.plugins.awsoperations.simulator.logs;

import io.jenkins.plugins.awsoperations.simulator.CommandSettings;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The simulated CloudWatch Logs from behind the scenes. Thread-safe. */
public final class LogsWorld {

    private final SimulatorParts parts;
    private final SplittableRandom random;
    private final SortedMap<String, SortedMap<String, LogStream>> groups = new TreeMap<>();
    private long events;

    /** A CloudWatch Logs without groups. */
    public LogsWorld(SimulatorParts parts) {
        this.parts = parts;
        this.random = new SplittableRandom(parts.seed() * 31 + "logs".hashCode());
    }

    /** The API on this world. */
    public JsonService service(Account account) {
        return new LogsService(this, account, new SplittableRandom(parts.seed() * 31 + "pages".hashCode()));
    }

    /** Adds an empty log group. */
    public void createGroup(String group) {
        parts.locked(now -> groups.computeIfAbsent(group, name -> new TreeMap<>()));
    }

    /**
     * Adds an event, and its group and stream when they are not there yet.
     *
     * @param timestamp what the sender's clock says
     * @param visibleAfter how long reading calls do not show it
     */
    public void put(String group, String stream, Instant timestamp, String message, Duration visibleAfter) {
        parts.locked(now -> {
            stream(group, stream, now).add(event(timestamp, message, now, now.plus(visibleAfter)));
            return now;
        });
    }

    /** One PutLogEvents of an agent; its events become visible together. For the simulator's own packages. */
    public void upload(String group, String stream, List<String> messages, Instant timestamp, Instant now) {
        CommandSettings settings = parts.settings().commands();
        long delay = random.nextLong(
                settings.logVisibilityMin().toMillis(),
                settings.logVisibilityMax().toMillis() + 1);
        LogStream target = stream(group, stream, now);
        messages.forEach(message -> target.add(event(timestamp, message, now, now.plusMillis(delay))));
    }

    private LogEvent event(Instant timestamp, String message, Instant now, Instant visibleAt) {
        events++;
        return new LogEvent(events, timestamp, now, visibleAt, message);
    }

    private LogStream stream(String group, String stream, Instant now) {
        return groups.computeIfAbsent(group, name -> new TreeMap<>())
                .computeIfAbsent(stream, name -> new LogStream(name, now));
    }

    /** All messages of a stream one after the other, also those that reading calls do not show yet. */
    public String text(String group, String stream) {
        return parts.locked(now -> {
            LogStream found = groups.getOrDefault(group, new TreeMap<>()).get(stream);
            if (found == null) {
                throw new NoSuchElementException("there is no log stream " + stream + " in " + group);
            }
            return found.events().stream().map(LogEvent::message).collect(Collectors.joining());
        });
    }

    /** Names of the streams of a group. */
    public List<String> streams(String group) {
        return parts.locked(
                now -> List.copyOf(groups.getOrDefault(group, new TreeMap<>()).keySet()));
    }

    /** How many events each stream has, by group and stream, also those that reading calls do not show yet. */
    public Map<String, Map<String, Integer>> counts() {
        return parts.locked(now -> {
            Map<String, Map<String, Integer>> counts = new TreeMap<>();
            groups.forEach((group, streams) -> {
                Map<String, Integer> ofGroup = new TreeMap<>();
                streams.forEach(
                        (name, stream) -> ofGroup.put(name, stream.events().size()));
                counts.put(group, ofGroup);
            });
            return counts;
        });
    }

    /** Names of the groups. */
    public List<String> groups() {
        return parts.locked(now -> List.copyOf(groups.keySet()));
    }

    /** The streams of a group by their names; null when there is no such group. */
    @Nullable
    SortedMap<String, LogStream> group(String name) {
        return groups.get(name);
    }
}
