package io.jenkins.plugins.awsoperations.jenkins.builder;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Builder;
import hudson.tasks.Publisher;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import org.jvnet.hudson.test.JenkinsRule;

/** Freestyle jobs for tests of alerts. */
final class AlertingJobs {

    private final JenkinsRule jenkins;

    AlertingJobs(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** A command on a worker. */
    static RunOnTaggedInstanceStep load() {
        RunOnTaggedInstanceStep step = new RunOnTaggedInstanceStep();
        step.setTags(Map.of("role", "job_worker"));
        step.setCommands("load");
        return step;
    }

    FreeStyleProject job(Builder builder, Publisher... publishers) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        for (Publisher publisher : publishers) {
            job.getPublishersList().add(publisher);
        }
        return job;
    }

    FreeStyleBuild start(FreeStyleProject job) throws Exception {
        return job.scheduleBuild2(0).waitForStart();
    }

    FreeStyleBuild build(Result expected, FreeStyleProject job) throws Exception {
        return jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(start(job)));
    }

    /** As by the red cross on the build's page. */
    void abort(FreeStyleBuild build) throws Exception {
        build.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("alice"));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
    }
}
