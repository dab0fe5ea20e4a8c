package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The instances as machines on which something runs, for other services of the simulator. Guarded by the simulator's
 * lock.
 */
public final class Hosts {

    private final Ec2Store store;
    private final List<Watcher> watchers = new ArrayList<>();

    Hosts(Ec2Store store) {
        this.store = store;
    }

    /** What a machine can do. */
    public enum State {
        /** There is none: it never existed, is terminated or is about to be. */
        GONE,
        /** It is stopped, or on the way into or out of that state. */
        STOPPED,
        /** It is running and nothing runs on it, because it reboots. */
        REBOOTING,
        /** Programs run on it. */
        UP
    }

    /** Is told when machines go down and when they come up. */
    public interface Watcher {

        /** All that ran on the machine is dead. */
        void goesDown(String instanceId, Instant now);

        /** Nothing will run on the machine before then. */
        void comesUp(String instanceId, Instant at);
    }

    /** Tells somebody about all machines. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** Ids of all instances, oldest first. */
    public List<String> ids() {
        return store.instances().stream().map(SimulatedInstance::id).toList();
    }

    /** What a machine can do. */
    public State state(String instanceId, Instant now) {
        SimulatedInstance instance = store.instance(instanceId);
        if (instance == null) {
            return State.GONE;
        }
        return switch (instance.state(now)) {
            case TERMINATED, SHUTTING_DOWN -> State.GONE;
            case STOPPING, STOPPED, PENDING -> State.STOPPED;
            case RUNNING -> now.isBefore(instance.downUntil()) ? State.REBOOTING : State.UP;
        };
    }

    /** Whether Windows runs on it. */
    public boolean isWindows(String instanceId) {
        SimulatedInstance instance = store.instance(instanceId);
        return instance != null && "windows".equalsIgnoreCase(instance.spec().platform());
    }

    /** The tags of an instance; none when there is no such instance. */
    public Map<String, String> tags(String instanceId) {
        SimulatedInstance instance = store.instance(instanceId);
        return instance == null ? Map.of() : instance.tags().current();
    }

    /** Reboots a machine from within. */
    public void reboot(String instanceId, Instant now, Instant backAt) {
        SimulatedInstance instance = store.instance(instanceId);
        if (instance != null) {
            reboots(instance, now, backAt);
        }
    }

    void reboots(SimulatedInstance instance, Instant now, Instant backAt) {
        instance.downUntil(backAt);
        watchers.forEach(watcher -> watcher.goesDown(instance.id(), now));
        watchers.forEach(watcher -> watcher.comesUp(instance.id(), backAt));
    }

    void goesDown(SimulatedInstance instance, Instant now) {
        instance.downUntil(Instant.MIN);
        watchers.forEach(watcher -> watcher.goesDown(instance.id(), now));
    }

    void comesUp(SimulatedInstance instance, Instant at) {
        instance.downUntil(Instant.MIN);
        watchers.forEach(watcher -> watcher.comesUp(instance.id(), at));
    }
}
