package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsoperations.simulator.Timeline;
import io.jenkins.plugins.awsoperations.simulator.asl.Binding;
import io.jenkins.plugins.awsoperations.simulator.asl.Catcher;
import io.jenkins.plugins.awsoperations.simulator.asl.ChoiceRule;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.Retrier;
import io.jenkins.plugins.awsoperations.simulator.asl.State;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import io.jenkins.plugins.awsoperations.simulator.asl.StateType;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leads strands from state to state: what happens at once happens at once, the rest is put on the timeline. */
final class Interpreter {

    private final Timeline timeline;
    private final Agenda agenda;
    private final Endings endings;
    private final TaskStates tasks;
    private final GroupStates groups;

    Interpreter(Timeline timeline, Endings endings, TaskStates.Surroundings surroundings) {
        this.timeline = timeline;
        this.endings = endings;
        this.agenda = new Agenda(this::failed, endings);
        this.tasks = new TaskStates(this, timeline, surroundings);
        this.groups = new GroupStates(this);
        endings.watch(tasks);
    }

    TaskStates tasks() {
        return tasks;
    }

    /** Lets a strand enter a state, once what is under way has come to rest. */
    void enter(Strand strand, String stateName, Document input, Instant now) {
        agenda.add(strand, () -> arrive(strand, stateName, input, now), now);
    }

    /** Does something in a strand, once what is under way has come to rest; it may fail the strand's state. */
    void then(Strand strand, Runnable work, Instant now) {
        agenda.add(strand, work, now);
    }

    /** Lets a strand go on in the state in which it ended: what it does there follows its being entered. */
    void redrive(Strand strand, Instant now) {
        Visit visit = strand.here().again(now);
        strand.visit(visit);
        strand.last(visit.enteredId());
        strand.progress(Strand.Progress.RUNNING);
        if (visit.state().type() == StateType.FAIL) {
            enter(strand, visit.state().name(), visit.input(), now);
        } else if (GroupStates.unfinished(visit)) {
            groups.redrive(strand, now);
        } else {
            then(strand, () -> act(strand, now), now);
        }
    }

    /** Stops an execution from outside. */
    void stop(Execution execution, Instant now) {
        endings.aborted(execution, null, null, now);
    }

    /** Does what has been put off. */
    void settle() {
        agenda.run();
    }

    private void arrive(Strand strand, String stateName, Document input, Instant now) {
        if (strand.execution().machine().deleting()) {
            // API reference of DeleteStateMachine: executions are terminated on the next state transition.
            endings.aborted(strand.execution(), null, null, now);
            return;
        }
        Visit visit = new Visit(strand.flow().state(stateName), input, now);
        strand.visit(visit);
        int id = event(strand, state(visit, "StateEntered"), Details.entered(stateName, input.text()), now);
        visit.enteredId(id);
        act(strand, now);
    }

    /** Does what the strand's state does, for the first time or once more. */
    void act(Strand strand, Instant now) {
        Evaluation evaluation = new Evaluation(strand);
        State state = strand.here().state();
        switch (state.type()) {
            case PASS ->
                finish(
                        strand,
                        state.fields().has("Result") ? state.fields().get("Result") : evaluation.parameters(),
                        now);
            case SUCCEED -> leave(strand, evaluation.passedOn(), null, now);
            case CHOICE -> choose(strand, evaluation, now);
            case WAIT -> await(strand, until(evaluation, strand.here()), now);
            case FAIL -> failed(strand, new StateFailure(evaluation.text("Error"), evaluation.text("Cause")), now);
            case TASK -> tasks.start(strand, now);
            default -> groups.start(strand, now);
        }
    }

    private void choose(Strand strand, Evaluation evaluation, Instant now) {
        State state = strand.here().state();
        Binding input = evaluation.input();
        String next = state.choices().stream()
                .filter(choice -> choice.condition().holds(input))
                .map(ChoiceRule::next)
                .findFirst()
                .orElse(state.next());
        if (next == null) {
            throw StateFailure.runtime(
                    "Failed to transition out of the state. The state does not point to a next state.");
        }
        leave(strand, evaluation.passedOn(), next, now);
    }

    private static Instant until(Evaluation evaluation, Visit visit) {
        Long seconds = evaluation.seconds("Seconds");
        if (seconds != null) {
            return visit.enteredAt().plusSeconds(seconds);
        }
        String timestamp = evaluation.text("Timestamp");
        try {
            return OffsetDateTime.parse(String.valueOf(timestamp)).toInstant();
        } catch (DateTimeParseException e) {
            throw StateFailure.runtime("The Timestamp parameter does not reference a valid ISO-8601 extended offset"
                    + " date-time format string: " + timestamp);
        }
    }

    private void await(Strand strand, Instant until, Instant now) {
        Visit visit = strand.here();
        later(
                strand,
                visit,
                until,
                time -> leave(
                        strand, new Evaluation(strand).passedOn(), visit.state().next(), time));
    }

    /** Does something at a time, if the strand is then still in the same state. */
    void later(Strand strand, Visit visit, Instant when, Timeline.Event event) {
        timeline.at(when, time -> {
            if (strand.alive() && strand.visit() == visit) {
                agenda.add(strand, () -> event.happen(time), time);
                agenda.run();
            }
        });
    }

    /** The work of the strand's state has a result. */
    void finish(Strand strand, JsonNode result, Instant now) {
        leave(
                strand,
                new Evaluation(strand).output(result),
                strand.here().state().next(),
                now);
    }

    private void leave(Strand strand, Document output, @Nullable String next, Instant now) {
        Visit visit = strand.here();
        event(strand, state(visit, "StateExited"), Details.exited(visit.state().name(), output.text()), now);
        if (next != null) {
            enter(strand, next, output, now);
        } else if (strand.parent() == null) {
            endings.succeeded(strand.execution(), output, now);
        } else {
            strand.succeed(output);
            groups.succeeded(strand, now);
        }
    }

    /** The strand's state has failed: it is tried again, or the failure is caught, or the strand fails. */
    void failed(Strand strand, StateFailure failure, Instant now) {
        Visit visit = strand.here();
        State state = visit.state();
        visit.attempt(null);
        Retrier retrier = state.retrier(failure.error());
        if (retrier != null && visit.used(retrier) < retrier.maxAttempts()) {
            Duration delay = retrier.delay(visit.used(retrier));
            visit.retried(retrier);
            later(strand, visit, now.plus(delay), time -> act(strand, time));
            return;
        }
        if (state.type() == StateType.PARALLEL || state.type() == StateType.MAP) {
            event(strand, state(visit, "StateFailed"), null, now);
        }
        Catcher catcher = state.catcher(failure.error());
        if (catcher != null) {
            leave(strand, new Evaluation(strand).caught(failure, catcher.resultPath()), catcher.next(), now);
            return;
        }
        strand.progress(Strand.Progress.FAILED);
        if (strand.parent() == null) {
            endings.failed(strand.execution(), failure, strand.last(), now);
        } else {
            groups.failed(strand, failure, now);
        }
    }

    /** Adds the next event of a strand; returns its id. */
    int event(Strand strand, String type, @Nullable Map<String, Object> details, Instant now) {
        int id = strand.execution().history().add(strand.last(), type, now, details);
        strand.last(id);
        return id;
    }

    static String state(Visit visit, String suffix) {
        return visit.state().type().text() + suffix;
    }
}
