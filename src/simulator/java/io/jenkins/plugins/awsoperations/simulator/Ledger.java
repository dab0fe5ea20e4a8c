package io.jenkins.plugins.awsoperations.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Every call that reached the simulator, in order. Only {@link #clear()} removes any. */
public final class Ledger {

    private final List<Call> calls = new ArrayList<>();
    private long sequence;

    /** All calls, oldest first. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The calls of one action, oldest first. */
    public List<Call> calls(String action) {
        return select(call -> call.action().equals(action));
    }

    /** The calls after a sequence number, oldest first. */
    public List<Call> since(long sequenceNumber) {
        return select(call -> call.sequence() > sequenceNumber);
    }

    /** How many calls of one action were made, whatever their outcome. */
    public int count(String action) {
        return calls(action).size();
    }

    /** The calls that were refused as throttled, by a bucket or by a fault. */
    public List<Call> throttled() {
        return select(Call::throttled);
    }

    /** Forgets all calls; sequence numbers go on. */
    public synchronized void clear() {
        calls.clear();
    }

    /** Adds a call; used by the simulator itself. */
    public synchronized void append(LongFunction<Call> callOfSequence) {
        sequence++;
        calls.add(callOfSequence.apply(sequence));
    }

    private synchronized List<Call> select(Predicate<Call> wanted) {
        return calls.stream().filter(wanted).toList();
    }
}
