package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What strands do next, one after the other. Without it a definition that goes round in circles would be a recursion of
 * any depth.
 */
final class Agenda {

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final FailureHandler handler;
    private final Endings endings;
    private boolean busy;

    Agenda(FailureHandler handler, Endings endings) {
        this.handler = handler;
        this.endings = endings;
    }

    /** What becomes of a strand whose state fails. */
    interface FailureHandler {

        void failed(Strand strand, StateFailure failure, Instant now);
    }

    void add(Strand strand, Runnable work, Instant now) {
        entries.add(new Entry(strand, work, now));
    }

    /** Does all of it, unless that is going on already. */
    void run() {
        if (busy) {
            return;
        }
        busy = true;
        try {
            for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
                if (entry.strand.alive()) {
                    perform(entry);
                }
            }
        } finally {
            busy = false;
        }
    }

    private void perform(Entry entry) {
        try {
            try {
                entry.work.run();
            } catch (StateFailure failure) {
                handler.failed(entry.strand, explained(entry.strand, failure), entry.now);
            }
        } catch (StateFailure again) {
            // Neither can the failure be caught as the definition says.
            endings.failed(entry.strand.execution(), explained(entry.strand, again), entry.strand.last(), entry.now);
        } catch (History.Full full) {
            endings.failed(
                    entry.strand.execution(), StateFailure.runtime(full.getMessage()), entry.strand.last(), entry.now);
        }
    }

    /** The cause as AWS words it when a state's data cannot be processed. */
    private static StateFailure explained(Strand strand, StateFailure failure) {
        Visit visit = strand.here();
        return new StateFailure(
                failure.error(),
                "An error occurred while executing the state '" + visit.state().name() + "' (entered at the event id #"
                        + visit.enteredId() + "). " + failure.explanation());
    }

    private record Entry(Strand strand, Runnable work, Instant now) {}
}
