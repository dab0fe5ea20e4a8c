package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The event that tells of another operation's failure. */
public final class FailEventOf {

    private FailEventOf() {}

    /**
     * A request with error, cause and kind of a failure; the caller adds what it knows besides, and may give an error and a
     * cause of its own instead, as those of a state machine.
     *
     * @param failure what is told
     * @param details more fields for the cause, as {@code commandId}; none of them replaces one of the failure's own
     */
    public static FailEventRequestBuilder failure(OperationFailure failure, Map<String, ?> details) {
        return FailEventRequest.builder()
                .error(error(failure))
                .causeObject(cause(failure, details))
                .kind(failure.kind());
    }

    /**
     * The failure's short name: AWS's error code when AWS gave one, {@code WorkerBusy} and {@code ExecutionFailed} as they
     * are usual in job networks of Step Functions, otherwise its kind, as {@code TimedOut}.
     */
    public static String error(OperationFailure failure) {
        String code = failure.awsCode();
        if (code != null && !code.isBlank()) {
            return code;
        }
        return switch (failure.kind()) {
            case BUSY -> "WorkerBusy";
            case REMOTE_FAILED -> "ExecutionFailed";
            default -> camelCase(failure.kind());
        };
    }

    private static Map<String, Object> cause(OperationFailure failure, Map<String, ?> details) {
        Map<String, Object> cause = new LinkedHashMap<>();
        cause.put("message", failure.message());
        cause.put("kind", failure.kind().name());
        cause.put("awsCode", failure.awsCode());
        cause.put("awsMessage", failure.awsMessage());
        cause.put("requestId", failure.requestId());
        cause.put("remedy", failure.remedy());
        details.forEach((name, value) -> {
            if (!cause.containsKey(name)) {
                cause.put(name, value);
            }
        });
        return cause;
    }

    private static String camelCase(FailureKind kind) {
        return Arrays.stream(kind.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
