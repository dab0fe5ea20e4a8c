package io.jenkins.plugins.awsoperations.simulator.wire;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The constraints of the API reference, with the text that AWS's JSON services answer to what breaks one. */
public final class Constraints {

    private final String code;

    /** Constraints whose breach has this error code, {@code ValidationException} in most services. */
    public Constraints(String code) {
        this.code = code;
    }

    /** The error that answers a member that breaks a constraint. */
    public AwsError broken(String member, @Nullable Object value, String constraint) {
        return AwsError.badRequest(
                code,
                "1 validation error detected: Value " + (value == null ? "null" : "'" + value + "'") + " at '"
                        + member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1)
                        + "' failed to satisfy constraint: Member must " + constraint);
    }

    /** A text of a length between two limits, or null when it was not sent. */
    public @Nullable String text(JsonRequest request, String member, int min, int max) {
        String value = request.text(member);
        if (value != null && value.length() > max) {
            throw broken(member, value, "have length less than or equal to " + max);
        }
        if (value != null && value.length() < min) {
            throw broken(member, value, "have length greater than or equal to " + min);
        }
        return value;
    }

    /** A text that matches a pattern, or null when it was not sent. */
    public @Nullable String text(JsonRequest request, String member, Pattern pattern) {
        String value = request.text(member);
        if (value != null && !pattern.matcher(value).matches()) {
            throw broken(member, value, "satisfy regular expression pattern: " + pattern);
        }
        return value;
    }

    /** What must have been sent. */
    public <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw broken(member, null, "not be null");
        }
        return value;
    }

    /** A number between two limits, or null when it was not sent. */
    public @Nullable Long number(JsonRequest request, String member, long min, long max) {
        Long value = request.number(member);
        if (value != null && value > max) {
            throw broken(member, value, "have value less than or equal to " + max);
        }
        if (value != null && value < min) {
            throw broken(member, value, "have value greater than or equal to " + min);
        }
        return value;
    }

    /** A list with no more than so many elements. */
    public <T> List<T> size(String member, List<T> values, int max) {
        if (values.size() > max) {
            throw broken(member, values, "have length less than or equal to " + max);
        }
        return values;
    }
}
