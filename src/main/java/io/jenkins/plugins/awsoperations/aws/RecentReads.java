package io.jenkins.plugins.awsoperations.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of AWS that serve everybody who asks the same within a short time: many operations look for the same workers at once.
 *
 * @param <K> the question
 * @param <V> the answer
 */
public final class RecentReads<K, V> {

    private final Duration fresh;
    private final Map<K, Entry<V>> entries = new HashMap<>();

    /** @param fresh how old an answer may be */
    public RecentReads(Duration fresh) {
        this.fresh = fresh;
    }

    /**
     * The answer to a question, by a call to AWS unless there is a fresh one.
     *
     * @param read the call
     * @return empty when another thread is just asking the same: come again in a moment
     */
    public Optional<V> get(K question, Instant now, Supplier<V> read) {
        return get(question, now.minus(fresh), now, read);
    }

    /**
     * @param notBefore how old the answer may be
     * @see #get(Object, Instant, Supplier)
     */
    public Optional<V> get(K question, Instant notBefore, Instant now, Supplier<V> read) {
        Entry<V> entry = entry(question, now);
        V known = entry.since(notBefore);
        if (known != null) {
            return Optional.of(known);
        }
        if (!entry.reading.tryLock()) {
            return Optional.empty();
        }
        try {
            known = entry.since(notBefore);
            if (known == null) {
                known = read.get();
                entry.answered(known, now);
            }
            return Optional.of(known);
        } finally {
            entry.reading.unlock();
        }
    }

    private synchronized Entry<V> entry(K question, Instant now) {
        entries.values().removeIf(e -> e.isForgotten(now.minus(fresh.multipliedBy(10))));
        Entry<V> entry = entries.computeIfAbsent(question, k -> new Entry<>());
        entry.asked = now;
        return entry;
    }

    private static final class Entry<V> {

        private final ReentrantLock reading = new ReentrantLock();
        /** Guarded by the outer lock. */
        private Instant asked = Instant.MIN;

        private @Nullable V answer;
        private Instant at = Instant.MIN;

        synchronized @Nullable V since(Instant notBefore) {
            return at.isBefore(notBefore) ? null : answer;
        }

        synchronized void answered(V value, Instant now) {
            answer = value;
            at = now;
        }

        boolean isForgotten(Instant before) {
            return asked.isBefore(before) && !reading.isLocked();
        }
    }
}
