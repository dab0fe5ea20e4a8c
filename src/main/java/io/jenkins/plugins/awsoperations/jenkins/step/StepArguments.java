package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsoperations.jenkins.execution.AwsOperationException;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.beans.Introspector;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.AtomicType;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.ParameterType;
import org.jenkinsci.plugins.workflow.steps.Step;

/** What a Pipeline gives to a step: refused when Pipeline itself would ignore or bend it. */
final class StepArguments {

    /** How a parameter is called by whoever cannot make its value one of its type. */
    private static final Pattern SETTER = Pattern.compile("^class \\S+\\.set(\\w+)\\(\\)");

    private final String function;
    private final DescribableModel<? extends Step> model;
    private final Set<String> json;

    /** @param json the parameters that are JSON, where null is a value */
    StepArguments(String function, DescribableModel<? extends Step> model, Set<String> json) {
        this.function = function;
        this.model = model;
        this.json = json;
    }

    /** @throws AwsOperationException naming the parameter, when it is unknown or its value is not of its type */
    Step bind(Map<String, Object> arguments) throws AwsOperationException {
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            check(argument.getKey(), argument.getValue());
        }
        try {
            return model.instantiate(arguments, null);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw wrong(function + ": " + reason(e));
        }
    }

    /** What a setter says; around it is said only that the step cannot be made, with all arguments, of which some may be secret. */
    private static String reason(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return SETTER.matcher(String.valueOf(cause.getMessage()))
                .replaceFirst(setter -> Introspector.decapitalize(setter.group(1)));
    }

    private void check(String name, @CheckForNull Object value) throws AwsOperationException {
        DescribableParameter parameter = model.getParameter(name);
        if (parameter == null) {
            throw unknown(name);
        }
        if (!json.contains(name) && hasNull(value)) {
            // A variable that is not set: it must not select instances by an empty tag.
            throw wrong(name + " has a key or a value that is null: " + value);
        }
        if (parameter.getErasedType() == boolean.class && !isBoolean(value)) {
            throw wrong(name + " must be true or false, not '" + value + "'");
        }
        if (takesWholeNumber(parameter.getType())) {
            checkWhole(name, value);
        } else if (parameter.getType() instanceof ArrayType list && takesWholeNumber(list.getElementType())) {
            if (!(value instanceof Collection<?> several)) {
                throw wrong(name + " must be a list of whole numbers, as [" + value + "]");
            }
            for (Object one : several) {
                checkWhole(name, one);
            }
        }
    }

    private AwsOperationException unknown(String name) {
        String known = model.getParameters().stream()
                .map(DescribableParameter::getName)
                .sorted()
                .collect(Collectors.joining(", "));
        return wrong(function + " has no parameter '" + name + "'; it has " + known);
    }

    /** Else 3.5 would become 3, and 4294967297 would become 1. */
    private static void checkWhole(String name, @CheckForNull Object value) throws AwsOperationException {
        if (value instanceof Number number && !isWhole(number)) {
            throw wrong(name + " must be a whole number, not " + number);
        }
    }

    private static AwsOperationException wrong(String message) {
        return new AwsOperationException(
                OperationFailure.of(FailureKind.CONFIGURATION, message, "Nothing was done."), null);
    }

    private static boolean takesWholeNumber(ParameterType type) {
        return type instanceof AtomicType atomic
                && (atomic.getType() == int.class || atomic.getType() == Integer.class);
    }

    private static boolean hasNull(@CheckForNull Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.containsKey(null) || map.values().stream().anyMatch(v -> v == null || hasNull(v));
        }
        return value instanceof Collection<?> list && list.stream().anyMatch(Objects::isNull);
    }

    private static boolean isWhole(Number number) {
        if (number instanceof Double && !Double.isFinite(number.doubleValue())) {
            return false;
        }
        return new BigDecimal(number.toString()).compareTo(BigDecimal.valueOf(number.intValue())) == 0;
    }

    private static boolean isBoolean(@CheckForNull Object value) {
        return value instanceof Boolean
                || value != null
                        && ("true".equalsIgnoreCase(value.toString()) || "false".equalsIgnoreCase(value.toString()));
    }
}
