package io.jenkins.plugins.awsoperations.aws;

import io.jenkins.plugins.awsoperations.operation.OperationException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the credentials come from. */
public sealed interface AwsCredentialSource {

    /** The SDK's default chain: environment, profile, web identity, container, instance profile. */
    record DefaultChain() implements AwsCredentialSource {}

    /** A profile of the shared AWS configuration files. */
    record Profile(String name) implements AwsCredentialSource {}

    /**
     * Keys that are kept elsewhere and may change while an operation waits. When they cannot be looked up again, the last
     * ones serve.
     *
     * @param id equal for look-ups that are the same, as they share clients
     * @param validFor how long keys are used before they are looked up again
     * @param keys looks up; throws an {@link OperationException} when there are none
     */
    record Lookup(String id, Duration validFor, Supplier<Keys> keys) implements AwsCredentialSource {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Lookup that && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public String toString() {
            return "Lookup[" + id + "]";
        }
    }

    /** An access key; with a session token when it is a temporary one. */
    record Keys(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken) implements AwsCredentialSource {

        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }
}
