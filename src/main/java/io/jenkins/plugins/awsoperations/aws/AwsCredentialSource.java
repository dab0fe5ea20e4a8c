package io.jenkins.plugins.awsoperations.aws;

import org.jspecify.annotations.Nullable;

/** Where the credentials come from. */
public sealed interface AwsCredentialSource {

    /** The SDK's default chain: environment, profile, web identity, container, instance profile. */
    record DefaultChain() implements AwsCredentialSource {}

    /** A profile of the shared AWS configuration files. */
    record Profile(String name) implements AwsCredentialSource {}

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
