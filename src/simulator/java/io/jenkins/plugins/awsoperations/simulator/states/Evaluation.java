package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.asl.Binding;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.Paths;
import io.jenkins.plugins.awsoperations.simulator.asl.State;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import io.jenkins.plugins.awsoperations.simulator.asl.StateType;
import io.jenkins.plugins.awsoperations.simulator.asl.Templates;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a strand's state makes of its data (Step Functions Developer Guide, "Input and output processing"). */
final class Evaluation {

    private final Strand strand;
    private final Visit visit;
    private final State state;

    Evaluation(Strand strand) {
        this.strand = strand;
        this.visit = strand.here();
        this.state = visit.state();
    }

    /** What {@code $} and {@code $$} are, after InputPath. */
    Binding input() {
        return new Binding(filtered("InputPath", visit.input().node()), this::context);
    }

    /** What the state works with: its input after InputPath and Parameters. */
    JsonNode parameters() {
        Binding input = input();
        return state.type() != StateType.MAP && state.fields().has("Parameters")
                ? Templates.fill(state.fields().get("Parameters"), input)
                : input.data();
    }

    /** What the state comes to when its work had a result: after ResultSelector, ResultPath and OutputPath. */
    Document output(JsonNode result) {
        JsonNode selected = state.fields().has("ResultSelector")
                ? Templates.fill(state.fields().get("ResultSelector"), new Binding(result, this::context))
                : result;
        JsonNode path = state.fields().get("ResultPath");
        JsonNode raw = visit.input().node();
        JsonNode combined = path == null ? selected : path.isNull() ? raw : Paths.put(raw, path.textValue(), selected);
        return passedOn(combined);
    }

    /** What a state comes to that only passes its input on: after InputPath and OutputPath. */
    Document passedOn() {
        return passedOn(input().data());
    }

    private Document passedOn(JsonNode node) {
        return limited(filtered("OutputPath", node));
    }

    /** What the state that follows a caught failure is given. */
    Document caught(StateFailure failure, @Nullable String resultPath) {
        ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("Error", failure.error())
                .put("Cause", failure.explanation());
        JsonNode raw = visit.input().node();
        return limited(resultPath == null ? raw : Paths.put(raw, resultPath, error));
    }

    private Document limited(JsonNode node) {
        // The same data keeps the text in which it was sent.
        Document output = node == visit.input().node() ? visit.input() : Document.of(node);
        if (output.tooLong()) {
            throw dataLimitExceeded();
        }
        return output;
    }

    StateFailure dataLimitExceeded() {
        return new StateFailure(
                "States.DataLimitExceeded",
                "The state/task '" + state.name()
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    /** The list that a Map state goes through. */
    JsonNode items() {
        Binding input = input();
        String path = state.text("ItemsPath");
        JsonNode items = path == null ? input.data() : Paths.read(path, input);
        if (!items.isArray()) {
            throw StateFailure.runtime("Reference path '" + (path == null ? "$" : path) + "' must point to array.");
        }
        return items;
    }

    /** What an iteration of a Map state starts with. */
    Document itemInput(Strand iteration) {
        JsonNode template = state.fields().has("ItemSelector")
                ? state.fields().get("ItemSelector")
                : state.fields().get("Parameters");
        return template == null
                ? Document.of(iteration.item() == null ? JsonNodeFactory.instance.nullNode() : iteration.item())
                : Document.of(
                        Templates.fill(template, new Binding(input().data(), () -> withItem(context(), iteration))));
    }

    /** A number of seconds that the definition gives as such or as a path; null when it gives none. */
    @Nullable
    Long seconds(String field) {
        JsonNode value = state.fields().get(field);
        String path = state.text(field + "Path");
        if (value == null && path == null) {
            return null;
        }
        JsonNode seconds = value == null ? Paths.read(String.valueOf(path), input()) : value;
        if (!seconds.isNumber() || seconds.longValue() < 0) {
            throw StateFailure.runtime(
                    "The " + field + " parameter does not reference a valid number of seconds: " + seconds);
        }
        return seconds.longValue();
    }

    /** A text that the definition gives as such or as a path; null when it gives none. */
    @Nullable
    String text(String field) {
        String path = state.text(field + "Path");
        if (path == null) {
            return state.text(field);
        }
        return Paths.read(path, input()).asText();
    }

    private JsonNode filtered(String field, JsonNode node) {
        JsonNode path = state.fields().get(field);
        if (path == null) {
            return node;
        }
        return path.isNull()
                ? JsonNodeFactory.instance.objectNode()
                : Paths.read(path.textValue(), new Binding(node, this::context));
    }

    /** The context object (Step Functions Developer Guide, "Accessing execution data from the Context object"). */
    private ObjectNode context() {
        Execution execution = strand.execution();
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.putObject("Execution")
                .put("Id", execution.arn())
                .put("Name", execution.name())
                .put("RoleArn", execution.identity().revision().roleArn())
                .put("StartTime", text(execution.startedAt()))
                .put("RedriveCount", execution.standing().redriveCount())
                .set("Input", execution.input().node());
        context.putObject("StateMachine")
                .put("Id", execution.machine().arn())
                .put("Name", execution.machine().name());
        context.putObject("State")
                .put("Name", state.name())
                .put("EnteredTime", text(visit.enteredAt()))
                .put("RetryCount", visit.retries());
        Attempt attempt = visit.attempt();
        if (attempt != null && attempt.token() != null) {
            context.putObject("Task").put("Token", attempt.token());
        }
        return withItem(context, strand);
    }

    private static ObjectNode withItem(ObjectNode context, Strand around) {
        JsonNode item = around.item();
        if (item != null) {
            context.putObject("Map")
                    .putObject("Item")
                    .put("Index", around.itemIndex())
                    .set("Value", item);
        }
        return context;
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
