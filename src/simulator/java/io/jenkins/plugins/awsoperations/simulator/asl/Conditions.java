package io.jenkins.plugins.awsoperations.simulator.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The comparisons of Choice states (Amazon States Language, "Data-test expression"). */
final class Conditions {

    private static final String BY_PATH = "Path";
    private static final Map<String, IntPredicate> ORDERS = Map.of(
            "Equals", order -> order == 0,
            "LessThan", order -> order < 0,
            "GreaterThan", order -> order > 0,
            "LessThanEquals", order -> order <= 0,
            "GreaterThanEquals", order -> order >= 0);
    private static final Map<String, Predicate<JsonNode>> KINDS = Map.of(
            "IsNull", JsonNode::isNull,
            "IsNumeric", JsonNode::isNumber,
            "IsString", JsonNode::isTextual,
            "IsBoolean", JsonNode::isBoolean,
            "IsTimestamp", value -> time(value) != null);
    private static final Comparator<JsonNode> NUMBERS = Comparator.comparing(JsonNode::decimalValue);
    private static final Comparator<JsonNode> TEXTS = Comparator.comparing(JsonNode::textValue);
    private static final Comparator<JsonNode> BOOLEANS = Comparator.comparing(JsonNode::booleanValue);
    private static final Comparator<JsonNode> TIMES = Comparator.comparing(
            value -> OffsetDateTime.parse(value.textValue()).toInstant());

    private Conditions() {}

    /**
     * Reads a rule without its Next.
     *
     * @throws DefinitionError when it is none
     */
    static ChoiceRule.Condition read(JsonNode rule, String location) {
        if (!rule.isObject()) {
            throw DefinitionError.schema("Expected value of type Object", location);
        }
        for (String combination : List.of("And", "Or")) {
            if (rule.has(combination)) {
                List<ChoiceRule.Condition> parts = parts(rule.get(combination), location + '/' + combination);
                return combination.equals("And")
                        ? binding -> parts.stream().allMatch(part -> part.holds(binding))
                        : binding -> parts.stream().anyMatch(part -> part.holds(binding));
            }
        }
        if (rule.has("Not")) {
            ChoiceRule.Condition part = read(rule.get("Not"), location + "/Not");
            return binding -> !part.holds(binding);
        }
        return comparison(rule, location);
    }

    private static List<ChoiceRule.Condition> parts(JsonNode rules, String location) {
        if (!rules.isArray() || rules.isEmpty()) {
            throw DefinitionError.schema("Value cannot be empty", location);
        }
        List<ChoiceRule.Condition> parts = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            parts.add(read(rules.get(i), location + '[' + i + ']'));
        }
        return parts;
    }

    private static ChoiceRule.Condition comparison(JsonNode rule, String location) {
        String variable = rule.path("Variable").asText();
        if (!Paths.valid(variable)) {
            throw DefinitionError.schema("Value is not a Reference Path", location + "/Variable");
        }
        List<String> operators = rule.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !List.of("Variable", "Next", "Comment").contains(name))
                .toList();
        if (operators.size() != 1) {
            throw DefinitionError.schema("Exactly one comparison operator is required", location);
        }
        String operator = operators.get(0);
        JsonNode operand = rule.get(operator);
        if (operator.equals("IsPresent")) {
            return binding -> (Paths.find(variable, binding) != null) == operand.asBoolean();
        }
        Test test = test(operator, operand, location + '/' + operator);
        return binding -> {
            JsonNode value = Paths.find(variable, binding);
            if (value == null) {
                throw StateFailure.runtime("Invalid path '" + variable
                        + "': The choice state's condition path references an invalid value.");
            }
            return test.passes(value, binding);
        };
    }

    private static Test test(String operator, JsonNode operand, String location) {
        Predicate<JsonNode> kind = KINDS.get(operator);
        if (kind != null) {
            return (value, binding) -> kind.test(value) == operand.asBoolean();
        }
        if (operator.equals("StringMatches") && operand.isTextual()) {
            Pattern pattern = glob(operand.textValue());
            return (value, binding) ->
                    value.isTextual() && pattern.matcher(value.textValue()).matches();
        }
        boolean byPath = operator.endsWith(BY_PATH);
        Test test = ordered(
                byPath ? operator.substring(0, operator.length() - BY_PATH.length()) : operator, operand, byPath);
        if (test == null) {
            throw DefinitionError.schema("Field is not supported, or its value is of another type", location);
        }
        return test;
    }

    private static @Nullable Test ordered(String operator, JsonNode operand, boolean byPath) {
        for (Kind kind : Kind.values()) {
            IntPredicate order =
                    operator.startsWith(kind.text) ? ORDERS.get(operator.substring(kind.text.length())) : null;
            if (order != null) {
                if (byPath) {
                    return Paths.valid(operand.asText())
                            ? (value, binding) -> kind.compare(value, Paths.read(operand.asText(), binding), order)
                            : null;
                }
                return kind.member.test(operand) ? (value, binding) -> kind.compare(value, operand, order) : null;
            }
        }
        return null;
    }

    private static Pattern glob(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                pattern.append(".*");
                continue;
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
            }
            pattern.append(Pattern.quote(text.substring(i, i + 1)));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    private static @Nullable OffsetDateTime time(JsonNode value) {
        try {
            return value.isTextual() ? OffsetDateTime.parse(value.textValue()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** What a value is tested for. */
    private interface Test {

        boolean passes(JsonNode value, Binding binding);
    }

    /** What values of one type have in common; values of other types never pass. */
    private enum Kind {
        STRING("String", JsonNode::isTextual, TEXTS),
        NUMERIC("Numeric", JsonNode::isNumber, NUMBERS),
        BOOLEAN("Boolean", JsonNode::isBoolean, BOOLEANS),
        TIMESTAMP("Timestamp", value -> time(value) != null, TIMES);

        private final String text;
        private final Predicate<JsonNode> member;
        private final Comparator<JsonNode> comparator;

        Kind(String text, Predicate<JsonNode> member, Comparator<JsonNode> comparator) {
            this.text = text;
            this.member = member;
            this.comparator = comparator;
        }

        boolean compare(JsonNode value, JsonNode operand, IntPredicate order) {
            return member.test(value) && member.test(operand) && order.test(comparator.compare(value, operand));
        }
    }
}
