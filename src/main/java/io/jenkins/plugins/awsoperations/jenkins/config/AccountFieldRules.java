package io.jenkins.plugins.awsoperations.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the fields of a configured account must look like, besides those that every AWS account has, or every event. Each
 * method answers what is wrong, to be put behind the field's name.
 */
final class AccountFieldRules {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private AccountFieldRules() {}

    static Optional<String> name(String value) {
        return NAME.matcher(value).matches() ? Optional.empty() : Optional.of("must be 1 to 100 characters");
    }

    static Optional<String> externalIdNeedsRole(@CheckForNull String externalId, @CheckForNull String role) {
        return externalId != null && role == null
                ? Optional.of("needs a role: only a role's trust policy asks for it")
                : Optional.empty();
    }
}
