package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an operation, or its part on one resource, did not succeed: what failed on which resource, AWS's own words, and what
 * to do. A plain serialisable value, because it is part of an operation's persisted state.
 */
public final class OperationFailure implements Serializable {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String message;
    private final @Nullable String awsCode;
    private final @Nullable String awsMessage;
    private final @Nullable String requestId;
    private final @Nullable String remedy;

    private OperationFailure(
            FailureKind kind,
            String message,
            @Nullable String awsCode,
            @Nullable String awsMessage,
            @Nullable String requestId,
            @Nullable String remedy) {
        this.kind = kind;
        this.message = message;
        this.awsCode = awsCode;
        this.awsMessage = awsMessage;
        this.requestId = requestId;
        this.remedy = remedy;
    }

    /**
     * A failure that AWS did not answer itself.
     *
     * @param kind what sort of failure
     * @param message what failed, on which resource
     * @param remedy what to do now
     */
    public static OperationFailure of(FailureKind kind, String message, String remedy) {
        return new OperationFailure(kind, message, null, null, null, remedy);
    }

    /**
     * A failure that AWS answered.
     *
     * @param kind what sort of failure
     * @param message what failed, on which resource
     * @param remedy what to do now
     * @param awsCode AWS's error code, as {@code InvalidAMIName.Duplicate}
     * @param awsMessage AWS's message, word for word
     * @param requestId AWS's request id, which its support asks for
     */
    public static OperationFailure ofAws(
            FailureKind kind,
            String message,
            String remedy,
            @Nullable String awsCode,
            @Nullable String awsMessage,
            @Nullable String requestId) {
        return new OperationFailure(kind, message, awsCode, awsMessage, requestId, remedy);
    }

    /** The same failure told about a larger whole, as the image that stays behind. */
    public OperationFailure withMessage(String newMessage) {
        return new OperationFailure(kind, newMessage, awsCode, awsMessage, requestId, remedy);
    }

    /** The same failure, counted as another sort. */
    public OperationFailure withKind(FailureKind newKind) {
        return new OperationFailure(newKind, message, awsCode, awsMessage, requestId, remedy);
    }

    public FailureKind kind() {
        return kind;
    }

    /** What failed, on which resource, without AWS's words and the remedy. */
    public String message() {
        return message;
    }

    /** AWS's error code, if AWS answered with one. */
    public @Nullable String awsCode() {
        return awsCode;
    }

    /** AWS's message word for word, if it gave one. */
    public @Nullable String awsMessage() {
        return awsMessage;
    }

    /** AWS's request id, if there was an answer. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** What to do: the permission, quota or parameter that mends it. */
    public @Nullable String remedy() {
        return remedy;
    }

    /** Everything an operator needs, in one line: what failed, AWS's code, message and request id, what to do. */
    public String describe() {
        StringBuilder text = new StringBuilder(message);
        if (awsCode != null) {
            text.append(": ").append(awsCode);
        }
        if (awsMessage != null && !awsMessage.isBlank()) {
            text.append(": ").append(awsMessage);
        }
        if (requestId != null) {
            text.append(" (request id ").append(requestId).append(')');
        }
        if (remedy != null) {
            if (!text.toString().endsWith(".")) {
                text.append('.');
            }
            text.append(' ').append(remedy);
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OperationFailure that
                && kind == that.kind
                && message.equals(that.message)
                && Objects.equals(awsCode, that.awsCode)
                && Objects.equals(awsMessage, that.awsMessage)
                && Objects.equals(requestId, that.requestId)
                && Objects.equals(remedy, that.remedy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, message, awsCode, awsMessage, requestId, remedy);
    }

    @Override
    public String toString() {
        return kind + ": " + describe();
    }
}
