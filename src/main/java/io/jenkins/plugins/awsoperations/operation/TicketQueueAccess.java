package io.jenkins.plugins.awsoperations.operation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link ExclusiveAccess} within this process: a queue of tickets for each resource, in the order of waiting since. */
public final class TicketQueueAccess implements ExclusiveAccess {

    private static final Comparator<Claim> FIRST_COME =
            Comparator.comparing(Claim::waitingSince).thenComparing(Claim::id);

    private final Map<String, Resource> resources = new HashMap<>();

    @Override
    public synchronized Answer tryAcquire(String name, Claim claim, Runnable onTurn) {
        Resource resource = resources.computeIfAbsent(name, n -> new Resource());
        Claim holder = resource.holder;
        if (holder != null && holder.id().equals(claim.id())) {
            return new Answer.Granted();
        }
        resource.queue.put(claim, onTurn);
        Claim first = resource.queue.firstKey();
        if (holder == null && first.equals(claim)) {
            resource.queue.remove(claim);
            resource.holder = claim;
            return new Answer.Granted();
        }
        int ahead = resource.queue.headMap(claim).size();
        return new Answer.Waiting(holder == null ? first.holder() : holder.holder(), ahead, true);
    }

    @Override
    public synchronized boolean holds(String name, Claim claim) {
        Resource resource = resources.get(name);
        return resource != null
                && resource.holder != null
                && resource.holder.id().equals(claim.id());
    }

    @Override
    public void release(String name, Claim claim) {
        Runnable turn = leave(name, claim);
        if (turn != null) {
            turn.run();
        }
    }

    private synchronized @Nullable Runnable leave(String name, Claim claim) {
        Resource resource = resources.get(name);
        if (resource == null) {
            return null;
        }
        resource.queue.remove(claim);
        if (resource.holder != null && resource.holder.id().equals(claim.id())) {
            resource.holder = null;
        }
        if (resource.queue.isEmpty()) {
            if (resource.holder == null) {
                resources.remove(name);
            }
            return null;
        }
        return resource.holder == null ? resource.queue.firstEntry().getValue() : null;
    }

    private static final class Resource {
        private @Nullable Claim holder;
        private final TreeMap<Claim, Runnable> queue = new TreeMap<>(FIRST_COME);
    }
}
