package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Intrinsic functions (Step Functions Developer Guide, "Intrinsics for JSONPath states"), as far as they are simulated. */
final class Intrinsics {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, Function<List<JsonNode>, JsonNode>> FUNCTIONS = Map.of(
            "States.Format", Intrinsics::format,
            "States.StringToJson", args -> parse(text(args, 0)),
            "States.JsonToString", args -> new TextNode(Document.write(argument(args, 0))),
            "States.Array", args -> NODES.arrayNode().addAll(args),
            "States.ArrayLength", args -> NODES.numberNode(array(args).size()),
            "States.ArrayGetItem", args -> item(array(args), argument(args, 1)),
            "States.ArrayContains", args -> NODES.booleanNode(contains(array(args), argument(args, 1))),
            "States.StringSplit", Intrinsics::split,
            "States.Base64Encode",
                    args -> new TextNode(
                            Base64.getEncoder().encodeToString(text(args, 0).getBytes(StandardCharsets.UTF_8))),
            "States.MathAdd",
                    args -> NODES.numberNode(
                            argument(args, 0).asLong() + argument(args, 1).asLong()));

    private Intrinsics() {}

    static boolean valid(String expression) {
        try {
            new Parser(expression).call();
            return true;
        } catch (StateFailure e) {
            return false;
        }
    }

    static JsonNode evaluate(String expression, Binding binding) {
        return new Parser(expression).call().value(binding);
    }

    private static StateFailure failure(String explanation) {
        return new StateFailure("States.IntrinsicFailure", explanation);
    }

    private static JsonNode format(List<JsonNode> args) {
        String template = text(args, 0);
        StringBuilder text = new StringBuilder();
        int used = 1;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length()) {
                i++;
                text.append(template.charAt(i));
            } else if (c == '{' && template.startsWith("{}", i)) {
                i++;
                JsonNode value = argument(args, used);
                used++;
                text.append(value.isTextual() ? value.textValue() : Document.write(value));
            } else {
                text.append(c);
            }
        }
        if (used != args.size()) {
            throw failure("Invalid arguments in States.Format: " + (args.size() - used) + " too many");
        }
        return new TextNode(text.toString());
    }

    private static JsonNode parse(String text) {
        try {
            return Document.parse(text).node();
        } catch (JsonProcessingException e) {
            throw failure("Invalid arguments in States.StringToJson: " + e.getOriginalMessage());
        }
    }

    private static JsonNode split(List<JsonNode> args) {
        ArrayNode parts = NODES.arrayNode();
        String separators = text(args, 1);
        StringBuilder part = new StringBuilder();
        for (char c : (text(args, 0) + (separators.isEmpty() ? "" : separators.charAt(0))).toCharArray()) {
            if (separators.indexOf(c) < 0) {
                part.append(c);
            } else if (part.length() > 0) {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        return parts;
    }

    private static JsonNode item(JsonNode array, JsonNode index) {
        JsonNode found = index.isInt() ? array.get(index.intValue()) : null;
        if (found == null) {
            throw failure("Invalid arguments in States.ArrayGetItem: no item " + index);
        }
        return found;
    }

    private static boolean contains(JsonNode array, JsonNode wanted) {
        for (JsonNode element : array) {
            if (element.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode argument(List<JsonNode> args, int index) {
        if (index >= args.size()) {
            throw failure("Invalid number of arguments: " + args.size());
        }
        return args.get(index);
    }

    private static String text(List<JsonNode> args, int index) {
        JsonNode value = argument(args, index);
        if (!value.isTextual()) {
            throw failure("Invalid argument: expected a string, found " + Document.write(value));
        }
        return value.textValue();
    }

    private static JsonNode array(List<JsonNode> args) {
        JsonNode value = argument(args, 0);
        if (!value.isArray()) {
            throw failure("Invalid argument: expected an array, found " + Document.write(value));
        }
        return value;
    }

    /** Something that has a value once there is data. */
    private interface Expression {

        JsonNode value(Binding binding);
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Expression call() {
            Expression call = function();
            if (at != text.length()) {
                throw failure("Invalid Intrinsic function: " + text);
            }
            return call;
        }

        private Expression function() {
            int open = text.indexOf('(', at);
            Function<List<JsonNode>, JsonNode> function =
                    open < 0 ? null : FUNCTIONS.get(text.substring(at, open).strip());
            if (function == null) {
                throw failure("The simulator does not know the intrinsic function in " + text);
            }
            at = open + 1;
            List<Expression> arguments = new ArrayList<>();
            skipSpaces();
            while (peek() != ')') {
                arguments.add(argument());
                skipSpaces();
                if (peek() == ',') {
                    at++;
                    skipSpaces();
                } else if (peek() != ')') {
                    throw failure("Invalid Intrinsic function: " + text);
                }
            }
            at++;
            return binding -> function.apply(
                    arguments.stream().map(argument -> argument.value(binding)).toList());
        }

        private Expression argument() {
            char first = peek();
            if (first == '\'') {
                JsonNode literal = new TextNode(quoted());
                return binding -> literal;
            }
            if (text.startsWith("States.", at)) {
                return function();
            }
            String word = word();
            if (first == '$') {
                if (!Paths.valid(word)) {
                    throw failure("Invalid path '" + word + "'");
                }
                return binding -> Paths.read(word, binding);
            }
            JsonNode literal = parse(word);
            return binding -> literal;
        }

        /** What stands between quotes; a backslash stays before braces, which are for States.Format to read. */
        private String quoted() {
            StringBuilder literal = new StringBuilder();
            at++;
            while (peek() != '\'') {
                if (peek() == '\\') {
                    at++;
                    if (peek() == '{' || peek() == '}') {
                        literal.append('\\');
                    }
                }
                literal.append(peek());
                at++;
            }
            at++;
            return literal.toString();
        }

        private String word() {
            int start = at;
            int depth = 0;
            while (depth > 0 || peek() != ',' && peek() != ')') {
                if (peek() == '[') {
                    depth++;
                } else if (peek() == ']') {
                    depth--;
                }
                at++;
            }
            return text.substring(start, at).strip();
        }

        private void skipSpaces() {
            while (peek() == ' ') {
                at++;
            }
        }

        private char peek() {
            if (at >= text.length()) {
                throw failure("Invalid Intrinsic function: " + text);
            }
            return text.charAt(at);
        }
    }
}
