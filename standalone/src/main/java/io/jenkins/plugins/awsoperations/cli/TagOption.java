package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;

/**
 * An option of the form KEY=VALUE; what is before the first {@code =} is the key.
 *
 * @param key not empty
 * @param value may be empty
 */
record TagOption(String key, String value) {

    /** @throws OperationException of kind CONFIGURATION naming the option */
    static TagOption parse(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new OperationException(OperationFailure.of(
                    FailureKind.CONFIGURATION, option + " '" + text + "' is not KEY=VALUE", "Nothing was done."));
        }
        return new TagOption(text.substring(0, equals), text.substring(equals + 1));
    }
}
