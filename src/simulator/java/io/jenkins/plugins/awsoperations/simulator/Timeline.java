package io.jenkins.plugins.awsoperations.simulator;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What will happen by itself, in the order of simulated time. Nothing happens in the background: whoever looks at the
 * world first lets everything happen that is due. For the simulator's own packages. Guarded by the simulator's lock.
 */
public final class Timeline {

    private final PriorityQueue<Entry> due =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::sequence));
    private long sequence;
    private Instant reached = Instant.MIN;
    private boolean running;
    private boolean over;

    /** Nothing is due yet. */
    public Timeline() {
        // The fields say it all.
    }

    /** Lets something happen then, or as soon as possible when that time is over. */
    public void at(Instant time, Event event) {
        sequence++;
        due.add(new Entry(time.isBefore(reached) ? reached : time, sequence, event));
    }

    /** Nothing happens any more. */
    public void end() {
        over = true;
    }

    /** Lets everything happen that is due until {@code now}. */
    public void runTo(Instant now) {
        if (running || over) {
            // An event looks at the world, or somebody looks at it after its end.
            return;
        }
        running = true;
        try {
            for (Entry next = due.peek(); next != null && !next.at.isAfter(now); next = due.peek()) {
                due.remove();
                reached = next.at;
                next.event.happen(next.at);
            }
            reached = now.isAfter(reached) ? now : reached;
        } finally {
            running = false;
        }
    }

    /** Something that happens at an instant. */
    @FunctionalInterface
    public interface Event {

        /** It happens now. */
        void happen(Instant now);
    }

    private record Entry(Instant at, long sequence, Event event) {}
}
