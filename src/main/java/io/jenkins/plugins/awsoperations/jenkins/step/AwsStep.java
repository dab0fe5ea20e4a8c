package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.jenkins.execution.AccountParameters;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step that works in an AWS account, with the parameters that all such steps have. There is no endpoint among them:
 * only administrators set one, on the account.
 */
public abstract class AwsStep extends Step implements AccountParameters {

    private String account;
    private String region;
    private String credentialsId;
    private String role;
    private String externalId;

    @CheckForNull
    @Override
    public final String getAccount() {
        return account;
    }

    @DataBoundSetter
    public final void setAccount(String account) {
        this.account = Util.fixEmptyAndTrim(account);
    }

    @CheckForNull
    @Override
    public final String getRegion() {
        return region;
    }

    @DataBoundSetter
    public final void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    @CheckForNull
    @Override
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    @Override
    public final String getRole() {
        return role;
    }

    @DataBoundSetter
    public final void setRole(String role) {
        this.role = Util.fixEmptyAndTrim(role);
    }

    @CheckForNull
    @Override
    public final String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public final void setExternalId(String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }
}
