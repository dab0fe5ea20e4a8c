package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsAccountRules;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Which account, which region, as whom. */
final class AccountOptions {

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS region, as ap-northeast-1. Default: AWS_REGION, the profile, the instance's own.")
    @Nullable
    String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Profile of the shared AWS configuration. Default: the SDK's default credential chain.")
    @Nullable
    String profile;

    @Option(names = "--role-arn", paramLabel = "ARN", description = "Role to assume; its sessions are renewed.")
    @Nullable
    String roleArn;

    @Option(
            names = "--external-id",
            paramLabel = "ID",
            description = "External id that the role's trust policy asks for.")
    @Nullable
    String externalId;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Another address than AWS's own, as http://127.0.0.1:4599 of the simulator.")
    @Nullable
    URI endpoint;

    AwsAccount account(String sessionName) {
        if (endpoint != null) {
            check("--endpoint-url ", AwsAccountRules.endpointProblem(endpoint.toString()));
        }
        if (roleArn != null) {
            check("--role-arn ", AwsAccountRules.roleProblem(roleArn));
        }
        if (externalId != null && roleArn == null) {
            throw invalid("--external-id needs --role-arn");
        }
        if (externalId != null) {
            check("--external-id ", AwsAccountRules.externalIdProblem(externalId));
        }
        AwsAccount.Builder account = AwsAccount.in(region())
                .roleSessionName(sessionName)
                .assumeRole(roleArn, externalId)
                .endpoint(endpoint);
        if (profile != null) {
            account.name(profile).credentials(new AwsCredentialSource.Profile(profile));
        }
        return account.build();
    }

    private String region() {
        String id = region;
        if (id == null) {
            try {
                id = DefaultAwsRegionProviderChain.builder()
                        .profileName(profile)
                        .build()
                        .getRegion()
                        .id();
            } catch (SdkClientException e) {
                throw invalid("no --region is given, and neither AWS_REGION nor the profile names one");
            }
        }
        check("--region ", AwsAccountRules.regionProblem(id));
        return id;
    }

    private static void check(String option, Optional<String> problem) {
        problem.ifPresent(p -> {
            throw invalid(option + p);
        });
    }

    private static OperationException invalid(String message) {
        return new OperationException(OperationFailure.of(FailureKind.CONFIGURATION, message, "Nothing was done."));
    }
}
