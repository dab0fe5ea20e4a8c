package io.jenkins.plugins.awsoperations.jenkins.builder;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsoperations.jenkins.step.AwaitStateMachineStep;
import io.jenkins.plugins.awsoperations.jenkins.step.Ec2BackupStep;
import io.jenkins.plugins.awsoperations.jenkins.step.RunOnTaggedInstanceStep;
import io.jenkins.plugins.awsoperations.jenkins.step.SendFailEventStep;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a job's config.xml does not say: it was written by hand, or by a version that did not know the field. */
@WithJenkins
class StoredJobJenkinsTest {

    @Test
    void whatIsNotStoredHasItsDefault(JenkinsRule jenkins) throws Exception {
        String xml = """
                <project><builders>
                  <io.jenkins.plugins.awsoperations.jenkins.builder.Ec2BackupBuilder>
                    <backup><tags class="linked-hash-map"><entry><string>Backup</string><string>yes</string></entry></tags></backup>
                  </io.jenkins.plugins.awsoperations.jenkins.builder.Ec2BackupBuilder>
                </builders></project>
                """;
        FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "nightly", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        Ec2BackupStep stored = job.getBuildersList().get(Ec2BackupBuilder.class).getBackup();

        Ec2BackupStep entered = new Ec2BackupStep();
        entered.setTags(Map.of("Backup", "yes"));
        assertThat(stored).usingRecursiveComparison().isEqualTo(entered);
        assertThat(stored.isCopyTags()).isTrue();
        assertThat(stored.getMaxInstances()).isEqualTo(50);
        assertThat(stored.getConflictTimeoutMinutes()).isEqualTo(60);
        assertThat(stored.getStatusCheck()).isEqualTo("RETRY");
    }

    @Test
    void whatIsNotStoredOfACommandHasItsDefault(JenkinsRule jenkins) throws Exception {
        String xml = """
                <project><builders>
                  <io.jenkins.plugins.awsoperations.jenkins.builder.RunOnTaggedInstanceBuilder>
                    <run>
                      <tags class="linked-hash-map"><entry><string>role</string><string>worker</string></entry></tags>
                      <commands><string>uptime</string></commands>
                      <ofTheFuture>yes</ofTheFuture>
                    </run>
                  </io.jenkins.plugins.awsoperations.jenkins.builder.RunOnTaggedInstanceBuilder>
                  <io.jenkins.plugins.awsoperations.jenkins.builder.RunOnTaggedInstanceBuilder>
                    <run/>
                  </io.jenkins.plugins.awsoperations.jenkins.builder.RunOnTaggedInstanceBuilder>
                </builders></project>
                """;
        FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "nightly", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        List<RunOnTaggedInstanceBuilder> stored = job.getBuildersList().getAll(RunOnTaggedInstanceBuilder.class);

        RunOnTaggedInstanceStep entered = new RunOnTaggedInstanceStep();
        entered.setTags(Map.of("role", "worker"));
        entered.setCommands("uptime");
        assertThat(stored.get(0).getRun()).usingRecursiveComparison().isEqualTo(entered);
        assertThat(stored.get(0).getRun().getExecutionTimeoutSeconds()).isEqualTo(3600);
        assertThat(stored.get(0).getRun().isFailFast()).isTrue();
        assertThat(stored.get(1).getRun()).usingRecursiveComparison().isEqualTo(new RunOnTaggedInstanceStep());
    }

    @Test
    void whatIsNotStoredOfAnExecutionHasItsDefault(JenkinsRule jenkins) throws Exception {
        String xml = """
                <project><builders>
                  <io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder>
                    <execution>
                      <stateMachine>nightly</stateMachine>
                      <input class="string">[1]</input>
                      <ofTheFuture>yes</ofTheFuture>
                    </execution>
                  </io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder>
                  <io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder>
                    <execution/>
                  </io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder>
                </builders></project>
                """;
        FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "nightly", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        List<AwaitStateMachineBuilder> stored = job.getBuildersList().getAll(AwaitStateMachineBuilder.class);

        AwaitStateMachineStep entered = new AwaitStateMachineStep();
        entered.setStateMachine("nightly");
        entered.setInput("[1]");
        assertThat(stored.get(0).getExecution()).usingRecursiveComparison().isEqualTo(entered);
        assertThat(stored.get(0).getExecution().getHistoryMaxLines()).isEqualTo(500);
        assertThat(stored.get(0).getExecution().getOnAbort()).isEqualTo("STOP");
        assertThat(stored.get(0).getExecution().isLinkParent()).isFalse();
        assertThat(stored.get(1).getExecution()).usingRecursiveComparison().isEqualTo(new AwaitStateMachineStep());
    }

    @Test
    void whatIsNotStoredOfAPostBuildActionHasItsDefault(JenkinsRule jenkins) throws Exception {
        String xml = """
                <project><publishers>
                  <io.jenkins.plugins.awsoperations.jenkins.builder.SendFailEventNotifier>
                    <event><channel>high</channel></event>
                  </io.jenkins.plugins.awsoperations.jenkins.builder.SendFailEventNotifier>
                </publishers></project>
                """;
        FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "nightly", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        SendFailEventNotifier stored = job.getPublishersList().get(SendFailEventNotifier.class);

        assertThat(stored.getThreshold()).isEqualTo(SendFailEventNotifier.Threshold.FAILURE);
        assertThat(stored.getEvent()).usingRecursiveComparison().isEqualTo(new SendFailEventStep("high"));
    }
}
