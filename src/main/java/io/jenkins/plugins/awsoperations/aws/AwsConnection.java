package io.jenkins.plugins.awsoperations.aws;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients of one account and region, and what all operations that use them share: pacing and batched reads. Get it from
 * {@link AwsConnections}.
 */
public final class AwsConnection {

    private final AwsAccount account;
    private final ClientSet clients;
    private final InstantSource clock;
    private final Function<String, SharedByAccount> sharedByAccount;
    private volatile @Nullable AwsIdentity identity;

    AwsConnection(
            AwsAccount account,
            ClientSet clients,
            InstantSource clock,
            Function<String, SharedByAccount> sharedByAccount) {
        this.account = account;
        this.clients = clients;
        this.clock = clock;
        this.sharedByAccount = sharedByAccount;
    }

    public AwsAccount account() {
        return account;
    }

    public String region() {
        return account.region();
    }

    /** EC2 for reads and for writes that may be sent twice. */
    public Ec2Client ec2() {
        return clients.ec2();
    }

    /** EC2 for writes that must not be sent twice: this client never sends a request again by itself. */
    public Ec2Client ec2Once() {
        return clients.ec2Once();
    }

    /** Systems Manager for reads and for writes that may be sent twice. */
    public SsmClient ssm() {
        return clients.ssm();
    }

    /** Systems Manager for commands: this client never sends a request again by itself. */
    public SsmClient ssmOnce() {
        return clients.ssmOnce();
    }

    /** CloudWatch Logs. */
    public CloudWatchLogsClient logs() {
        return clients.logs();
    }

    /** S3, also for buckets of other regions. */
    public S3Client s3() {
        return clients.s3();
    }

    /** Step Functions. All its writes are recognised by AWS when they are sent twice, by the execution's name or by a token. */
    public SfnClient sfn() {
        return clients.sfn();
    }

    /** EventBridge. An event may arrive twice, whoever sends it: what it tells carries an id. */
    public EventBridgeClient eventBridge() {
        return clients.eventBridge();
    }

    /** Who we are; asked of AWS once. */
    public AwsIdentity identity() {
        AwsIdentity known = identity;
        return known == null ? askForIdentity() : known;
    }

    /** Whether {@link #identity} answers without asking AWS. */
    public boolean isIdentified() {
        return identity != null;
    }

    /** The first line of every log: which account and region, and as whom. */
    public String describe() {
        return "account " + identity().accountId() + ", region " + region() + ", as "
                + identity().arn() + (account.endpoint() == null ? "" : ", endpoint " + account.endpoint());
    }

    /**
     * The account of an operation, which is told when it begins. It must go on where it began: the configuration may have
     * changed while it was put down.
     *
     * @param begunIn the account in which it began; empty when it begins
     * @throws OperationException of kind CONFIGURATION when the credentials are now those of another account
     */
    public String accountOf(String begunIn, OperationLog log) {
        String now = identity().accountId();
        if (begunIn.isEmpty()) {
            log.line(describe());
        } else if (!begunIn.equals(now)) {
            throw new OperationException(OperationFailure.of(
                    FailureKind.CONFIGURATION,
                    "began in the account " + begunIn + ", but the credentials are now those of " + now,
                    "See what was changed in the account's configuration or its credentials; nothing was done in " + now
                            + "."));
        }
        return now;
    }

    private AwsIdentity askForIdentity() {
        synchronized (clients) {
            AwsIdentity known = identity;
            if (known == null) {
                StsClient sts = clients.sts();
                known = call("sts", "GetCallerIdentity", "the credentials of " + account.name(), () -> {
                    var reply = sts.getCallerIdentity();
                    return new AwsIdentity(reply.account(), reply.arn());
                });
                identity = known;
            }
            return known;
        }
    }

    /** The request buckets of the account and region, whatever the identity. */
    public Pacing pacing() {
        return shared(Pacing.class, Pacing::new);
    }

    /** The one object of a type that everything in this account and region shares, whatever the identity. */
    public <T> T shared(Class<T> type, Supplier<T> create) {
        return sharedByAccount
                .apply(identity().accountId() + " " + region() + " " + account.endpoint())
                .get(type, create);
    }

    /**
     * Calls AWS.
     *
     * @param service the IAM prefix, as {@code ec2}
     * @param action the action, as {@code CreateImage}
     * @param resource what it is done to, for the message of a failure
     * @throws AwsCallException when the call fails
     */
    public <T> T call(String service, String action, String resource, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            AwsCallException translated = AwsErrors.translate(e, service + ":" + action, resource);
            if (translated.effect() == AwsCallException.Effect.THROTTLED && identity != null) {
                pacing().throttled(action, clock.instant());
            }
            throw translated;
        } catch (OperationException e) {
            // From where the keys are kept, before anything was sent: waiting may mend it.
            throw e.failure().kind().isTransient()
                    ? new AwsCallException(e.failure(), AwsCallException.Effect.NOTHING_DONE, e)
                    : e;
        }
    }

    void close() {
        clients.close();
    }
}
