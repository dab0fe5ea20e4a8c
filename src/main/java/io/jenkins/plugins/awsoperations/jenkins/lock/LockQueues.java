package io.jenkins.plugins.awsoperations.jenkins.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Claim;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who of ours waits for which resource, first come, first served, and who of ours has it. Lockable resources know only which
 * build has a resource, not which of its steps, and do not keep the order of those who poll.
 *
 * <p>Kept in memory: after a restart everybody asks again with the instant since when it waits, and so gets its old place.
 * Nothing here calls Jenkins, so the monitor is never held while another one is taken.
 */
public final class LockQueues {

    private static final Comparator<Claim> FIRST_COME =
            Comparator.comparing(Claim::waitingSince).thenComparing(Claim::id);

    private final Map<String, Queue> queues = new HashMap<>();

    /** Joins the queue, or stays in it; the first of it may try to get the resource. */
    synchronized Place join(String resource, Claim claim, Runnable onTurn) {
        Queue queue = queues.computeIfAbsent(resource, r -> new Queue());
        if (queue.isHeldBy(claim)) {
            return new Place(true, claim, 0);
        }
        queue.waiting.put(claim, onTurn);
        int before = queue.waiting.headMap(claim).size();
        if (queue.holder != null) {
            return new Place(false, queue.holder, before);
        }
        // The first of the queue is as good as the holder, and is not counted twice.
        return new Place(before == 0, queue.waiting.firstKey(), Math.max(0, before - 1));
    }

    /** Notes that the claim has the resource. */
    synchronized void holds(String resource, Claim claim) {
        Queue queue = queues.computeIfAbsent(resource, r -> new Queue());
        queue.waiting.remove(claim);
        queue.holder = claim;
    }

    /** Whether the claim has the resource, as far as is known here. */
    synchronized boolean isHeldBy(String resource, Claim claim) {
        Queue queue = queues.get(resource);
        return queue != null && queue.isHeldBy(claim);
    }

    /** Whether one of ours has the resource, as far as is known here. */
    synchronized boolean isHeld(String resource) {
        Queue queue = queues.get(resource);
        return queue != null && queue.holder != null;
    }

    /** Notes that the claim has lost the resource to somebody else. */
    synchronized void lost(String resource, Claim claim) {
        Queue queue = queues.get(resource);
        if (queue != null && queue.isHeldBy(claim)) {
            queue.holder = null;
            tidy(resource, queue);
        }
    }

    /**
     * Leaves the queue, or gives the place of the holder up.
     *
     * @return how to wake the next, if there is one whose turn it is now
     */
    @CheckForNull
    synchronized Runnable leave(String resource, Claim claim) {
        Queue queue = queues.get(resource);
        if (queue == null) {
            return null;
        }
        queue.waiting.remove(claim);
        if (queue.isHeldBy(claim)) {
            queue.holder = null;
        }
        tidy(resource, queue);
        return queue.holder == null && !queue.waiting.isEmpty()
                ? queue.waiting.firstEntry().getValue()
                : null;
    }

    /** All claims of one run, with the resources that they wait for or have. */
    synchronized Map<String, Claim> claims(String idPrefix) {
        Map<String, Claim> found = new HashMap<>();
        queues.forEach((resource, queue) -> {
            queue.waiting.keySet().stream()
                    .filter(claim -> claim.id().startsWith(idPrefix))
                    .forEach(claim -> found.put(resource, claim));
            if (queue.holder != null && queue.holder.id().startsWith(idPrefix)) {
                found.put(resource, queue.holder);
            }
        });
        return found;
    }

    private void tidy(String resource, Queue queue) {
        if (queue.holder == null && queue.waiting.isEmpty()) {
            queues.remove(resource);
        }
    }

    /**
     * Where a claim stands.
     *
     * @param first whether it may try to get the resource
     * @param before who has it or is the first to get it
     * @param ahead how many wait before this claim
     */
    record Place(boolean first, Claim before, int ahead) {}

    private static final class Queue {

        private final TreeMap<Claim, Runnable> waiting = new TreeMap<>(FIRST_COME);
        private Claim holder;

        private boolean isHeldBy(Claim claim) {
            return holder != null && holder.id().equals(claim.id());
        }
    }
}
