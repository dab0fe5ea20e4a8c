package io.jenkins.plugins.awsoperations.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the fields of a configured account must look like, besides those that every AWS account has. Each method answers what
 * is wrong, to be put behind the field's name. The event limits are those of the EventBridge API reference, PutEvents.
 */
final class AccountFieldRules {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");
    private static final Pattern EVENT_BUS =
            Pattern.compile("(arn:aws[\\w-]*:events:[a-z0-9-]+:\\d{12}:event-bus/)?[/.\\-_A-Za-z0-9]{1,256}");

    private AccountFieldRules() {}

    static Optional<String> name(String value) {
        return NAME.matcher(value).matches() ? Optional.empty() : Optional.of("must be 1 to 100 characters");
    }

    static Optional<String> externalIdNeedsRole(@CheckForNull String externalId, @CheckForNull String role) {
        return externalId != null && role == null
                ? Optional.of("needs a role: only a role's trust policy asks for it")
                : Optional.empty();
    }

    static Optional<String> eventBus(String value) {
        return EVENT_BUS.matcher(value).matches()
                ? Optional.empty()
                : Optional.of("'" + value + "' is neither the name nor the ARN of an event bus");
    }

    static Optional<String> eventSource(String value) {
        if (value.startsWith("aws.")) {
            return Optional.of("must not begin with 'aws.', which is AWS's own");
        }
        return value.length() <= 256 ? Optional.empty() : Optional.of("must be at most 256 characters");
    }

    static Optional<String> eventDetailType(String value) {
        return value.length() <= 128 ? Optional.empty() : Optional.of("must be at most 128 characters");
    }
}
