package io.jenkins.plugins.awsoperations.alert;

import static io.jenkins.plugins.awsoperations.operation.FailureKind.ACCESS_DENIED;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.BUSY;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.CONFIGURATION;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.REMOTE_FAILED;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.UNAVAILABLE;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an entry's error code means: an ordered table, the first match counts. Codes: EventBridge API reference,
 * PutEventsResultEntry.
 */
final class EntryErrors {

    private record Rule(Pattern code, FailureKind kind, String remedy) {}

    private static final Pattern PASSES =
            Pattern.compile("InternalFailure|InternalException|InternalServerError|ThrottlingException");

    private static final List<Rule> RULES = List.of(
            rule(PASSES.pattern(), UNAVAILABLE, "Look at the AWS Health Dashboard if it persists."),
            rule(
                    "NotAuthorizedForSource(Exception)?",
                    ACCESS_DENIED,
                    "Choose another source, or let the bus's resource policy allow events:PutEvents with this"
                            + " events:source."),
            rule(
                    "NotAuthorizedForDetailType(Exception)?",
                    ACCESS_DENIED,
                    "Choose another detailType, or let the bus's resource policy allow events:PutEvents with this"
                            + " events:detail-type."),
            rule(
                    "AccessDenied(Exception)?|NotAuthorized.*",
                    ACCESS_DENIED,
                    "Allow events:PutEvents on this bus in the IAM policy of the identity; for a bus of another account,"
                            + " in the bus's resource policy too."),
            rule("InvalidAccountId(Exception)?", CONFIGURATION, "Check the account's number in eventBus."),
            rule("MalformedDetail|Invalid.*", CONFIGURATION, "Change the parameter that AWS names."),
            rule(
                    ".*LimitExceeded(Exception)?",
                    BUSY,
                    "A quota of the account is used up: raise it in Service Quotas, or send less."));

    private EntryErrors() {}

    /** Whether the same event may be taken later. */
    static boolean passes(EventCalls.Answer answer) {
        return answer.errorCode() != null && PASSES.matcher(answer.errorCode()).matches();
    }

    static OperationFailure failure(FailEventEntry event, EventCalls.Answer answer) {
        String code = String.valueOf(answer.errorCode());
        Rule rule = RULES.stream()
                .filter(r -> r.code().matcher(code).matches())
                .findFirst()
                .orElseGet(() -> rule(".*", REMOTE_FAILED, "Look the code up in the API reference of PutEvents."));
        return OperationFailure.ofAws(
                rule.kind(),
                "events:PutEvents on bus " + event.eventBus() + ": AWS did not take the event",
                rule.remedy(),
                answer.errorCode(),
                answer.errorMessage(),
                answer.requestId());
    }

    private static Rule rule(String code, FailureKind kind, String remedy) {
        return new Rule(Pattern.compile(code), kind, remedy);
    }
}
