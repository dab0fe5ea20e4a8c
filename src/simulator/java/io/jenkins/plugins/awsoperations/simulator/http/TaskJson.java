package io.jenkins.plugins.awsoperations.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.states.StatesWorld;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import io.jenkins.plugins.awsoperations.simulator.states.TaskRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tasks of Step Functions come to as JSON, read strictly. */
final class TaskJson {

    private static final List<String> FIELDS =
            List.of("state", "machine", "times", "afterSeconds", "succeed", "fail", "timeOut", "waitForToken");
    private static final List<String> OUTCOMES = List.of("succeed", "fail", "timeOut", "waitForToken");

    private TaskJson() {}

    /** One rule, or an array of them. */
    static List<TaskRule> read(JsonNode json) {
        List<TaskRule> rules = new ArrayList<>();
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                rules.add(rule(json.get(i), "[" + i + "]."));
            }
        } else {
            rules.add(rule(json, ""));
        }
        return rules;
    }

    private static TaskRule rule(JsonNode json, String at) {
        if (!json.isObject() || !json.path("state").isTextual()) {
            throw new ControlError(400, at + "state is missing, or no text; \"*\" stands for all states");
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new ControlError(400, "unknown field " + at + field.getKey());
            }
        }
        if (json.has("machine") && !json.get("machine").isTextual()) {
            throw new ControlError(400, at + "machine is the name of a state machine, not " + json.get("machine"));
        }
        JsonNode times = json.get("times");
        if (times != null && !(times.canConvertToInt() && times.isIntegralNumber() && times.intValue() > 0)) {
            throw new ControlError(400, at + "times is a whole number of at least 1, not " + times);
        }
        return new TaskRule(
                json.get("state").textValue(),
                json.has("machine") ? json.get("machine").textValue() : null,
                delayed(outcome(json, at), json.get("afterSeconds"), at),
                times == null ? 0 : times.intValue());
    }

    private static TaskOutcome outcome(JsonNode json, String at) {
        List<String> given = OUTCOMES.stream().filter(json::has).toList();
        if (given.size() != 1) {
            throw new ControlError(400, at + "give one of succeed, fail, timeOut, waitForToken");
        }
        JsonNode value = json.get(given.get(0));
        return switch (given.get(0)) {
            case "succeed" -> TaskOutcome.succeed(value.toString());
            case "fail" -> failure(value, at);
            case "timeOut" -> yes(value, TaskOutcome.timeOut(), at + "timeOut");
            default -> yes(value, TaskOutcome.waitForToken(), at + "waitForToken");
        };
    }

    private static TaskOutcome failure(JsonNode value, String at) {
        boolean known = value.isObject()
                && value.path("error").isTextual()
                && (value.size() == 1
                        || value.size() == 2 && value.path("cause").isTextual());
        if (!known) {
            throw new ControlError(400, at + "fail is {\"error\": …, \"cause\": …}, not " + value);
        }
        return TaskOutcome.fail(
                value.get("error").textValue(), value.path("cause").asText());
    }

    private static TaskOutcome yes(JsonNode value, TaskOutcome outcome, String name) {
        if (!value.isBoolean() || !value.booleanValue()) {
            throw new ControlError(400, name + " is true, not " + value);
        }
        return outcome;
    }

    private static TaskOutcome delayed(TaskOutcome outcome, @Nullable JsonNode seconds, String at) {
        if (seconds == null) {
            return outcome;
        }
        if (!seconds.isNumber() || seconds.doubleValue() < 0) {
            throw new ControlError(400, at + "afterSeconds is a number that is not negative, not " + seconds);
        }
        return outcome.after(Duration.ofMillis(Math.round(seconds.doubleValue() * 1000)));
    }

    /** The rules and the tasks that wait for their tokens. */
    static JsonNode write(ObjectMapper json, StatesWorld states) {
        ObjectNode node = json.createObjectNode();
        ArrayNode rules = node.putArray("rules");
        states.taskRules().pending().forEach(rule -> write(rule, rules.addObject()));
        ArrayNode waiting = node.putArray("waiting");
        states.waitingTasks()
                .forEach(task -> waiting.addObject()
                        .put("executionArn", task.executionArn())
                        .put("state", task.stateName())
                        .put("taskToken", task.token()));
        return node;
    }

    private static void write(TaskRule rule, ObjectNode node) {
        TaskOutcome outcome = rule.outcome();
        node.put("state", rule.stateName());
        if (rule.machineName() != null) {
            node.put("machine", rule.machineName());
        }
        if (rule.times() > 0) {
            node.put("times", rule.times());
        }
        node.put("afterSeconds", outcome.delay().toMillis() / 1000.0);
        switch (outcome.end()) {
            case SUCCEED ->
                node.set(
                        "succeed",
                        outcome.output() == null ? null : outcome.output().node());
            case FAIL -> node.putObject("fail").put("error", outcome.error()).put("cause", outcome.cause());
            case TIME_OUT -> node.put("timeOut", true);
            case TOKEN -> node.put("waitForToken", true);
        }
    }
}
