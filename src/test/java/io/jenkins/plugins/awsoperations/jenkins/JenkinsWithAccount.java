package io.jenkins.plugins.awsoperations.jenkins;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Tests in one Jenkins for the whole class, because starting one takes seconds, and with a new account for each test. A class of
 * them says {@link WithSimulatedAccount}.
 */
public abstract class JenkinsWithAccount {

    protected static JenkinsRule jenkins;
    private static int jobs;

    protected SimulatedAccount account;

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        jenkins = rule;
        jobs = 0;
    }

    @AfterAll
    static void stopJenkins() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void connect(SimulatedAccount connected) {
        account = connected;
    }

    /** A name that no other job of this Jenkins has. */
    protected static String newJob() {
        jobs++;
        return lastJob();
    }

    /** The name that was given last. */
    protected static String lastJob() {
        return "job-" + jobs;
    }

    /** A running build of a new job. */
    protected static WorkflowRun start(String script) throws Exception {
        return Pipelines.start(jenkins, newJob(), script);
    }

    /** Runs a new job to its end, which must be the expected one. */
    protected static WorkflowRun run(Result expected, String script) throws Exception {
        return Pipelines.run(jenkins, expected, newJob(), script);
    }

    protected static String log(WorkflowRun build) throws Exception {
        return JenkinsRule.getLog(build);
    }
}
