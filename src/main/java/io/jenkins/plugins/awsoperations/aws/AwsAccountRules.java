package io.jenkins.plugins.awsoperations.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the parts of an account description must look like, in one place for steps, forms and the command line. Each method
 * answers what is wrong, to be put behind the field's name.
 */
public final class AwsAccountRules {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d{1,2}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/\\S+");

    /** STS API reference, AssumeRole, ExternalId. */
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    private AwsAccountRules() {}

    /** @param region an AWS region id; only its form is checked, because AWS adds regions */
    public static Optional<String> regionProblem(String region) {
        return REGION.matcher(region).matches()
                ? Optional.empty()
                : Optional.of("'" + region + "' is not an AWS region id, as ap-northeast-1");
    }

    /** @param role the ARN of an IAM role */
    public static Optional<String> roleProblem(String role) {
        return ROLE.matcher(role).matches()
                ? Optional.empty()
                : Optional.of("'" + role + "' is not the ARN of a role, as arn:aws:iam::123456789012:role/backup");
    }

    /** @param externalId what a role's trust policy asks for */
    public static Optional<String> externalIdProblem(String externalId) {
        return EXTERNAL_ID.matcher(externalId).matches()
                ? Optional.empty()
                : Optional.of("must be 2 to 1224 of letters, digits and _ + = , . @ : / -");
    }

    /** @param endpoint the address that is used instead of AWS's own */
    public static Optional<String> endpointProblem(String endpoint) {
        try {
            URI uri = new URI(endpoint);
            if (uri.getHost() != null
                    && String.valueOf(uri.getScheme()).matches("https?")
                    && uri.getUserInfo() == null) {
                return Optional.empty();
            }
        } catch (URISyntaxException e) {
            // told below
        }
        return Optional.of("'" + endpoint + "' is not a URL, as http://127.0.0.1:4599");
    }
}
