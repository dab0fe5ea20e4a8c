package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.Retrier;
import io.jenkins.plugins.awsoperations.simulator.asl.State;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stay in a state, from its being entered to its being left, with all retries. */
final class Visit {

    private final State state;
    private final Document input;
    private final Instant enteredAt;
    private int enteredId;
    private int startedId;
    private int retries;
    private Map<Retrier, Integer> used = Map.of();
    private List<Strand> children = List.of();
    private @Nullable Attempt attempt;

    Visit(State state, Document input, Instant enteredAt) {
        this.state = state;
        this.input = input;
        this.enteredAt = enteredAt;
    }

    State state() {
        return state;
    }

    /** What the state was entered with. */
    Document input() {
        return input;
    }

    Instant enteredAt() {
        return enteredAt;
    }

    /** Id of the event of its being entered. */
    int enteredId() {
        return enteredId;
    }

    void enteredId(int eventId) {
        enteredId = eventId;
    }

    /** Id of the event of the start of its branches or iterations; 0: there are none. */
    int startedId() {
        return startedId;
    }

    /** How often it was tried again. */
    int retries() {
        return retries;
    }

    /** How often a retrier was used. */
    int used(Retrier retrier) {
        return used.getOrDefault(retrier, 0);
    }

    void retried(Retrier retrier) {
        if (used.isEmpty()) {
            used = new IdentityHashMap<>();
        }
        used.merge(retrier, 1, Integer::sum);
        retries++;
    }

    /** The branches or the iterations. */
    List<Strand> children() {
        return children;
    }

    void children(List<Strand> newChildren, int eventId) {
        children = newChildren;
        startedId = eventId;
    }

    /** The same stay for a redrive: with what has succeeded, and with all retries anew. */
    Visit again(Instant now) {
        Visit visit = new Visit(state, input, now);
        visit.enteredId = enteredId;
        visit.startedId = startedId;
        visit.children = children;
        return visit;
    }

    /** What a Task state does just now; null: nothing. */
    @Nullable
    Attempt attempt() {
        return attempt;
    }

    void attempt(@Nullable Attempt newAttempt) {
        attempt = newAttempt;
    }
}
