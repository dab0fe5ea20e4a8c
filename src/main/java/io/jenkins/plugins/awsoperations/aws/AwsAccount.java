package io.jenkins.plugins.awsoperations.aws;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which AWS account and region to talk to, and as whom. Equal descriptions share clients, request pacing and reads.
 *
 * <p>Never part of a persisted state: it may hold a secret key.
 */
public final class AwsAccount {

    private final String name;
    private final String region;
    private final AwsCredentialSource credentials;
    private final @Nullable String roleArn;
    private final @Nullable String externalId;
    private final String roleSessionName;
    private final @Nullable URI endpoint;

    private AwsAccount(Builder builder) {
        this.name = builder.name;
        this.region = Objects.requireNonNull(builder.region, "region");
        this.credentials = builder.credentials;
        this.roleArn = builder.roleArn;
        this.externalId = builder.externalId;
        this.roleSessionName = sessionName(builder.roleSessionName);
        this.endpoint = builder.endpoint;
    }

    /** @param region the AWS region id, as {@code ap-northeast-1} */
    public static Builder in(String region) {
        return new Builder(region);
    }

    /** The name under which the account is configured. */
    public String name() {
        return name;
    }

    public String region() {
        return region;
    }

    public AwsCredentialSource credentials() {
        return credentials;
    }

    /** The role to assume with the credentials, if any. */
    public @Nullable String roleArn() {
        return roleArn;
    }

    /** The external id that the role's trust policy asks for, if any. */
    public @Nullable String externalId() {
        return externalId;
    }

    /** The name of the role's session in CloudTrail: 2 to 64 of AWS's characters. */
    public String roleSessionName() {
        return roleSessionName;
    }

    /** Another address than AWS's own, as a simulator's or a private link's. */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /** Cleans a name to what STS takes as a session name: {@code [\w+=,.@-]{2,64}} (STS API reference, AssumeRole). */
    static String sessionName(String wanted) {
        String clean = wanted.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        if (clean.length() < 2) {
            clean = "aws-operations";
        }
        return clean.length() <= 64 ? clean : clean.substring(0, 64);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AwsAccount that
                && region.equals(that.region)
                && credentials.equals(that.credentials)
                && Objects.equals(roleArn, that.roleArn)
                && Objects.equals(externalId, that.externalId)
                && roleSessionName.equals(that.roleSessionName)
                && Objects.equals(endpoint, that.endpoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(region, credentials, roleArn, externalId, roleSessionName, endpoint);
    }

    @Override
    public String toString() {
        return name + " (" + region + (roleArn == null ? "" : ", " + roleArn) + ")";
    }

    /** Builds an account description; the default is the SDK's default credential chain and AWS's own endpoints. */
    public static final class Builder {

        private final String region;
        private String name = "default";
        private AwsCredentialSource credentials = new AwsCredentialSource.DefaultChain();
        private @Nullable String roleArn;
        private @Nullable String externalId;
        private String roleSessionName = "aws-operations";
        private @Nullable URI endpoint;

        private Builder(String region) {
            this.region = region;
        }

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder credentials(AwsCredentialSource value) {
            this.credentials = value;
            return this;
        }

        /** @param externalId what the role's trust policy asks for, or null */
        public Builder assumeRole(@Nullable String role, @Nullable String externalId) {
            this.roleArn = role;
            this.externalId = externalId;
            return this;
        }

        /** Job and build, so that CloudTrail tells which build did it; cleaned and cut to STS's rules. */
        public Builder roleSessionName(String value) {
            this.roleSessionName = value;
            return this;
        }

        public Builder endpoint(@Nullable URI value) {
            this.endpoint = value;
            return this;
        }

        public AwsAccount build() {
            return new AwsAccount(this);
        }
    }
}
