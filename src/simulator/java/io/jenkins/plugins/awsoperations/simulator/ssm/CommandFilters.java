package io.jenkins.plugins.awsoperations.simulator.ssm;

import static io.jenkins.plugins.awsoperations.simulator.ssm.SsmNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The filters of ListCommands and ListCommandInvocations, all of which must match (API reference, CommandFilter). They
 * concern what a command or an invocation says about itself.
 */
final class CommandFilters {

    private static final int MAX_FILTERS = 5;

    private CommandFilters() {}

    /** Reads and checks the filters of a call. */
    static Predicate<Subject> of(JsonCall call) {
        List<JsonRequest> filters = CONSTRAINTS.size("Filters", call.request().objects("Filters"), MAX_FILTERS);
        Predicate<Subject> all = subject -> true;
        Set<String> keys = new HashSet<>();
        for (JsonRequest filter : filters) {
            String key = CONSTRAINTS.required("key", filter.text("key"));
            String value = CONSTRAINTS.required("value", filter.text("value"));
            if (!keys.add(key)) {
                throw AwsError.badRequest("InvalidFilterKey", "The filter " + key + " was given twice");
            }
            all = all.and(single(key, value));
        }
        return all;
    }

    private static Predicate<Subject> single(String key, String value) {
        return switch (key) {
            case "InvokedAfter" -> {
                Instant time = time(value);
                yield subject -> subject.sentAt().isAfter(time);
            }
            case "InvokedBefore" -> {
                Instant time = time(value);
                yield subject -> subject.sentAt().isBefore(time);
            }
            case "Status" ->
                subject -> value.equals(subject.status().wireName())
                        || value.equalsIgnoreCase(subject.details().replace(" ", ""));
            case "ExecutionStage" -> {
                boolean complete = stage(value);
                yield subject -> subject.status().terminal() == complete;
            }
            case "DocumentName" -> subject -> value.equals(subject.documentName());
            default ->
                throw CONSTRAINTS.broken(
                        "key",
                        key,
                        "satisfy enum value set: [InvokedAfter, InvokedBefore, Status, ExecutionStage, DocumentName]");
        };
    }

    private static boolean stage(String value) {
        return switch (value) {
            case "Executing" -> false;
            case "Complete" -> true;
            default -> throw invalidFilter("ExecutionStage is Executing or Complete, not " + value);
        };
    }

    private static Instant time(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw invalidFilter("\"" + value + "\" is no time such as 2026-01-15T03:00:00Z");
        }
    }

    private static AwsError invalidFilter(String message) {
        return AwsError.badRequest("InvalidFilterValue", message);
    }

    /** What is filtered. */
    record Subject(Instant sentAt, InvocationStatus status, String details, String documentName) {

        static Subject of(SentCommand command) {
            return new Subject(
                    command.sentAt(),
                    command.status(),
                    command.details(),
                    command.request().documentName());
        }

        static Subject of(Invocation invocation) {
            SentCommand command = invocation.command();
            return new Subject(
                    command.sentAt(),
                    invocation.status(),
                    invocation.details(),
                    command.request().documentName());
        }
    }
}
