package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.Timeline;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.State;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Task states: what they start, what becomes of it, and who may say so. */
final class TaskStates implements Endings.Watcher {

    /** How long a call to another service takes, so that machines that start one another take time. */
    private static final Duration CALL = Duration.ofMillis(100);

    private final Interpreter interpreter;
    private final Timeline timeline;
    private final Surroundings surroundings;

    TaskStates(Interpreter interpreter, Timeline timeline, Surroundings surroundings) {
        this.interpreter = interpreter;
        this.timeline = timeline;
        this.surroundings = surroundings;
    }

    /**
     * What tasks need.
     *
     * @param region where they are
     * @param tokens by which others end them
     * @param rules what they come to, by their states
     * @param script what they come to when there is no rule
     * @param integrations what is done without a script, by the names of {@link TaskResource#call()}
     */
    record Surroundings(
            String region, Tokens tokens, TaskRules rules, TaskScript script, Map<String, Integration> integrations) {}

    void start(Strand strand, Instant now) {
        Visit visit = strand.here();
        State state = visit.state();
        TaskResource resource = TaskResource.of(String.valueOf(state.text("Resource")));
        Attempt attempt = new Attempt(strand, resource, now);
        visit.attempt(attempt);
        if (resource.waitsForToken()) {
            surroundings.tokens().issue(attempt);
        }
        Evaluation evaluation = new Evaluation(strand);
        JsonNode parameters = evaluation.parameters();
        Document given = parameters == visit.input().node() ? visit.input() : Document.of(parameters);
        Limits limits = new Limits(evaluation.seconds("TimeoutSeconds"), evaluation.seconds("HeartbeatSeconds"));
        interpreter.event(strand, resource.kind().event("Scheduled"), scheduled(resource, given, limits), now);
        boolean integration = resource.kind() == TaskResource.Kind.INTEGRATION;
        interpreter.event(
                strand, resource.kind().event("Started"), integration ? resource.details("", null) : null, now);
        carryOut(attempt, given, limits, now);
    }

    private Map<String, Object> scheduled(TaskResource resource, Document given, Limits limits) {
        Map<String, Object> details = resource.kind() == TaskResource.Kind.INTEGRATION
                ? Details.with(resource.details("parameters", given.text()), "region", surroundings.region())
                : Map.of("resource", resource.arn(), "input", given.text());
        return Details.with(
                Details.with(details, "timeoutInSeconds", limits.timeout()), "heartbeatInSeconds", limits.heartbeat());
    }

    private void carryOut(Attempt attempt, Document given, Limits limits, Instant now) {
        Integration integration =
                surroundings.integrations().get(attempt.resource().call());
        if (integration != null) {
            at(attempt, now.plus(CALL), time -> perform(integration, attempt, given.node(), time));
            limit(attempt, limits, now);
            return;
        }
        TaskOutcome outcome = outcome(attempt, given);
        if (attempt.resource().waitsForToken()) {
            submitted(attempt, JsonNodeFactory.instance.objectNode(), now);
        }
        Long timeout = limits.timeout();
        Instant end = now.plus(outcome.delay());
        boolean inTime = timeout == null || !end.isAfter(now.plusSeconds(timeout));
        switch (outcome.end()) {
            case TOKEN -> {
                if (attempt.token() == null) {
                    surroundings.tokens().issue(attempt);
                }
                limit(attempt, limits, now);
            }
            case TIME_OUT -> at(attempt, limits.isSet() ? limits.soonest(now) : end, time -> timeOut(attempt, time));
            default -> {
                if (inTime) {
                    at(attempt, end, time -> end(attempt, outcome, time));
                } else {
                    limit(attempt, limits, now);
                }
            }
        }
    }

    private TaskOutcome outcome(Attempt attempt, Document given) {
        Strand strand = attempt.strand();
        Execution execution = strand.execution();
        TaskOutcome ruled = surroundings
                .rules()
                .take(strand.here().state().name(), execution.machine().name());
        if (ruled != null) {
            return ruled;
        }
        TaskOutcome scripted = surroundings
                .script()
                .run(new TaskCall(
                        execution.arn(),
                        execution.name(),
                        strand.here().state().name(),
                        attempt.resource().arn(),
                        given.text(),
                        strand.here().retries() + 1,
                        execution.standing().redriveCount()));
        if (scripted != null) {
            return scripted;
        }
        return attempt.resource().waitsForToken() ? TaskOutcome.waitForToken() : TaskOutcome.succeed("{}");
    }

    private void end(Attempt attempt, TaskOutcome outcome, Instant now) {
        Document output = outcome.output();
        if (output != null) {
            succeed(attempt, output, now);
        } else {
            fail(attempt, new StateFailure(outcome.error(), outcome.cause()), now);
        }
    }

    private void perform(Integration integration, Attempt attempt, JsonNode parameters, Instant now) {
        try {
            integration.call(attempt, parameters, now);
        } catch (AwsError error) {
            fail(attempt, SdkReplies.failure(attempt.resource(), error), now);
        }
    }

    private void limit(Attempt attempt, Limits limits, Instant now) {
        if (limits.timeout() != null) {
            at(attempt, now.plusSeconds(limits.timeout()), time -> timeOut(attempt, time));
        }
        if (limits.heartbeat() != null) {
            awaitHeartbeat(attempt, limits.heartbeat());
        }
    }

    private void awaitHeartbeat(Attempt attempt, long seconds) {
        at(attempt, attempt.lastSign().plusSeconds(seconds), time -> {
            if (attempt.lastSign().plusSeconds(seconds).isAfter(time)) {
                awaitHeartbeat(attempt, seconds);
            } else {
                timeOut(attempt, time);
            }
        });
    }

    private void at(Attempt attempt, Instant when, Timeline.Event event) {
        timeline.at(when, time -> {
            if (attempt.open()) {
                interpreter.then(attempt.strand(), () -> event.happen(time), time);
                interpreter.settle();
            }
        });
    }

    /** The call has been made; the task goes on until it is told how it ended. */
    void submitted(Attempt attempt, ObjectNode reply, Instant now) {
        String output = Document.of(SdkReplies.complete(reply)).text();
        interpreter.event(attempt.strand(), "TaskSubmitted", attempt.resource().details("output", output), now);
    }

    /** The task has succeeded. */
    void succeed(Attempt attempt, Document output, Instant now) {
        if (output.tooLong()) {
            fail(attempt, new Evaluation(attempt.strand()).dataLimitExceeded(), now);
            return;
        }
        TaskResource resource = attempt.resource();
        interpreter.event(
                attempt.strand(), resource.kind().event("Succeeded"), resource.details("output", output.text()), now);
        close(attempt);
        interpreter.finish(attempt.strand(), output.node(), now);
    }

    /** The task has failed. */
    void fail(Attempt attempt, StateFailure failure, Instant now) {
        fail(attempt, "Failed", failure, now);
    }

    private void timeOut(Attempt attempt, Instant now) {
        fail(attempt, "TimedOut", new StateFailure(StateFailure.TIMEOUT, null), now);
    }

    private void fail(Attempt attempt, String event, StateFailure failure, Instant now) {
        TaskResource resource = attempt.resource();
        interpreter.event(
                attempt.strand(),
                resource.kind().event(event),
                resource.failed(failure.error(), failure.explanation()),
                now);
        stopChild(attempt, now);
        close(attempt);
        interpreter.failed(attempt.strand(), failure, now);
    }

    private void close(Attempt attempt) {
        surroundings.tokens().close(attempt);
        attempt.strand().here().attempt(null);
    }

    private void stopChild(Attempt attempt, Instant now) {
        Execution child = attempt.child();
        if (child != null && child.running()) {
            interpreter.stop(child, now);
        }
    }

    @Override
    public void abandoned(Strand strand, Instant now) {
        Visit visit = strand.visit();
        if (visit == null) {
            return;
        }
        visit.children().forEach(child -> abandoned(child, now));
        Attempt attempt = visit.attempt();
        if (attempt != null) {
            stopChild(attempt, now);
            close(attempt);
        }
    }

    @Override
    public void ended(Attempt waiting, Execution execution, Instant now) {
        interpreter.then(
                waiting.strand(),
                () -> {
                    if (!waiting.open()) {
                        return;
                    }
                    boolean succeeded = execution.standing().status() == ExecutionStatus.SUCCEEDED;
                    Document described = SdkReplies.described(execution, waiting.resource());
                    if (succeeded) {
                        succeed(waiting, described, now);
                    } else {
                        fail(waiting, new StateFailure("States.TaskFailed", described.text()), now);
                    }
                },
                now);
    }

    /**
     * How long a task may take.
     *
     * @param timeout seconds; null: no limit
     * @param heartbeat seconds without a sign; null: no limit
     */
    private record Limits(@Nullable Long timeout, @Nullable Long heartbeat) {

        boolean isSet() {
            return timeout != null || heartbeat != null;
        }

        Instant soonest(Instant now) {
            long first = timeout == null ? Long.MAX_VALUE : timeout;
            long second = heartbeat == null ? Long.MAX_VALUE : heartbeat;
            return now.plusSeconds(Math.min(first, second));
        }
    }
}
