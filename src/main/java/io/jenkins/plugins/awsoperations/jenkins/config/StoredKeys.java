package io.jenkins.plugins.awsoperations.jenkins.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The keys of stored credentials. May call AWS, when the credentials themselves name a role. */
public final class StoredKeys {

    /** How long looked-up keys are used: less than the shortest session of a role, 15 minutes (STS API reference, AssumeRole). */
    public static final Duration VALID_FOR = Duration.ofMinutes(5);

    private StoredKeys() {}

    /** Whether a build could find such credentials: those of scope System are for Jenkins itself. */
    public static boolean areForBuilds(Credentials credentials) {
        return credentials.getScope() != CredentialsScope.SYSTEM;
    }

    /**
     * @param id the credentials' id, for the message
     * @param credentials what was found, or null
     * @return the credentials
     * @throws OperationException of kind CONFIGURATION when there are none
     */
    @NonNull
    public static AmazonWebServicesCredentials found(
            String id, @CheckForNull AmazonWebServicesCredentials credentials) {
        if (credentials == null) {
            throw failure(
                    FailureKind.CONFIGURATION,
                    "credentialsId '" + id + "' is not among the AWS credentials that this build may use",
                    "Check the id, that their kind is AWS Credentials, and their scope: a build sees those of its own"
                            + " folders and global ones of scope Global, not of scope System.");
        }
        return credentials;
    }

    /**
     * @param id the credentials' id, for the message
     * @param credentials what was found, or null
     * @throws OperationException of kind CONFIGURATION when there are none, ACCESS_DENIED when AWS refuses their role,
     *     UNAVAILABLE when AWS could not be asked
     */
    public static AwsCredentialSource.Keys of(String id, @CheckForNull AmazonWebServicesCredentials credentials) {
        AwsCredentials keys;
        try {
            keys = found(id, credentials).resolveCredentials();
        } catch (SdkException e) {
            boolean refused = e instanceof AwsServiceException answer
                    && answer.statusCode() < 500
                    && !answer.isThrottlingException();
            throw new OperationException(
                    OperationFailure.of(
                            refused ? FailureKind.ACCESS_DENIED : FailureKind.UNAVAILABLE,
                            "credentialsId '" + id + "' names a role that could not be assumed: " + e.getMessage(),
                            "Correct the role of the credentials, or leave it empty and give it as role here."),
                    null,
                    e);
        }
        if (keys == null) {
            throw failure(
                    FailureKind.CONFIGURATION,
                    "credentialsId '" + id + "' holds no access key",
                    "Enter one; for the controller's own identity leave credentialsId empty.");
        }
        return new AwsCredentialSource.Keys(
                keys.accessKeyId(),
                keys.secretAccessKey(),
                keys instanceof AwsSessionCredentials session ? session.sessionToken() : null);
    }

    private static OperationException failure(FailureKind kind, String message, String remedy) {
        return new OperationException(OperationFailure.of(kind, message, remedy));
    }
}
