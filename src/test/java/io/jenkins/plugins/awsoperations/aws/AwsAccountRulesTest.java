package io.jenkins.plugins.awsoperations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsAccountRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ap-northeast-1", "us-gov-west-1", "cn-north-1", "us-iso-east-1", "ap-southeast-12"})
    void takesRegionsOfAllPartitionsAndThoseThatDoNotExistYet(String region) {
        assertThat(AwsAccountRules.regionProblem(region)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Tokyo", "ap-northeast", "AP-NORTHEAST-1", "ap-northeast-1a", " ap-northeast-1", "http://x", ""})
    void refusesWhatIsNoRegion(String region) {
        assertThat(AwsAccountRules.regionProblem(region))
                .hasValueSatisfying(p -> assertThat(p).contains("'" + region));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"arn:aws:iam::123456789012:role/backup", "arn:aws-cn:iam::123456789012:role/path/to/backup"})
    void takesRolesOfAllPartitionsWithTheirPaths(String role) {
        assertThat(AwsAccountRules.roleProblem(role)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup",
                "arn:aws:iam::12345678901:role/backup",
                "arn:aws:iam::123456789012:user/backup",
                "arn:aws:iam::123456789012:role/",
                "arn:aws:iam::123456789012:role/back up"
            })
    void refusesWhatIsNoRole(String role) {
        assertThat(AwsAccountRules.roleProblem(role)).isPresent();
    }

    @Test
    void externalIdsHaveTheCharactersAndLengthOfSts() {
        assertThat(AwsAccountRules.externalIdProblem("Jenkins_=,.@:/-1")).isEmpty();
        assertThat(AwsAccountRules.externalIdProblem("x".repeat(1224))).isEmpty();
        assertThat(AwsAccountRules.externalIdProblem("x")).isPresent();
        assertThat(AwsAccountRules.externalIdProblem("x y")).isPresent();
        assertThat(AwsAccountRules.externalIdProblem("x".repeat(1225))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:4599", "ftp://x", "http://", "http://user:secret@host", "http://a b", "file:///etc"})
    void refusesEndpointsThatAreNoUrlOrCarryASecret(String endpoint) {
        assertThat(AwsAccountRules.endpointProblem(endpoint)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:4599", "https://vpce-1.ec2.ap-northeast-1.vpce.amazonaws.com"})
    void takesEndpoints(String endpoint) {
        assertThat(AwsAccountRules.endpointProblem(endpoint)).isEmpty();
    }
}
