package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tags of a resource: as they are, and as Describe calls see them, which is a little later. */
final class TagLog {

    private final Map<String, String> current;
    private final Map<String, String> seen;
    private final Queue<Change> unseen = new ArrayDeque<>();

    TagLog(Map<String, String> initial) {
        this.current = new TreeMap<>(initial);
        this.seen = new TreeMap<>(initial);
    }

    void put(String key, String value, Instant at) {
        current.put(key, value);
        unseen.add(new Change(at, key, value));
    }

    void remove(String key, Instant at) {
        if (current.remove(key) != null) {
            unseen.add(new Change(at, key, null));
        }
    }

    /** The tags as they are. */
    Map<String, String> current() {
        return Collections.unmodifiableMap(current);
    }

    /** The tags with all changes made up to the horizon. */
    Map<String, String> seenAt(Instant horizon) {
        for (Change next = unseen.peek(); next != null && !next.at.isAfter(horizon); next = unseen.peek()) {
            unseen.remove();
            if (next.value == null) {
                seen.remove(next.key);
            } else {
                seen.put(next.key, next.value);
            }
        }
        return Collections.unmodifiableMap(seen);
    }

    private record Change(Instant at, String key, @Nullable String value) {}
}
