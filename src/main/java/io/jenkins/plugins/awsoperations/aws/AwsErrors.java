package io.jenkins.plugins.awsoperations.aws;

import static io.jenkins.plugins.awsoperations.operation.FailureKind.ACCESS_DENIED;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.BUSY;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.CONFIGURATION;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.CONFLICT;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.NOT_FOUND;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.REMOTE_FAILED;
import static io.jenkins.plugins.awsoperations.operation.FailureKind.UNAVAILABLE;

import io.jenkins.plugins.awsoperations.aws.AwsCallException.Effect;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns the SDK's exceptions into failures: an ordered table of AWS's error codes, the first match counts. Codes are those of
 * "Error codes for the Amazon EC2 API" and of the API references of STS, Systems Manager, CloudWatch Logs, S3, Step Functions
 * and EventBridge.
 */
final class AwsErrors {

    /** AWS names the action that is missing, which may be another than the one called, as sts:AssumeRole. */
    private static final Pattern DENIED_ACTION =
            Pattern.compile("is not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");

    private record Rule(Pattern code, FailureKind kind, String remedy) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    "UnauthorizedOperation|AccessDenied(Exception)?|OptInRequired|UnauthorizedAccess",
                    ACCESS_DENIED,
                    "Allow %s in the IAM policy of the identity that AWS names; for a role, let its trust policy name that"
                            + " identity (with the external id); and look for a deny in service control policies."),
            rule(
                    "KmsAccessDenied(Exception)?",
                    ACCESS_DENIED,
                    "Allow kms:Decrypt and kms:GenerateDataKey on the key of the state machine, in the IAM policy and in the key's."),
            rule(
                    "AuthFailure|InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|MissingAuthenticationToken"
                            + "|UnrecognizedClientException",
                    ACCESS_DENIED,
                    "AWS does not know these credentials: check the access key and that it is active."),
            rule(
                    "RequestExpired|ExpiredToken(Exception)?",
                    ACCESS_DENIED,
                    "The temporary credentials have expired, or this machine's clock is wrong."),
            rule(
                    "RegionDisabledException",
                    ACCESS_DENIED,
                    "Activate STS for this region in the account settings of IAM."),
            rule(
                    "OperationNotPermitted",
                    CONFLICT,
                    "The resource is protected: switch the protection off, or leave it."),
            rule(
                    "IncorrectInstanceState|IncorrectState",
                    CONFLICT,
                    "Wait until the resource is in a state that allows it, and run again."),
            rule("ExecutionAlreadyExists", CONFLICT, "Choose another executionName: AWS keeps a name for 90 days."),
            rule(
                    "StateMachineDeleting",
                    NOT_FOUND,
                    "Somebody deletes the state machine: create it again under another name, or wait."),
            rule("StateMachineTypeNotSupported", CONFIGURATION, "Use a STANDARD state machine."),
            rule("InvalidAMIName\\.Duplicate", CONFLICT, "Choose another imageName."),
            rule(
                    "Concurrent.*LimitExceeded|PendingSnapshotLimitExceeded|SnapshotCreationPerVolumeRateExceeded"
                            + "|ConcurrentTagAccess",
                    BUSY,
                    "Wait until the work in progress on this resource has ended, and run again."),
            rule("TagLimitExceeded", CONFLICT, "AWS takes 50 tags for one resource: copy or add fewer."),
            rule(
                    ".*LimitExceeded(Exception)?|.*QuotaExceeded(Exception)?",
                    BUSY,
                    "A quota of the account is used up: delete what is not needed, or raise it in Service Quotas."),
            rule("TagPolicyViolation", CONFIGURATION, "Change the tags to what the organisation's tag policy allows."),
            rule(
                    ".*\\.NotFound|.*\\.Unavailable|.*NotFound(Exception)?|.*DoesNotExist|NoSuch(Key|Bucket)",
                    NOT_FOUND,
                    "Check that it exists in this account and region and was not deleted meanwhile."),
            rule(
                    "Invalid.*|Malformed.*|Missing.*|Unknown.*|ValidationError|ValidationException|Unsupported.*",
                    CONFIGURATION,
                    "Change the parameter that AWS names."));

    private AwsErrors() {}

    /**
     * The failure for an exception of the SDK.
     *
     * @param action the IAM action, as {@code ec2:CreateImage}
     * @param resource what it was done to, for people
     */
    static AwsCallException translate(SdkException e, String action, String resource) {
        String what = action + " on " + resource;
        if (e instanceof AwsServiceException answered) {
            return answered(answered, action, what);
        }
        return unanswered(e, what);
    }

    private static AwsCallException answered(AwsServiceException e, String action, String what) {
        String code = e.awsErrorDetails() == null
                ? "HTTP " + e.statusCode()
                : e.awsErrorDetails().errorCode();
        String message = e.awsErrorDetails() == null
                ? e.getMessage()
                : e.awsErrorDetails().errorMessage();
        if (e.isThrottlingException() || "KmsThrottlingException".equals(code)) {
            return exception(
                    e,
                    UNAVAILABLE,
                    Effect.THROTTLED,
                    what + " is throttled",
                    code,
                    message,
                    "It is tried again by itself.");
        }
        if (e.statusCode() >= 500) {
            return exception(
                    e,
                    UNAVAILABLE,
                    Effect.IN_DOUBT,
                    what + " met a fault in AWS",
                    code,
                    message,
                    "Look at the AWS Health Dashboard if it persists.");
        }
        Matcher denied = DENIED_ACTION.matcher(String.valueOf(message));
        String missing = denied.find() ? denied.group(1) : action;
        for (Rule rule : RULES) {
            if (rule.code().matcher(String.valueOf(code)).matches()) {
                return exception(
                        e,
                        rule.kind(),
                        Effect.REFUSED,
                        what + " failed",
                        code,
                        message,
                        rule.remedy().replace("%s", missing));
            }
        }
        return exception(
                e,
                REMOTE_FAILED,
                Effect.REFUSED,
                what + " failed",
                code,
                message,
                "Look the code up in the API reference of the action.");
    }

    private static AwsCallException unanswered(SdkException e, String what) {
        if (e instanceof SdkClientException && isCredentialsProblem(e)) {
            return exception(
                    e,
                    ACCESS_DENIED,
                    Effect.REFUSED,
                    what + " was not sent: no credentials",
                    null,
                    firstLine(e.getMessage()),
                    "Give credentials: a profile, an access key, or an instance profile on this machine.");
        }
        boolean neverSent = hasCause(e, ConnectException.class) || hasCause(e, UnknownHostException.class);
        return exception(
                e,
                UNAVAILABLE,
                neverSent ? Effect.NOTHING_DONE : Effect.IN_DOUBT,
                what + (neverSent ? " could not reach AWS" : " got no answer"),
                null,
                firstLine(e.getMessage()),
                "Check the network, the proxy, the region and the endpoint.");
    }

    private static boolean isCredentialsProblem(SdkException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Unable to load credentials")
                || message.contains("Profile file contained no credentials")
                || message.contains("No credentials")
                || message.contains("Unable to load profile");
    }

    private static boolean hasCause(@Nullable Throwable e, Class<? extends Throwable> type) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (type.isInstance(t) && !t.getClass().getSimpleName().contains("Timeout")) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(@Nullable String text) {
        String line = text == null ? "" : text.lines().findFirst().orElse("");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }

    private static AwsCallException exception(
            SdkException e,
            FailureKind kind,
            Effect effect,
            String message,
            @Nullable String code,
            @Nullable String awsMessage,
            String remedy) {
        String requestId = e instanceof AwsServiceException answered ? answered.requestId() : null;
        return new AwsCallException(
                OperationFailure.ofAws(kind, message, remedy, code, awsMessage, requestId), effect, e);
    }

    private static Rule rule(String code, FailureKind kind, String remedy) {
        return new Rule(Pattern.compile(code), kind, remedy);
    }
}
