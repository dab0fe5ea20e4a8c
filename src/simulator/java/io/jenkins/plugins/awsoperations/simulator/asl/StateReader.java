package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one state of a definition. */
final class StateReader {

    private static final String IN_AND_OUT = "Type Comment QueryLanguage InputPath OutputPath";
    private static final String WORK = IN_AND_OUT + " Next End Parameters ResultPath";
    private static final String FAILING = WORK + " ResultSelector Retry Catch";
    private static final Map<StateType, Set<String>> FIELDS = Map.of(
            StateType.PASS, words(WORK + " Result"),
            StateType.TASK,
                    words(FAILING + " Resource TimeoutSeconds TimeoutSecondsPath HeartbeatSeconds HeartbeatSecondsPath"
                            + " Credentials"),
            StateType.CHOICE, words(IN_AND_OUT + " Choices Default"),
            StateType.WAIT, words(IN_AND_OUT + " Next End Seconds SecondsPath Timestamp TimestampPath"),
            StateType.SUCCEED, words(IN_AND_OUT),
            StateType.FAIL, words("Type Comment QueryLanguage Error Cause ErrorPath CausePath"),
            StateType.PARALLEL, words(FAILING + " Branches"),
            StateType.MAP, words(FAILING + " ItemsPath ItemProcessor Iterator MaxConcurrency ItemSelector"));

    private final JsonNode fields;
    private final String location;

    private StateReader(JsonNode fields, String location) {
        this.fields = fields;
        this.location = location;
    }

    static State read(String name, JsonNode fields, String location) {
        if (!fields.isObject()) {
            throw DefinitionError.schema("Expected value of type Object", location);
        }
        if (name.length() > 80) {
            throw DefinitionError.schema("State name cannot be longer than 80 characters", location);
        }
        return new StateReader(fields, location).state(name);
    }

    private State state(String name) {
        StateType type = StateType.of(fields.path("Type").asText());
        if (type == null) {
            throw DefinitionError.schema(
                    "Value is not one of "
                            + Arrays.stream(StateType.values())
                                    .map(StateType::text)
                                    .toList(),
                    location + "/Type");
        }
        DefinitionReader.refuseOtherLanguages(fields, location);
        fields.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.get(type).contains(field)) {
                throw DefinitionError.schema("Field is not supported", location + '/' + field);
            }
        });
        checkPaths();
        for (String template : List.of("Parameters", "ResultSelector", "ItemSelector")) {
            if (fields.has(template)) {
                Templates.check(fields.get(template), location + '/' + template);
            }
        }
        return new State(name, type, fields, next(type), retriers(), catchers(), choices(type), flows(type));
    }

    private void checkPaths() {
        for (String field : List.of(
                "InputPath",
                "OutputPath",
                "ItemsPath",
                "SecondsPath",
                "TimestampPath",
                "TimeoutSecondsPath",
                "HeartbeatSecondsPath")) {
            if (fields.hasNonNull(field) && !Paths.valid(fields.get(field).asText())) {
                throw DefinitionError.schema("Value is not a valid JSONPath", location + '/' + field);
            }
        }
        if (fields.hasNonNull("ResultPath")
                && !Paths.isReference(fields.get("ResultPath").asText())) {
            throw DefinitionError.schema("Value is not a Reference Path", location + "/ResultPath");
        }
    }

    private @Nullable String next(StateType type) {
        switch (type) {
            case CHOICE:
                return fields.hasNonNull("Default") ? fields.get("Default").asText() : null;
            case SUCCEED:
            case FAIL:
                return null;
            case WAIT:
                one("Seconds", "SecondsPath", "Timestamp", "TimestampPath");
                break;
            case TASK:
                if (!fields.path("Resource").isTextual()) {
                    throw DefinitionError.schema("These fields are required: [Resource]", location);
                }
                break;
            default:
                break;
        }
        one("Next", "End");
        if (fields.has("End") && !fields.get("End").asBoolean()) {
            throw DefinitionError.schema("Value is not true", location + "/End");
        }
        return fields.has("Next") ? fields.get("Next").asText() : null;
    }

    private void one(String... names) {
        if (Arrays.stream(names).filter(fields::has).count() != 1) {
            throw DefinitionError.schema("Exactly one of these fields is required: " + List.of(names), location);
        }
    }

    private List<Retrier> retriers() {
        List<Retrier> retriers = new ArrayList<>();
        for (Part part : parts("Retry")) {
            JsonNode maxDelay = part.fields.get("MaxDelaySeconds");
            retriers.add(new Retrier(
                    part.errors(),
                    (long) part.number("IntervalSeconds", 1, 1),
                    (long) part.number("MaxAttempts", 3, 0),
                    part.number("BackoffRate", 2, 1),
                    maxDelay == null ? null : (long) part.number("MaxDelaySeconds", 1, 1)));
        }
        return retriers;
    }

    private List<Catcher> catchers() {
        List<Catcher> catchers = new ArrayList<>();
        for (Part part : parts("Catch")) {
            JsonNode path = part.fields.get("ResultPath");
            if (path != null && !path.isNull() && !Paths.isReference(path.asText())) {
                throw DefinitionError.schema("Value is not a Reference Path", part.location + "/ResultPath");
            }
            catchers.add(
                    new Catcher(part.errors(), path == null ? "$" : path.isNull() ? null : path.asText(), part.next()));
        }
        return catchers;
    }

    private List<ChoiceRule> choices(StateType type) {
        List<ChoiceRule> choices = new ArrayList<>();
        for (Part part : parts("Choices")) {
            choices.add(new ChoiceRule(Conditions.read(part.fields, part.location), part.next()));
        }
        if (type == StateType.CHOICE && choices.isEmpty()) {
            throw DefinitionError.schema("Value cannot be empty", location + "/Choices");
        }
        return choices;
    }

    private List<Flow> flows(StateType type) {
        List<Flow> flows = new ArrayList<>();
        for (Part part : parts("Branches")) {
            flows.add(DefinitionReader.branch(part.fields, part.location));
        }
        if (type == StateType.PARALLEL && flows.isEmpty()) {
            throw DefinitionError.schema("Value cannot be empty", location + "/Branches");
        }
        if (type == StateType.MAP) {
            one("ItemProcessor", "Iterator");
            String field = fields.has("Iterator") ? "Iterator" : "ItemProcessor";
            flows.add(DefinitionReader.processor(fields.get(field), location + '/' + field));
        }
        return flows;
    }

    private List<Part> parts(String field) {
        List<Part> parts = new ArrayList<>();
        JsonNode list = fields.get(field);
        if (list != null && !list.isArray()) {
            throw DefinitionError.schema("Expected value of type Array", location + '/' + field);
        }
        for (int i = 0; list != null && i < list.size(); i++) {
            parts.add(new Part(list.get(i), location + '/' + field + '[' + i + ']'));
        }
        return parts;
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    private record Part(JsonNode fields, String location) {

        List<String> errors() {
            JsonNode names = fields.get("ErrorEquals");
            if (names == null || !names.isArray() || names.isEmpty()) {
                throw DefinitionError.schema("Value cannot be empty", location + "/ErrorEquals");
            }
            List<String> errors = new ArrayList<>();
            names.forEach(name -> errors.add(name.asText()));
            if (errors.contains("States.ALL") && errors.size() > 1) {
                throw DefinitionError.schema("States.ALL must appear alone", location + "/ErrorEquals");
            }
            return errors;
        }

        String next() {
            JsonNode next = fields.get("Next");
            if (next == null || !next.isTextual()) {
                throw DefinitionError.schema("These fields are required: [Next]", location);
            }
            return next.textValue();
        }

        double number(String name, double otherwise, double min) {
            JsonNode value = fields.get(name);
            if (value == null) {
                return otherwise;
            }
            if (!value.isNumber() || value.doubleValue() < min) {
                throw DefinitionError.schema("Value is not a number of at least " + min, location + '/' + name);
            }
            return value.doubleValue();
        }
    }
}
