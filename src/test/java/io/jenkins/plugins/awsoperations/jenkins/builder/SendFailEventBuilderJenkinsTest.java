package io.jenkins.plugins.awsoperations.jenkins.builder;

import static io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents.onlyDetail;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.step.SendFailEventStep;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The build step of freestyle jobs. */
@WithSimulatedAccount
class SendFailEventBuilderJenkinsTest extends JenkinsWithAccount {

    private static AlertingJobs jobs;

    @BeforeAll
    static void jobs() {
        jobs = new AlertingJobs(jenkins);
    }

    @Test
    void sendsAnEvent() throws Exception {
        SendFailEventStep event = new SendFailEventStep("high");
        event.setError("E");
        event.setCause("{\"rows\": 0}");

        FreeStyleBuild build = jobs.build(Result.SUCCESS, jobs.job(new SendFailEventBuilder(event)));

        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("E");
        assertThat(detail.get("cause").toString()).isEqualTo("{\"rows\":0}");
        assertThat(detail.get("executionURL").textValue()).isEqualTo(jenkins.getURL() + build.getUrl());
        jenkins.assertLogContains("[aws] event ", build);
    }

    @Test
    void failsWhenTheEventCannotBeSent() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().deny());

        FreeStyleBuild build =
                jobs.build(Result.FAILURE, jobs.job(new SendFailEventBuilder(new SendFailEventStep("high"))));

        assertThat(JenkinsRule.getLog(build)).containsPattern("ERROR: .*AccessDeniedException");
    }
}
