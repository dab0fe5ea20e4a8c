package io.jenkins.plugins.awsoperations.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of many things by few calls: everybody who waits for something of one account and region registers what it waits
 * for, and whoever's turn comes first reads for all.
 *
 * <p>Turns come on a common grid of instants ({@link #round}), so that waits which began at different times still meet.
 *
 * @param <K> what is read, as an image id
 * @param <V> what is known of it
 */
public final class BatchedReads<K, V> {

    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final int keysPerCall;
    private final Duration grid;
    private final Map<K, Entry<V>> watched = new HashMap<>();
    private final ReentrantLock reading = new ReentrantLock();

    // Both are guarded by the lock for reading.
    private @Nullable AwsCallException failed;
    private Instant failedUntil = Instant.MIN;

    /**
     * @param keysPerCall how many keys one call may ask for
     * @param grid the distance of two rounds
     */
    public BatchedReads(int keysPerCall, Duration grid) {
        this.keysPerCall = keysPerCall;
        this.grid = grid;
    }

    /** The first round not before an instant. */
    public Instant round(Instant notBefore) {
        long step = grid.toMillis();
        long millis = notBefore.toEpochMilli();
        return Instant.ofEpochMilli(-Math.floorDiv(-millis, step) * step);
    }

    /**
     * Registers interest, so that the rounds from an instant on read it too, whoever asks for them.
     *
     * @param from not before this instant; a thing that was just made may not be visible yet
     */
    public void watch(Collection<K> keys, Instant from, Instant now) {
        synchronized (watched) {
            for (K key : keys) {
                Entry<V> entry = watched.computeIfAbsent(key, k -> new Entry<>());
                entry.asked = now;
                entry.from = from.isBefore(entry.from) ? from : entry.from;
            }
        }
    }

    /** Ends the interest. */
    public void forget(K key) {
        synchronized (watched) {
            watched.remove(key);
        }
    }

    /**
     * What is known of a key at or after an instant; calls AWS, for everything that is watched, if nobody has since.
     *
     * @param reader one call to AWS with the asker's own client; what it does not return does not exist
     * @return empty when another thread is just reading: come again in a moment
     * @throws AwsCallException when the call failed; when it is worth trying again, also for everybody else until the next round
     */
    public Optional<Reading<V>> read(K key, Instant freshSince, Instant now, Function<List<K>, Map<K, V>> reader) {
        watch(List.of(key), freshSince, now);
        Reading<V> known = known(key, freshSince);
        if (known != null) {
            return Optional.of(known);
        }
        if (!reading.tryLock()) {
            return Optional.empty();
        }
        try {
            known = known(key, freshSince);
            if (known == null) {
                readAll(now, reader);
                known = known(key, freshSince);
            }
            return Optional.ofNullable(known);
        } finally {
            reading.unlock();
        }
    }

    /** What is already known of a key at or after an instant, without any call. */
    public Optional<Reading<V>> peek(K key, Instant freshSince) {
        return Optional.ofNullable(known(key, freshSince));
    }

    private void readAll(Instant now, Function<List<K>, Map<K, V>> reader) {
        AwsCallException last = failed;
        if (last != null && now.isBefore(failedUntil)) {
            throw last;
        }
        try {
            readChunks(now, reader);
            failed = null;
        } catch (AwsCallException e) {
            // What AWS refuses to one asker it may grant to another; everything else would meet all of them alike.
            if (e.isTransient()) {
                failed = e;
                failedUntil = now.plus(grid);
            }
            throw e;
        }
    }

    private void readChunks(Instant now, Function<List<K>, Map<K, V>> reader) {
        List<K> keys = keysToRead(now);
        for (int from = 0; from < keys.size(); from += keysPerCall) {
            List<K> chunk = keys.subList(from, Math.min(keys.size(), from + keysPerCall));
            Map<K, V> found = reader.apply(List.copyOf(chunk));
            synchronized (watched) {
                for (K key : chunk) {
                    Entry<V> entry = watched.get(key);
                    if (entry != null) {
                        entry.reading = new Reading<>(now, found.get(key));
                    }
                }
            }
        }
    }

    private List<K> keysToRead(Instant now) {
        List<K> keys = new ArrayList<>();
        synchronized (watched) {
            for (Iterator<Map.Entry<K, Entry<V>>> i = watched.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<K, Entry<V>> entry = i.next();
                if (entry.getValue().asked.plus(FORGOTTEN).isBefore(now)) {
                    i.remove();
                } else if (!entry.getValue().from.isAfter(now)) {
                    keys.add(entry.getKey());
                }
            }
        }
        return keys;
    }

    private @Nullable Reading<V> known(K key, Instant freshSince) {
        synchronized (watched) {
            Entry<V> entry = watched.get(key);
            if (entry == null || entry.reading == null || entry.reading.at().isBefore(freshSince)) {
                return null;
            }
            return entry.reading;
        }
    }

    /**
     * @param at when the call was made
     * @param value what AWS answered, or null when it does not know the key
     */
    public record Reading<V>(Instant at, @Nullable V value) {}

    private static final class Entry<V> {
        private Instant asked = Instant.EPOCH;
        private Instant from = Instant.MAX;
        private @Nullable Reading<V> reading;
    }
}
