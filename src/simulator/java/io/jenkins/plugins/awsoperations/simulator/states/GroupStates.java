package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.Flow;
import io.jenkins.plugins.awsoperations.simulator.asl.State;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import io.jenkins.plugins.awsoperations.simulator.asl.StateType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parallel and Map states. */
final class GroupStates {

    /** What AWS lets run at once when MaxConcurrency says nothing (Developer Guide, "Inline mode concurrency"). */
    private static final int INLINE_CONCURRENCY = 40;

    private final Interpreter interpreter;

    GroupStates(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    void start(Strand strand, Instant now) {
        if (strand.here().state().type() == StateType.PARALLEL) {
            startBranches(strand, now);
        } else {
            startIterations(strand, now);
        }
    }

    private void startBranches(Strand strand, Instant now) {
        Visit visit = strand.here();
        Document input = Document.of(new Evaluation(strand).parameters());
        Document given = input.node() == visit.input().node() ? visit.input() : input;
        interpreter.event(strand, "ParallelStateStarted", null, now);
        List<Strand> branches = new ArrayList<>();
        for (Flow flow : visit.state().flows()) {
            Strand branch = strand.branch(flow, branches.size());
            branch.last(strand.last());
            branches.add(branch);
        }
        visit.children(branches, strand.last());
        branches.forEach(branch -> interpreter.enter(branch, branch.flow().startAt(), given, now));
    }

    private void startIterations(Strand strand, Instant now) {
        Visit visit = strand.here();
        JsonNode items = new Evaluation(strand).items();
        interpreter.event(strand, "MapStateStarted", Map.of("length", items.size()), now);
        List<Strand> iterations = new ArrayList<>();
        for (JsonNode item : items) {
            iterations.add(strand.iteration(visit.state().flows().get(0), iterations.size(), item));
        }
        visit.children(iterations, strand.last());
        if (iterations.isEmpty()) {
            complete(strand, now);
            return;
        }
        int started = strand.last();
        iterations.stream().limit(concurrency(visit.state())).forEach(iteration -> begin(iteration, started, now));
    }

    private static int concurrency(State state) {
        int asked = state.fields().path("MaxConcurrency").asInt();
        return asked == 0 ? INLINE_CONCURRENCY : asked;
    }

    private void begin(Strand iteration, int previous, Instant now) {
        Strand parent = parent(iteration);
        iteration.last(previous);
        // In the parent, because an item that cannot be selected fails the Map state.
        interpreter.then(
                parent,
                () -> {
                    if (iteration.alive()) {
                        interpreter.event(iteration, "MapIterationStarted", iterationDetails(iteration), now);
                        Document input = new Evaluation(parent).itemInput(iteration);
                        interpreter.enter(iteration, iteration.flow().startAt(), input, now);
                    }
                },
                now);
    }

    /** Whether some of what a state does has not succeeded, so that a redrive concerns only that. */
    static boolean unfinished(Visit visit) {
        return visit.children().stream().anyMatch(child -> child.progress() != Strand.Progress.SUCCEEDED);
    }

    /** Lets those branches or iterations go on that have not succeeded. */
    void redrive(Strand strand, Instant now) {
        Visit visit = strand.here();
        int room = visit.state().type() == StateType.MAP ? concurrency(visit.state()) : Integer.MAX_VALUE;
        List<Strand> waiting = new ArrayList<>();
        for (Strand child : visit.children()) {
            if (child.progress() == Strand.Progress.SUCCEEDED) {
                continue;
            }
            if (child.visit() == null) {
                child.last(0);
                child.progress(Strand.Progress.RUNNING);
                waiting.add(child);
            } else {
                room--;
                interpreter.redrive(child, now);
            }
        }
        waiting.stream().limit(Math.max(0, room)).forEach(child -> begin(child, visit.startedId(), now));
    }

    /** A branch or an iteration has succeeded. */
    void succeeded(Strand child, Instant now) {
        Strand parent = parent(child);
        Visit visit = parent.here();
        int end = child.last();
        if (visit.state().type() == StateType.MAP) {
            interpreter.event(child, "MapIterationSucceeded", iterationDetails(child), now);
            visit.children().stream()
                    .filter(next -> next.visit() == null && next.last() == 0)
                    .findFirst()
                    .ifPresent(next -> begin(next, end, now));
        }
        parent.last(child.last());
        if (visit.children().stream().allMatch(one -> one.progress() == Strand.Progress.SUCCEEDED)) {
            // In the parent, so that what fails now is the state and not its last branch.
            interpreter.then(parent, () -> complete(parent, now), now);
        }
    }

    private void complete(Strand strand, Instant now) {
        Visit visit = strand.here();
        int end = strand.last();
        interpreter.event(strand, Interpreter.state(visit, "StateSucceeded"), null, now);
        // As AWS has it: what follows does not follow this event but the one before.
        strand.last(end);
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        for (Strand child : visit.children()) {
            Document output = child.output();
            outputs.add(output == null ? JsonNodeFactory.instance.nullNode() : output.node());
        }
        interpreter.finish(strand, outputs, now);
    }

    /** A branch or an iteration has failed, and the whole state with it. */
    void failed(Strand child, StateFailure failure, Instant now) {
        Strand parent = parent(child);
        int end = child.last();
        if (parent.here().state().type() == StateType.MAP) {
            interpreter.event(child, "MapIterationFailed", iterationDetails(child), now);
        }
        parent.last(end);
        for (Strand other : parent.here().children()) {
            if (other.progress() == Strand.Progress.RUNNING) {
                abort(other, end, now);
            }
        }
        interpreter.then(parent, () -> interpreter.failed(parent, failure, now), now);
    }

    private void abort(Strand strand, int previous, Instant now) {
        strand.progress(Strand.Progress.ABORTED);
        Visit visit = strand.visit();
        if (visit == null) {
            return;
        }
        visit.children().stream()
                .filter(child -> child.progress() == Strand.Progress.RUNNING)
                .forEach(child -> abort(child, previous, now));
        interpreter.tasks().abandoned(strand, now);
        switch (visit.state().type()) {
            case TASK, WAIT, PARALLEL, MAP -> {
                strand.last(previous);
                interpreter.event(strand, Interpreter.state(visit, "StateAborted"), null, now);
            }
            default -> {
                // The others are left as soon as they are entered.
            }
        }
        if (parent(strand).here().state().type() == StateType.MAP) {
            strand.last(previous);
            interpreter.event(strand, "MapIterationAborted", iterationDetails(strand), now);
        }
    }

    private static Map<String, Object> iterationDetails(Strand iteration) {
        return Map.of("name", parent(iteration).here().state().name(), "index", iteration.index());
    }

    private static Strand parent(Strand child) {
        Strand parent = child.parent();
        if (parent == null) {
            throw new IllegalArgumentException("an execution is part of nothing");
        }
        return parent;
    }
}
