package io.jenkins.plugins.awsoperations.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.FaultEffect.Answer;
import io.jenkins.plugins.awsoperations.simulator.FaultMatch;
import io.jenkins.plugins.awsoperations.simulator.Faults.PendingFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Faults as JSON, read strictly: an unknown field or a wrong type is an error that names the field. */
final class FaultJson {

    private FaultJson() {}

    /** One fault, or an array of them. */
    static List<Fault> read(JsonNode json) {
        List<Fault> faults = new ArrayList<>();
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                faults.add(fault(json.get(i), "[" + i + "]."));
            }
        } else {
            faults.add(fault(json, ""));
        }
        return faults;
    }

    private static Fault fault(JsonNode json, String at) {
        if (!json.isObject()) {
            throw new ControlError(400, at + ": a fault is a JSON object, not " + json);
        }
        if (!json.has("action")) {
            throw new ControlError(400, at + "action is missing; \"*\" stands for all actions");
        }
        Fault fault = Fault.on(text(json.get("action"), at + "action"));
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String name = at + field.getKey();
            try {
                fault = with(fault, field.getKey(), field.getValue(), name);
            } catch (IllegalArgumentException e) {
                throw new ControlError(400, name + ": " + e.getMessage());
            }
        }
        if (fault.effect().equals(FaultEffect.NONE)) {
            throw new ControlError(
                    400,
                    at + "the fault has no effect; give one of error, throttle, deny, loseReply, loseRequest,"
                            + " serverError, imageFails, imageState, slowSeconds, neverBack, snapshotDeleteResult, commandEnds, entryFails");
        }
        return fault;
    }

    private static Fault with(Fault fault, String field, JsonNode value, String name) {
        return switch (field) {
            case "action" -> fault;
            case "where" -> where(fault, value, name);
            case "times" -> fault.times(positive(value, name));
            case "always" -> yes(value, name) ? fault.always() : fault;
            case "probability" -> fault.probability(number(value, name));
            case "skip" -> fault.skip(positive(value, name));
            case "error" -> error(fault, value, name);
            case "throttle" -> yes(value, name) ? fault.throttle() : fault;
            case "deny" -> yes(value, name) ? fault.deny() : fault;
            case "loseReply" -> yes(value, name) ? fault.loseReply() : fault;
            case "loseRequest" -> yes(value, name) ? fault.loseRequest() : fault;
            case "serverError" -> fault.serverError(afterEffect(value, name));
            case "imageFails" -> fault.imageFails(text(value, name));
            case "imageState" -> fault.imageState(text(value, name));
            case "slowSeconds" -> fault.slow(Duration.ofMillis(Math.round(number(value, name) * 1000)));
            case "neverBack" -> yes(value, name) ? fault.neverBack() : fault;
            case "commandEnds" -> fault.commandEnds(text(value, name));
            case "entryFails" -> entryFails(fault, value, name);
            case "snapshotDeleteResult" -> fault.snapshotDeleteResult(text(value, name));
            default -> throw new ControlError(400, "unknown field " + name);
        };
    }

    private static Fault where(Fault fault, JsonNode value, String name) {
        if (!value.isObject()) {
            throw new ControlError(400, name + " is an object of query parameters, not " + value);
        }
        Fault narrowed = fault;
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            narrowed = narrowed.where(field.getKey(), text(field.getValue(), name + "." + field.getKey()));
        }
        return narrowed;
    }

    private static Fault error(Fault fault, JsonNode value, String name) {
        for (Map.Entry<String, JsonNode> part : value.properties()) {
            if (!List.of("code", "message", "status").contains(part.getKey())) {
                throw new ControlError(400, "unknown field " + name + "." + part.getKey());
            }
        }
        if (!value.isObject() || !value.has("code")) {
            throw new ControlError(400, name + " is {\"code\": …, \"message\": …, \"status\": 400}, not " + value);
        }
        return fault.error(
                text(value.get("code"), name + ".code"),
                value.has("message") ? text(value.get("message"), name + ".message") : "",
                value.has("status") ? positive(value.get("status"), name + ".status") : 400);
    }

    private static Fault entryFails(Fault fault, JsonNode value, String name) {
        for (Map.Entry<String, JsonNode> part : value.properties()) {
            if (!List.of("code", "message").contains(part.getKey())) {
                throw new ControlError(400, "unknown field " + name + "." + part.getKey());
            }
        }
        if (!value.isObject() || !value.has("code")) {
            throw new ControlError(400, name + " is {\"code\": …, \"message\": …}, not " + value);
        }
        return fault.entryFails(
                text(value.get("code"), name + ".code"),
                value.has("message") ? text(value.get("message"), name + ".message") : "");
    }

    private static boolean afterEffect(JsonNode value, String name) {
        return switch (text(value, name)) {
            case "before" -> false;
            case "after" -> true;
            default -> throw new ControlError(400, name + " is \"before\" or \"after\" the effect, not " + value);
        };
    }

    private static String text(JsonNode value, String name) {
        if (!value.isTextual()) {
            throw new ControlError(400, name + " is a text, not " + value);
        }
        return value.textValue();
    }

    private static boolean yes(JsonNode value, String name) {
        if (!value.isBoolean()) {
            throw new ControlError(400, name + " is true or false, not " + value);
        }
        return value.booleanValue();
    }

    private static double number(JsonNode value, String name) {
        if (!value.isNumber()) {
            throw new ControlError(400, name + " is a number, not " + value);
        }
        return value.doubleValue();
    }

    private static int positive(JsonNode value, String name) {
        if (!value.isInt() || value.intValue() < 1) {
            throw new ControlError(400, name + " is a whole number from 1, not " + value);
        }
        return value.intValue();
    }

    static JsonNode write(ObjectMapper json, List<PendingFault> pending) {
        ArrayNode array = json.createArrayNode();
        for (PendingFault fault : pending) {
            FaultMatch match = fault.fault().match();
            ObjectNode node = array.addObject().put("action", match.action());
            if (!match.where().isEmpty()) {
                ObjectNode where = node.putObject("where");
                match.where().forEach(where::put);
            }
            if (fault.skip() > 0) {
                node.put("skip", fault.skip());
            }
            if (fault.remaining() == FaultMatch.ALWAYS) {
                node.put("always", true);
            } else {
                node.put("times", fault.remaining());
            }
            if (match.probability() < 1) {
                node.put("probability", match.probability());
            }
            writeEffect(node, fault.fault().effect());
        }
        return array;
    }

    private static void writeEffect(ObjectNode node, FaultEffect effect) {
        FaultEffect.ErrorAnswer error = effect.error();
        if (error != null) {
            node.putObject("error")
                    .put("code", error.code())
                    .put("message", error.message())
                    .put("status", error.status());
        }
        switch (effect.answer()) {
            case THROTTLE -> node.put("throttle", true);
            case DENY -> node.put("deny", true);
            case LOSE_REPLY -> node.put("loseReply", true);
            case LOSE_REQUEST -> node.put("loseRequest", true);
            case SERVER_ERROR_BEFORE, SERVER_ERROR_AFTER ->
                node.put("serverError", effect.answer() == Answer.SERVER_ERROR_AFTER ? "after" : "before");
            case NORMAL, ERROR -> {
                // An error was written above; a normal reply has nothing to write.
            }
        }
        FaultEffect.ImageFate image = effect.image();
        if (image != null && image.reasonMessage() != null) {
            node.put("imageFails", image.reasonMessage());
        } else if (image != null) {
            node.put("imageState", image.state());
        }
        Duration slow = effect.imageDuration();
        if (slow != null) {
            node.put("slowSeconds", slow.toMillis() / 1000.0);
        }
        if (effect.neverBack()) {
            node.put("neverBack", true);
        }
        if (effect.snapshotDeleteResult() != null) {
            node.put("snapshotDeleteResult", effect.snapshotDeleteResult());
        }
        if (effect.commandEnds() != null) {
            node.put("commandEnds", effect.commandEnds());
        }
        FaultEffect.EntryError entry = effect.entryError();
        if (entry != null) {
            node.putObject("entryFails").put("code", entry.code()).put("message", entry.message());
        }
    }
}
