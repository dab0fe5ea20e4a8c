package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** An account whose endpoint takes connections and never answers must not hold up anybody else. */
@WithSimulatedAccount
class HangingEndpointJenkinsTest {

    private JenkinsRule jenkins;
    private SimulatedAccount account;
    private ServerSocket hanging;
    private Socket unanswered;

    @BeforeEach
    void setUp(JenkinsRule rule, SimulatedAccount connected) throws Exception {
        jenkins = rule;
        account = connected;
        hanging = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        AwsAccountConfiguration dead = account.account("dead");
        dead.setDefaultAccount(false);
        dead.setEndpoint("http://127.0.0.1:" + hanging.getLocalPort());
        AwsOperationsConfiguration.get().setAccounts(List.of(account.account("simulator"), dead));
    }

    @AfterEach
    void tearDown() throws IOException {
        if (unanswered != null) {
            unanswered.close();
        }
        hanging.close();
    }

    @Test
    void anotherAccountGoesOnAndStepsCanBeStopped() throws Exception {
        account.instance("web-1");
        String branches = IntStream.range(0, 20)
                .mapToObj(n -> "b" + n + ": { ec2Backup tags: [Backup: 'yes'], account: 'dead', plan: 'p" + n + "' }")
                .collect(Collectors.joining(", "));
        WorkflowRun stuck = Pipelines.start(jenkins, "stuck", "parallel(" + branches + ")");
        // One call is out, and the others wait for the same.
        unanswered = hanging.accept();

        long began = System.nanoTime();
        WorkflowRun other = Pipelines.start(jenkins, "other", "ec2Backup tags: [Backup: 'yes']");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
        Duration otherTook = Duration.ofNanos(System.nanoTime() - began);

        began = System.nanoTime();
        stuck.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(stuck));
        Duration abortTook = Duration.ofNanos(System.nanoTime() - began);

        assertThat(otherTook).isLessThan(Duration.ofSeconds(30));
        assertThat(abortTook).isLessThan(Duration.ofSeconds(75));
    }
}
