package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class StsApiTest {

    private static final String ROLE = "arn:aws:iam::210987654321:role/path/Backup";

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void saysWhoTheCallerIs() {
        GetCallerIdentityResponse identity = aws.sts().getCallerIdentity();

        assertThat(identity.arn()).isEqualTo("arn:aws:iam::123456789012:user/simulator");
        assertThat(identity.account()).isEqualTo("123456789012");
    }

    @Test
    void handsOutKeysByWhichTheSessionIsRecognised() {
        AssumeRoleResponse session = aws.sts().assumeRole(r -> role(r, "job-17"));

        assertThat(session.credentials().accessKeyId()).matches("ASIA[A-Z2-7]{16}");
        assertThat(session.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::210987654321:assumed-role/Backup/job-17");
        assertThat(session.credentials().expiration())
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3601));
        try (StsClient asRole = sts(session.credentials())) {
            assertThat(asRole.getCallerIdentity().arn())
                    .isEqualTo("arn:aws:sts::210987654321:assumed-role/Backup/job-17");
            assertThat(asRole.getCallerIdentity().account()).isEqualTo("210987654321");
        }
        assertThat(aws.simulator().ledger().calls("GetCallerIdentity"))
                .extracting(Call::principal)
                .containsOnly(session.credentials().accessKeyId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "has space", "has/slash"})
    void refusesSessionNamesThatAwsDoesNotAllow(String name) {
        assertThat(codeOf(() -> aws.sts().assumeRole(r -> role(r, name)))).isEqualTo("ValidationError");
    }

    @Test
    void refusesBadRolesExternalIdsAndDurations() {
        assertThat(codeOf(() -> aws.sts().assumeRole(r -> role(r, "ok").roleArn("arn:aws:iam::1:role/x"))))
                .isEqualTo("ValidationError");
        assertThat(codeOf(() -> aws.sts().assumeRole(r -> role(r, "ok").externalId("!"))))
                .isEqualTo("ValidationError");
        assertThat(codeOf(() -> aws.sts().assumeRole(r -> role(r, "ok").durationSeconds(899))))
                .isEqualTo("ValidationError");
        assertThat(codeOf(() -> aws.sts().assumeRole(r -> role(r, "ok").durationSeconds(43201))))
                .isEqualTo("ValidationError");
    }

    @Test
    void asksForTheRightExternalIdWhenOneIsRequired() {
        aws.settings(s -> s.requiredExternalId("s3cret"));

        AwsServiceException error = errorOf(() -> aws.sts().assumeRole(r -> role(r, "job")));

        assertThat(error.statusCode()).isEqualTo(403);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(error.awsErrorDetails().errorMessage())
                .isEqualTo("User: arn:aws:iam::123456789012:user/simulator is not authorized to perform:"
                        + " sts:AssumeRole on resource: " + ROLE);
        assertThat(aws.sts()
                        .assumeRole(r -> role(r, "job").externalId("s3cret"))
                        .credentials())
                .isNotNull();
    }

    @Test
    void refusesLongSessionsOfChainedRoles() {
        Credentials first = aws.sts().assumeRole(r -> role(r, "first")).credentials();

        try (StsClient asRole = sts(first)) {
            assertThat(codeOf(() -> asRole.assumeRole(r -> role(r, "second").durationSeconds(7200))))
                    .isEqualTo("ValidationError");
            assertThat(asRole.assumeRole(r -> role(r, "second")).credentials()).isNotNull();
        }
    }

    @Test
    void refusesKeysWhoseTimeIsOverWhenAskedTo() {
        aws.settings(s -> s.sessionExpiryEnforced(true));
        Credentials keys =
                aws.sts().assumeRole(r -> role(r, "job").durationSeconds(900)).credentials();
        aws.pass(Duration.ofSeconds(900));

        try (StsClient asRole = sts(keys)) {
            assertThat(codeOf(asRole::getCallerIdentity)).isEqualTo("ExpiredToken");
        }
        assertThat(codeOf(() -> aws.ec2(keys.accessKeyId()).describeRegions())).isEqualTo("RequestExpired");
    }

    @Test
    void throttlesAndDeniesInTheWordsOfSts() {
        aws.simulator().faults().add(Fault.on("AssumeRole").throttle());
        aws.simulator().faults().add(Fault.on("AssumeRole").deny());

        AwsServiceException throttled = errorOf(() -> aws.sts().assumeRole(r -> role(r, "job")));
        assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("Throttling");
        assertThat(throttled.isThrottlingException()).isTrue();
        assertThat(codeOf(() -> aws.sts().assumeRole(r -> role(r, "job")))).isEqualTo("AccessDenied");
    }

    private static AssumeRoleRequest.Builder role(AssumeRoleRequest.Builder request, String sessionName) {
        return request.roleArn(ROLE).roleSessionName(sessionName);
    }

    private StsClient sts(Credentials keys) {
        return StsClient.builder()
                .endpointOverride(aws.simulator().endpoint())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())))
                .httpClient(ApacheHttpClient.create())
                .build();
    }
}
