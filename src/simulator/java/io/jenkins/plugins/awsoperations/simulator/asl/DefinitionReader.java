package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads definitions and refuses what AWS would refuse, and what the simulator would have to misunderstand. */
final class DefinitionReader {

    private static final Set<String> MACHINE_FIELDS =
            Set.of("Comment", "StartAt", "States", "TimeoutSeconds", "Version", "QueryLanguage");
    private static final Set<String> PROCESSOR_FIELDS = Set.of("Comment", "StartAt", "States", "ProcessorConfig");
    private static final Set<String> BRANCH_FIELDS = Set.of("Comment", "StartAt", "States");

    private DefinitionReader() {}

    static Definition read(String json) {
        JsonNode machine;
        try {
            machine = Document.parse(json).node();
        } catch (JsonProcessingException e) {
            throw DefinitionError.json(e.getOriginalMessage());
        }
        if (!machine.isObject()) {
            throw DefinitionError.json("Expected value of type Object");
        }
        refuseOtherLanguages(machine, "");
        JsonNode timeout = machine.get("TimeoutSeconds");
        if (timeout != null && !(timeout.isIntegralNumber() && timeout.longValue() > 0)) {
            throw DefinitionError.schema("Value is not a positive number of seconds", "/TimeoutSeconds");
        }
        return new Definition(flow(machine, "", MACHINE_FIELDS), timeout == null ? null : timeout.longValue());
    }

    /** What is done with each item of a Map state. */
    static Flow processor(JsonNode processor, String location) {
        JsonNode mode = processor.path("ProcessorConfig").path("Mode");
        if (mode.asText().equals("DISTRIBUTED")) {
            throw DefinitionError.schema(
                    "The simulator does not know the mode DISTRIBUTED, only INLINE",
                    location + "/ProcessorConfig/Mode");
        }
        return flow(processor, location, PROCESSOR_FIELDS);
    }

    static Flow branch(JsonNode branch, String location) {
        return flow(branch, location, BRANCH_FIELDS);
    }

    static void refuseOtherLanguages(JsonNode fields, String location) {
        JsonNode language = fields.get("QueryLanguage");
        if (language != null && !language.asText().equals("JSONPath")) {
            throw DefinitionError.schema(
                    "The simulator does not know the query language " + language.asText() + ", only JSONPath",
                    location + "/QueryLanguage");
        }
    }

    private static Flow flow(JsonNode fields, String location, Set<String> known) {
        List<String> missing = List.of("StartAt", "States").stream()
                .filter(name -> !fields.hasNonNull(name))
                .toList();
        String here = location.isEmpty() ? "/" : location;
        if (!missing.isEmpty()) {
            throw DefinitionError.schema("These fields are required: " + missing, here);
        }
        fields.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw DefinitionError.schema("Field is not supported", location + '/' + name);
            }
        });
        JsonNode states = fields.get("States");
        if (!states.isObject() || states.isEmpty()) {
            throw DefinitionError.schema("Value cannot be empty", location + "/States");
        }
        Map<String, State> read = new LinkedHashMap<>();
        states.properties()
                .forEach(state -> read.put(
                        state.getKey(),
                        StateReader.read(state.getKey(), state.getValue(), location + "/States/" + state.getKey())));
        String startAt = fields.get("StartAt").asText();
        if (!read.containsKey(startAt)) {
            throw DefinitionError.target("Missing 'StartAt' target: " + startAt, location + "/StartAt");
        }
        checkTargets(read, startAt, location);
        return new Flow(startAt, read);
    }

    private static void checkTargets(Map<String, State> states, String startAt, String location) {
        Set<String> reached = new HashSet<>(Set.of(startAt));
        Deque<State> open = new ArrayDeque<>();
        for (State state = states.get(startAt); state != null; state = open.poll()) {
            String place = location + "/States/" + state.name();
            for (Target target : targets(state)) {
                State next = states.get(target.name());
                if (next == null) {
                    throw DefinitionError.target(
                            "Missing '" + target.field() + "' target: " + target.name(), place + '/' + target.place());
                }
                if (reached.add(next.name())) {
                    open.add(next);
                }
            }
        }
        for (String name : states.keySet()) {
            if (!reached.contains(name)) {
                throw DefinitionError.target("State \"" + name + "\" is not reachable.", location + "/States/" + name);
            }
        }
    }

    private static List<Target> targets(State state) {
        List<Target> targets = new ArrayList<>();
        add(targets, state.next(), state.type() == StateType.CHOICE ? "Default" : "Next", "");
        for (int i = 0; i < state.catchers().size(); i++) {
            add(targets, state.catchers().get(i).next(), "Next", "Catch[" + i + "]/");
        }
        for (int i = 0; i < state.choices().size(); i++) {
            add(targets, state.choices().get(i).next(), "Next", "Choices[" + i + "]/");
        }
        return targets;
    }

    private static void add(List<Target> targets, @Nullable String name, String field, String before) {
        if (name != null) {
            targets.add(new Target(name, field, before + field));
        }
    }

    private record Target(String name, String field, String place) {}
}
