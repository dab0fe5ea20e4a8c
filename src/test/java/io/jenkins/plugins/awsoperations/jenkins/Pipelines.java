package io.jenkins.plugins.awsoperations.jenkins;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipeline jobs for tests, in the sandbox. */
public final class Pipelines {

    private Pipelines() {}

    public static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    public static WorkflowRun start(JenkinsRule jenkins, String name, String script) throws Exception {
        return job(jenkins, name, script).scheduleBuild2(0).waitForStart();
    }

    /** Runs a new job to its end, which must be the expected one. */
    public static WorkflowRun run(JenkinsRule jenkins, Result expected, String name, String script) throws Exception {
        return jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(start(jenkins, name, script)));
    }
}
