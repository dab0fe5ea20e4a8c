package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.Flow;
import org.jspecify.annotations.Nullable;

/** One line of events: an execution itself, one branch of a Parallel state, or one iteration of a Map state. */
final class Strand {

    private final Execution execution;
    private final @Nullable Strand parent;
    private final Flow flow;
    private final int index;
    private final @Nullable JsonNode item;
    private Progress progress = Progress.RUNNING;
    private int last;
    private @Nullable Visit visit;
    private @Nullable Document output;

    private Strand(Execution execution, @Nullable Strand parent, Flow flow, int index, @Nullable JsonNode item) {
        this.execution = execution;
        this.parent = parent;
        this.flow = flow;
        this.index = index;
        this.item = item;
    }

    static Strand root(Execution execution, Flow flow) {
        return new Strand(execution, null, flow, 0, null);
    }

    /** A branch. */
    Strand branch(Flow branch, int number) {
        return new Strand(execution, this, branch, number, item);
    }

    /** An iteration for one item of a list. */
    Strand iteration(Flow processor, int number, JsonNode ofItem) {
        return new Strand(execution, this, processor, number, ofItem);
    }

    /** How far a strand has come. */
    enum Progress {
        RUNNING,
        SUCCEEDED,
        FAILED,
        ABORTED
    }

    Execution execution() {
        return execution;
    }

    /** The strand whose state it belongs to; null: it is the execution itself. */
    @Nullable
    Strand parent() {
        return parent;
    }

    Flow flow() {
        return flow;
    }

    /** Number of the branch or of the iteration, from 0. */
    int index() {
        return index;
    }

    /** The item that this iteration is about, or the one around it; null: none. */
    @Nullable
    JsonNode item() {
        return item;
    }

    /** Number of the iteration that {@link #item()} belongs to. */
    int itemIndex() {
        return parent == null || parent.item == item ? (parent == null ? index : parent.itemIndex()) : index;
    }

    /** Whether something may still happen. */
    boolean alive() {
        return progress == Progress.RUNNING && execution.running();
    }

    Progress progress() {
        return progress;
    }

    void progress(Progress newProgress) {
        progress = newProgress;
    }

    /** Id of the event that the next one follows. */
    int last() {
        return last;
    }

    void last(int eventId) {
        last = eventId;
    }

    /** The state that it is in, or was in at its end; null before its first. */
    @Nullable
    Visit visit() {
        return visit;
    }

    /** The state that it is in. */
    Visit here() {
        if (visit == null) {
            throw new IllegalStateException("not begun");
        }
        return visit;
    }

    void visit(Visit newVisit) {
        visit = newVisit;
    }

    /** What it came to, once it has succeeded. */
    @Nullable
    Document output() {
        return output;
    }

    void succeed(Document newOutput) {
        output = newOutput;
        progress = Progress.SUCCEEDED;
    }
}
