package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a command stands on its worker: AWS's status details (Systems Manager user guide, "Understanding command statuses"),
 * which it spells with spaces and without.
 */
public enum CommandStatus {
    PENDING("Pending", Stage.WAITS),
    DELAYED("Delayed", Stage.WAITS),
    IN_PROGRESS("InProgress", Stage.RUNS),
    CANCELLING("Cancelling", Stage.RUNS),
    SUCCESS("Success", Stage.ENDED),
    FAILED("Failed", Stage.ENDED, FailureKind.REMOTE_FAILED, "", "Look at the output for the reason."),
    EXECUTION_TIMED_OUT(
            "ExecutionTimedOut",
            Stage.ENDED,
            FailureKind.TIMED_OUT,
            "the agent killed the commands because they ran longer than executionTimeoutSeconds",
            "Raise executionTimeoutSeconds, or see what they were waiting for; part of their work is done."),
    DELIVERY_TIMED_OUT(
            "DeliveryTimedOut",
            Stage.ENDED,
            FailureKind.TIMED_OUT,
            "AWS got no final answer of the worker's agent in time; whether the commands ran is not known",
            "Look on the worker whether they ran before you run them again, and at its agent and its network."),
    CANCELLED(
            "Cancelled",
            Stage.ENDED,
            FailureKind.CANCELLED,
            "somebody cancelled the command in AWS",
            "CloudTrail tells who called ssm:CancelCommand."),
    UNDELIVERABLE(
            "Undeliverable",
            Stage.NEVER_RAN,
            FailureKind.UNAVAILABLE,
            "AWS could not deliver the command to the worker",
            "See that the instance exists and that its agent answers."),
    TERMINATED(
            "Terminated",
            Stage.NEVER_RAN,
            FailureKind.UNAVAILABLE,
            "AWS ended the command before it reached the worker",
            "Run it again."),
    INVALID_PLATFORM(
            "InvalidPlatform",
            Stage.NEVER_RAN,
            FailureKind.CONFIGURATION,
            "the document is not for the worker's platform",
            "Name a document that is for it in documentName, or choose other tags."),
    ACCESS_DENIED(
            "AccessDenied",
            Stage.NEVER_RAN,
            FailureKind.ACCESS_DENIED,
            "AWS does not let this identity run commands on the worker",
            "Allow ssm:SendCommand on this instance and this document in the IAM policy."),
    RATE_EXCEEDED(
            "RateExceeded",
            Stage.NEVER_RAN,
            FailureKind.BUSY,
            "the account has too many commands pending",
            "Wait until others have ended, and run it again."),
    NO_INSTANCES_IN_TAG(
            "NoInstancesInTag",
            Stage.NEVER_RAN,
            FailureKind.NOT_FOUND,
            "AWS did not find the worker any more",
            "Run it again; another worker is chosen."),
    INCOMPLETE(
            "Incomplete",
            Stage.ENDED,
            FailureKind.REMOTE_FAILED,
            "the command ended without all of its parts",
            "Look at the command in the AWS console.");

    private enum Stage {
        WAITS,
        RUNS,
        ENDED,
        NEVER_RAN
    }

    private final String aws;
    private final Stage stage;
    private final FailureKind kind;
    private final String meaning;
    private final String remedy;

    CommandStatus(String aws, Stage stage) {
        this(aws, stage, FailureKind.BUG, "", "");
    }

    CommandStatus(String aws, Stage stage, FailureKind kind, String meaning, String remedy) {
        this.aws = aws;
        this.stage = stage;
        this.kind = kind;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /**
     * The status that AWS means.
     *
     * @param text status details, with or without spaces; one or two l in Cancelled
     * @return empty for one that AWS did not document
     */
    static Optional<CommandStatus> of(String text) {
        String wanted = normal(text).replace("canceled", "cancelled").replace("canceling", "cancelling");
        for (CommandStatus status : values()) {
            if (normal(status.aws).equals(wanted)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    private static String normal(String text) {
        return text.replaceAll("[ _-]", "").toLowerCase(Locale.ROOT);
    }

    /** AWS's own name, without spaces: {@code DeliveryTimedOut}. */
    public String awsName() {
        return aws;
    }

    /** Whether nothing changes any more. */
    boolean isTerminal() {
        return stage == Stage.ENDED || stage == Stage.NEVER_RAN;
    }

    /** Whether AWS waits for the agent to take it. */
    boolean isWaiting() {
        return stage == Stage.WAITS;
    }

    /** Whether AWS proves that nothing of it ran, so that another worker may get it. */
    boolean provesThatNothingRan() {
        return stage == Stage.NEVER_RAN;
    }

    /** Whether another worker may do better. */
    boolean isForAnotherWorker() {
        return this == UNDELIVERABLE || this == TERMINATED || this == NO_INSTANCES_IN_TAG;
    }

    /** What sort of failure it is, when it is one. */
    FailureKind kind() {
        return kind;
    }

    /** What it means, for an operator. */
    String meaning() {
        return meaning;
    }

    /** What to do about it. */
    String remedy() {
        return remedy;
    }
}
