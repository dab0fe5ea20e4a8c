package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.Call;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which account and region a build gets. */
@WithSimulatedAccount
class AccountChoiceJenkinsTest extends JenkinsWithAccount {

    private static final String DRY_RUN = "dryRun: true, tags: [Backup: 'yes']";

    @BeforeEach
    void setUp() {
        account.instance("web-1");
    }

    @Test
    void theStepsAccountWinsOverTheDefaultAccount() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "staging-key", "AKIASTAGING", "secret", ""));
        AwsAccountConfiguration staging = account.account("staging");
        staging.setDefaultAccount(false);
        staging.setCredentialsId("staging-key");
        AwsOperationsConfiguration.get().setAccounts(List.of(account.account("production"), staging));

        run(Result.SUCCESS, "ec2Backup account: 'staging', " + DRY_RUN);

        assertThat(callers()).containsOnly("AKIASTAGING");
    }

    @Test
    void anUnknownAccountIsAnsweredWithTheKnownOnes() throws Exception {
        AwsAccountConfiguration staging = new AwsAccountConfiguration("staging");
        AwsOperationsConfiguration.get().setAccounts(List.of(account.account("production"), staging));

        WorkflowRun build = run(Result.FAILURE, "ec2Backup account: 'prodution', " + DRY_RUN);

        jenkins.assertLogContains("account 'prodution' is not configured; known: production, staging", build);
        assertThat(callers()).isEmpty();
    }

    @Test
    void theStepsRegionWinsOverTheAccountsAndTheEnvironments() throws Exception {
        WorkflowRun build = run(
                Result.SUCCESS, "withEnv(['AWS_REGION=us-east-1']) { ec2Backup region: 'eu-west-1', " + DRY_RUN + " }");

        jenkins.assertLogContains("account 123456789012, region eu-west-1", build);
    }

    @Test
    void theAccountsRegionWinsOverTheEnvironments() throws Exception {
        WorkflowRun build = run(Result.SUCCESS, "withEnv(['AWS_REGION=us-east-1']) { ec2Backup " + DRY_RUN + " }");

        jenkins.assertLogContains("account 123456789012, region " + SimulatedAccount.REGION, build);
    }

    @Test
    void theEnvironmentsRegionCountsWhenNobodyElseNamesOne() throws Exception {
        accountWithoutRegion();

        WorkflowRun build = run(
                Result.SUCCESS,
                "withEnv(['AWS_REGION=us-east-1', 'AWS_DEFAULT_REGION=us-west-2']) { ec2Backup " + DRY_RUN + " }");
        WorkflowRun byDefault = run(
                Result.SUCCESS,
                "withEnv(['AWS_REGION=', 'AWS_DEFAULT_REGION=us-west-2']) { ec2Backup " + DRY_RUN + " }");

        jenkins.assertLogContains("account 123456789012, region us-east-1", build);
        jenkins.assertLogContains("account 123456789012, region us-west-2", byDefault);
    }

    @Test
    void aBuildWithoutAnyRegionFailsAtOnce() throws Exception {
        accountWithoutRegion();

        WorkflowRun build =
                run(Result.FAILURE, "withEnv(['AWS_REGION=', 'AWS_DEFAULT_REGION=']) { ec2Backup " + DRY_RUN + " }");

        jenkins.assertLogContains("region is not given, and neither the account nor AWS_REGION", build);
        assertThat(callers()).isEmpty();
    }

    @Test
    void aRegionThatIsNoneIsRefusedWithTheNameOfTheParameter() throws Exception {
        accountWithoutRegion();

        WorkflowRun build = run(Result.FAILURE, "withEnv(['AWS_REGION=Tokyo']) { ec2Backup " + DRY_RUN + " }");

        jenkins.assertLogContains("region 'Tokyo' is not an AWS region id", build);
        assertThat(callers()).isEmpty();
    }

    @Test
    void theControllersOwnIdentityIsNotTakenWhereAccountsAreConfiguredAndNoneIsTheDefault() throws Exception {
        AwsAccountConfiguration configured = account.account("production");
        configured.setDefaultAccount(false);
        AwsOperationsConfiguration.get().setAccounts(List.of(configured));

        WorkflowRun build = run(Result.FAILURE, "ec2Backup region: 'eu-west-1', " + DRY_RUN);

        jenkins.assertLogContains(
                "account is not given, and none of the configured ones is the default; known: production", build);
        assertThat(callers()).isEmpty();
    }

    private void accountWithoutRegion() {
        AwsAccountConfiguration configured = account.account("simulator");
        configured.setRegion(null);
        AwsOperationsConfiguration.get().setAccounts(List.of(configured));
    }

    /** The access keys that AWS saw. */
    private List<String> callers() {
        return account.aws().ledger().calls().stream().map(Call::principal).toList();
    }
}
