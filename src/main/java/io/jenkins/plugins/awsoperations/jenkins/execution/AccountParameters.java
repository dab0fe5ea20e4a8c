package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** The parameters that every step has: which account, which region, as whom, whom to tell. Each may be left out. */
public interface AccountParameters {

    /** The name of a configured account. */
    @CheckForNull
    String getAccount();

    /** An AWS region id. */
    @CheckForNull
    String getRegion();

    /** The id of AWS credentials, looked up as the build. */
    @CheckForNull
    String getCredentialsId();

    /** The ARN of a role to assume with the credentials. */
    @CheckForNull
    String getRole();

    /** What the role's trust policy asks for. */
    @CheckForNull
    String getExternalId();

    /** The channel of the event that is sent when the step fails; null for none. */
    @CheckForNull
    default String getAlertChannel() {
        return null;
    }
}
