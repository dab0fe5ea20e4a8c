package io.jenkins.plugins.awsoperations.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.Lazy;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.CachedSupplier.StaleValueBehavior;
import software.amazon.awssdk.utils.cache.RefreshResult;

/** The SDK clients for one account description. They share one HTTP client, which they do not close. */
final class ClientSet {

    /** AWS answers the calls that we make within seconds; what takes longer is lost. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(75);

    private final List<SdkAutoCloseable> closeables = new ArrayList<>();
    private final ScheduledExecutorService timeouts;
    private final StsClient sts;
    private final Ec2Client ec2;
    private final Ec2Client ec2Once;

    // Made when they are first asked for: a backup needs none of them.
    private final Supplier<SsmClient> ssm;
    private final Supplier<SsmClient> ssmOnce;
    private final Supplier<CloudWatchLogsClient> logs;
    private final Supplier<S3Client> s3;
    private final Supplier<SfnClient> sfn;
    private final Supplier<EventBridgeClient> eventBridge;

    ClientSet(AwsAccount account, SdkHttpClient http, ScheduledExecutorService timeouts) {
        this.timeouts = timeouts;
        AwsCredentialsProvider credentials = credentials(account, http);
        this.sts = keep(configured(StsClient.builder(), account, http, resending())
                .credentialsProvider(credentials)
                .build());
        this.ec2 = keep(configured(Ec2Client.builder(), account, http, resending())
                .credentialsProvider(credentials)
                .build());
        this.ec2Once = keep(configured(Ec2Client.builder(), account, http, AwsRetryStrategy.doNotRetry())
                .credentialsProvider(credentials)
                .build());
        this.ssm = lazy(() -> configured(SsmClient.builder(), account, http, resending())
                .credentialsProvider(credentials)
                .build());
        this.ssmOnce = lazy(() -> configured(SsmClient.builder(), account, http, AwsRetryStrategy.doNotRetry())
                .credentialsProvider(credentials)
                .build());
        this.logs = lazy(() -> configured(CloudWatchLogsClient.builder(), account, http, resending())
                .credentialsProvider(credentials)
                .build());
        this.s3 = lazy(() -> configured(S3Client.builder(), account, http, resending())
                .credentialsProvider(credentials)
                // The bucket may be in another region; another endpoint than AWS's knows no names of buckets as hosts.
                .crossRegionAccessEnabled(true)
                .forcePathStyle(account.endpoint() != null)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build());
        this.sfn = lazy(() -> configured(SfnClient.builder(), account, http, resending())
                .credentialsProvider(credentials)
                .build());
        this.eventBridge = lazy(() -> configured(EventBridgeClient.builder(), account, http, resending())
                .credentialsProvider(credentials)
                .build());
    }

    StsClient sts() {
        return sts;
    }

    Ec2Client ec2() {
        return ec2;
    }

    Ec2Client ec2Once() {
        return ec2Once;
    }

    SsmClient ssm() {
        return ssm.get();
    }

    SsmClient ssmOnce() {
        return ssmOnce.get();
    }

    CloudWatchLogsClient logs() {
        return logs.get();
    }

    S3Client s3() {
        return s3.get();
    }

    SfnClient sfn() {
        return sfn.get();
    }

    EventBridgeClient eventBridge() {
        return eventBridge.get();
    }

    synchronized void close() {
        closeables.forEach(SdkAutoCloseable::close);
    }

    private AwsCredentialsProvider credentials(AwsAccount account, SdkHttpClient http) {
        AwsCredentialsProvider base = base(account.credentials());
        String role = account.roleArn();
        if (role == null) {
            return base;
        }
        StsClient assuming = keep(configured(StsClient.builder(), account, http, resending())
                .credentialsProvider(base)
                .build());
        return keep(StsAssumeRoleCredentialsProvider.builder()
                .stsClient(assuming)
                .refreshRequest(r -> r.roleArn(role)
                        .roleSessionName(account.roleSessionName())
                        .externalId(account.externalId()))
                .build());
    }

    private static AwsCredentialsProvider base(AwsCredentialSource source) {
        if (source instanceof AwsCredentialSource.Profile profile) {
            return ProfileCredentialsProvider.create(profile.name());
        }
        if (source instanceof AwsCredentialSource.Keys keys) {
            return StaticCredentialsProvider.create(credentials(keys));
        }
        if (source instanceof AwsCredentialSource.Lookup lookup) {
            CachedSupplier<AwsCredentials> cached = CachedSupplier.<AwsCredentials>builder(
                            () -> RefreshResult.<AwsCredentials>builder(
                                            credentials(lookup.keys().get()))
                                    .staleTime(Instant.now().plus(lookup.validFor()))
                                    .prefetchTime(Instant.now().plus(lookup.validFor()))
                                    .build())
                    // Whoever keeps the keys may be out of reach for a while: a wait of hours does not end for that.
                    .staleValueBehavior(StaleValueBehavior.ALLOW)
                    .build();
            return cached::get;
        }
        return DefaultCredentialsProvider.builder().build();
    }

    private static AwsCredentials credentials(AwsCredentialSource.Keys keys) {
        String token = keys.sessionToken();
        return token == null
                ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
                : AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), token);
    }

    /**
     * Sends again after a broken connection or a fault of AWS, at most twice and without a long pause, because it holds a
     * thread. Not when throttled: the operation itself comes again later, so that the whole account slows down.
     */
    private static RetryStrategy resending() {
        return StandardRetryStrategy.builder()
                .maxAttempts(3)
                .backoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofMillis(500)))
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .treatAsThrottling(t -> false)
                .retryOnException(ClientSet::isBrokenConnectionOrFault)
                .circuitBreakerEnabled(false)
                .useClientDefaults(false)
                .build();
    }

    private static boolean isBrokenConnectionOrFault(Throwable failure) {
        if (failure instanceof SdkServiceException answered) {
            return answered.statusCode() >= 500 && !answered.isThrottlingException();
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof java.io.IOException || t instanceof RetryableException) {
                return true;
            }
        }
        return false;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
            B builder, AwsAccount account, SdkHttpClient http, RetryStrategy retries) {
        Optional.ofNullable(account.endpoint()).ifPresent(builder::endpointOverride);
        return builder.region(Region.of(account.region()))
                .httpClient(http)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(retries)
                        .scheduledExecutorService(timeouts)
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .build());
    }

    private synchronized <T extends SdkAutoCloseable> T keep(T closeable) {
        closeables.add(closeable);
        return closeable;
    }

    private <T extends SdkAutoCloseable> Supplier<T> lazy(Supplier<T> create) {
        Lazy<T> made = new Lazy<>(() -> keep(create.get()));
        return made::getValue;
    }
}
