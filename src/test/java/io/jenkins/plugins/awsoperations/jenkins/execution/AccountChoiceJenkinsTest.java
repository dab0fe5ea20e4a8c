package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupStep;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which builds share a connection. */
@WithJenkins
class AccountChoiceJenkinsTest {

    @Test
    void aJobThatIsMadeAgainDoesNotGetTheCredentialsOfTheDeletedOne(JenkinsRule jenkins) throws Exception {
        try (SimulatedAccount account = new SimulatedAccount().connect()) {
            AccountChoice choice = AccountChoice.of(new Ec2BackupStep(), new EnvVars());
            FreeStyleProject deleted = jenkins.createFreeStyleProject("job");
            FreeStyleBuild before = jenkins.buildAndAssertSuccess(deleted);
            deleted.delete();
            FreeStyleBuild after = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("job"));

            assertThat(choice.resolve(after)).isNotEqualTo(choice.resolve(before));
            assertThat(choice.resolve(after)).isEqualTo(choice.resolve(after));
        }
    }
}
