package io.jenkins.plugins.awsoperations.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Wrong arguments of a step.
 *
 * @param step the step's function
 * @param lines arguments, and behind a bar what the log must say of them
 */
record BadInput(String step, List<String> lines) {

    /** @param table one line for each input */
    static BadInput of(String step, String table) {
        return new BadInput(step, table.lines().toList());
    }

    /** Runs the step with each of them, in one job. */
    void isRefusedIn(JenkinsRule jenkins) throws Exception {
        SoftAssertions softly = new SoftAssertions();
        WorkflowJob job = Pipelines.job(jenkins, "job", "");
        for (String line : lines) {
            String arguments = line.substring(0, line.indexOf('|')).trim();
            String named = line.substring(line.indexOf('|') + 1).trim();
            job.setDefinition(new CpsFlowDefinition(step + " " + arguments, true));

            WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));

            String log = JenkinsRule.getLog(build);
            softly.assertThat(log.lines().filter(l -> !l.startsWith("[Pipeline]") && l.contains(named)))
                    .as(arguments + " in " + log)
                    .isNotEmpty();
            softly.assertThat(log).as(arguments).doesNotContain("\tat ");
        }
        softly.assertAll();
    }
}
