package io.jenkins.plugins.awsoperations.aws;

/**
 * Who we are for AWS (STS GetCallerIdentity).
 *
 * @param accountId twelve digits
 * @param arn the user's, role's or session's ARN
 */
public record AwsIdentity(String accountId, String arn) {}
