package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.awsoperations.jenkins.builder.SendFailEventBuilder;
import io.jenkins.plugins.awsoperations.jenkins.builder.SendFailEventNotifier;
import io.jenkins.plugins.awsoperations.jenkins.builder.SendFailEventNotifier.Threshold;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form of {@code sendFailEvent}, in the snippet generator, as a build step and as a post-build action. */
@WithJenkins
class SendFailEventFormJenkinsTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void setUp() {
        AwsOperationsConfiguration.get().setAccounts(List.of(new AwsAccountConfiguration("production")));
    }

    @Test
    void theExampleForTestsSetsEveryParameter() {
        assertThat(arguments(complete()).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        DescribableModel.of(SendFailEventStep.class).getParameters().stream()
                                .map(DescribableParameter::getName)
                                .toList())
                .hasSize(11);
    }

    @Test
    void theFormKeepsEveryParameter() throws Exception {
        SendFailEventStep after = new StepConfigTester(jenkins).configRoundTrip(complete());

        assertThat(arguments(after)).isEqualTo(arguments(complete()));
    }

    @Test
    void theFormSetsNothingThatNobodyEntered() throws Exception {
        SendFailEventStep after = new StepConfigTester(jenkins).configRoundTrip(new SendFailEventStep(null));

        assertThat(arguments(after)).isEqualTo(arguments(new SendFailEventStep(null)));
    }

    @Test
    void theBuildStepKeepsEveryParameter() throws Exception {
        SendFailEventBuilder after = jenkins.configRoundtrip(new SendFailEventBuilder(complete()));

        assertThat(arguments(after.getEvent())).isEqualTo(arguments(complete()));
    }

    @Test
    void thePostBuildActionKeepsEveryParameter() throws Exception {
        SendFailEventNotifier before = new SendFailEventNotifier(complete());
        before.setThreshold(Threshold.UNSTABLE);

        SendFailEventNotifier after = roundTrip(before);

        assertThat(arguments(after.getEvent())).isEqualTo(arguments(complete()));
        assertThat(after.getThreshold()).isEqualTo(Threshold.UNSTABLE);
    }

    @Test
    void aPostBuildActionIsForFailedBuildsUnlessItSaysOtherwise() throws Exception {
        SendFailEventNotifier after = roundTrip(new SendFailEventNotifier(new SendFailEventStep("high")));

        assertThat(after.getThreshold()).isEqualTo(Threshold.FAILURE);
        assertThat(arguments(after.getEvent())).isEqualTo(Map.of("channel", "high"));
    }

    @Test
    void aSnippetHoldsEveryParameterAndIsTheSameStepWhenItRuns() throws Exception {
        SendFailEventStep step = new SendFailEventStep("high");
        step.setError("NightlyFailed");
        step.setCause("See the report.");
        step.setEventBus("alerts");
        step.setSource("mine");
        step.setDetailType("My Type");

        new SnippetizerTester(jenkins).assertRoundTrip(step, """
                sendFailEvent cause: 'See the report.', channel: 'high', detailType: 'My Type'\
                , error: 'NightlyFailed', eventBus: 'alerts', source: 'mine'""");
    }

    @Test
    void aMapIsAMapInTheSnippet() throws Exception {
        SendFailEventStep step = new SendFailEventStep("high");
        Map<String, Object> cause = new LinkedHashMap<>();
        cause.put("rows", 0);
        cause.put("parts", Arrays.asList(1, "two"));
        step.setCause(cause);

        new SnippetizerTester(jenkins)
                .assertRoundTrip(step, "sendFailEvent cause: [rows: 0, parts: [1, 'two']], channel: 'high'");
    }

    @Test
    void theChannelAloneIsAShortSnippet() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(new SendFailEventStep("high"), "sendFailEvent 'high'");
    }

    private static SendFailEventNotifier roundTrip(SendFailEventNotifier notifier) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getPublishersList().add(notifier);
        jenkins.configRoundtrip(project);
        project.doReload();
        return jenkins.jenkins
                .getItemByFullName(project.getFullName(), FreeStyleProject.class)
                .getPublishersList()
                .get(SendFailEventNotifier.class);
    }

    private static SendFailEventStep complete() {
        SendFailEventStep step = new SendFailEventStep("high");
        step.setError("NightlyFailed");
        step.setCause("{\"rows\": 0}\nand <b>&amp; \"it's\"");
        step.setEventBus("alerts");
        step.setSource("mine");
        step.setDetailType("My Type");
        step.setAccount("production");
        step.setRegion("eu-west-1");
        step.setCredentialsId("aws-alerts");
        step.setRole("arn:aws:iam::123456789012:role/alerts");
        step.setExternalId("jenkins:alerts");
        return step;
    }

    private static Map<String, Object> arguments(SendFailEventStep step) {
        return DescribableModel.of(SendFailEventStep.class).uninstantiate2(step).toMap();
    }
}
