package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Descriptor.FormException;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsoperations.jenkins.builder.AwaitStateMachineBuilder;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.Stapler;

/** The form of {@code awaitStateMachine}, in the snippet generator and as a build step. */
@WithJenkins
class AwaitStateMachineFormJenkinsTest {

    private static final String ARN = "arn:aws:states:eu-west-1:123456789012:execution:nightly:by-hand";

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
        assertThat(arguments(CompleteExecution.ofTheForm()).keySet())
                .containsExactlyInAnyOrderElementsOf(parameters())
                .hasSize(17);
    }

    @Test
    void theFormKeepsEveryParameter() throws Exception {
        AwaitStateMachineStep after = new StepConfigTester(jenkins).configRoundTrip(CompleteExecution.ofTheForm());

        assertThat(arguments(after)).isEqualTo(arguments(CompleteExecution.ofTheForm()));
    }

    @Test
    void theFormSetsNothingThatNobodyEntered() throws Exception {
        AwaitStateMachineStep after = new StepConfigTester(jenkins).configRoundTrip(new AwaitStateMachineStep());

        assertThat(arguments(after)).isEmpty();
    }

    @Test
    void aMapIsJsonInTheForm() throws Exception {
        AwaitStateMachineStep step = new AwaitStateMachineStep();
        step.setInput(nested());

        AwaitStateMachineStep after = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(after.getInput()).asString().startsWith("{\n  \"day\" : \"2026\",");
        assertThat(new ObjectMapper().readTree(after.getInput().toString()))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"day": "2026", "limit": null, "deep": {"list": [1, 2.50, true, [], {}]}}"""));
    }

    @Test
    void theBuildStepKeepsEveryParameter() throws Exception {
        AwaitStateMachineBuilder after =
                jenkins.configRoundtrip(new AwaitStateMachineBuilder(CompleteExecution.ofTheForm()));

        assertThat(arguments(after.getExecution())).isEqualTo(arguments(CompleteExecution.ofTheForm()));
    }

    @Test
    void theBuildStepSetsNothingThatNobodyEntered() throws Exception {
        AwaitStateMachineBuilder after =
                jenkins.configRoundtrip(new AwaitStateMachineBuilder(new AwaitStateMachineStep()));

        assertThat(arguments(after.getExecution())).isEmpty();
    }

    @Test
    void theBuildStepIsReadBackFromTheDisk() throws Exception {
        AwaitStateMachineStep withMap = new AwaitStateMachineStep();
        withMap.setInput(nested());
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new AwaitStateMachineBuilder(CompleteExecution.ofTheForm()));
        project.getBuildersList().add(new AwaitStateMachineBuilder(withMap));
        project.save();

        project.doReload();

        List<AwaitStateMachineBuilder> after = jenkins.jenkins
                .getItemByFullName(project.getFullName(), FreeStyleProject.class)
                .getBuildersList()
                .getAll(AwaitStateMachineBuilder.class);
        assertThat(after)
                .extracting(builder -> arguments(builder.getExecution()))
                .containsExactly(arguments(CompleteExecution.ofTheForm()), arguments(withMap));
    }

    @Test
    void aSnippetHoldsEveryParameterAndIsTheSameStepWhenItRuns() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(CompleteExecution.withEverything(), """
                awaitStateMachine executionName: 'nightly-2026-11-23', history: 'ALL', historyMaxLines: 25000\
                , input: '{"day": "2026-11-23"}', linkParent: true, onAbort: 'DETACH', redrive: true\
                , stateMachine: 'nightly:PROD', timeoutMinutes: 525600, unstableErrors: ['NothingToDo', 'Late']""");
    }

    @Test
    void aMapIsAMapInTheSnippetAndTheSameStepWhenItRuns() throws Exception {
        AwaitStateMachineStep step = new AwaitStateMachineStep();
        step.setStateMachine("nightly");
        Map<String, Object> input = nested();
        input.put("deep", Map.of("list", Arrays.asList(1, -2, true, "it's", List.of())));
        step.setInput(input);

        new SnippetizerTester(jenkins).assertRoundTrip(step, """
                awaitStateMachine input: [day: '2026', limit: null, deep: [list: [1, -2, true, 'it\\'s', []]]]\
                , stateMachine: 'nightly'""");
    }

    @Test
    void theSnippetGeneratorLeavesDefaultsOutThatTheFormShows() throws Exception {
        JSONObject form = form();
        form.put("stateMachine", " nightly ");
        form.put("input", "{\r\n  \"a\": 1\r\n}");
        form.put("timeoutMinutes", "");
        form.put("executionArn", " ");
        form.put("history", "STATES");
        form.put("historyMaxLines", "500");
        form.put("onAbort", "STOP");
        form.put("linkParent", false);
        form.put("redrive", false);
        form.put("unstableErrors", " NothingToDo \r\n\r\nLate");

        new SnippetizerTester(jenkins).assertGenerateSnippet(form.toString(), """
                awaitStateMachine input: '''{
                  "a": 1
                }''', stateMachine: 'nightly', unstableErrors: ['NothingToDo', 'Late']""", null);
    }

    @Test
    void everyFieldIntoWhichAPersonTypesIsKnown() {
        assertThat(AwaitStateMachineFields.ALL.names()).isSubsetOf(parameters());
        assertThat(DescribableModel.of(AwaitStateMachineStep.class).getParameters().stream()
                        .filter(parameter ->
                                parameter.getErasedType() == int.class || parameter.getErasedType() == Integer.class)
                        .map(DescribableParameter::getName))
                .containsExactlyInAnyOrderElementsOf(AwaitStateMachineFields.ALL.numbers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeoutMinutes          | 1 h         | must be a whole number, not '1 h'",
                "historyMaxLines         | 1.5         | must be a whole number, not '1.5'"
            })
    void whatAFieldDoesNotTakeIsRefusedWithTheNameOfTheField(String field, String text, String problem)
            throws Exception {
        JSONObject form = form();
        form.put(field, text);

        FormException error = jenkins.executeOnServer(() -> catchThrowableOfType(
                FormException.class, () -> descriptor().newInstance(Stapler.getCurrentRequest2(), form)));

        assertThat(error).hasMessage(field + " " + problem);
        assertThat(error.getFormField()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ExecutionArn            | nightly         | must be arn:aws:states:",
                "ExecutionArn            | arn:aws:states:eu-west-1:123456789012:express:a:b:c | EXPRESS",
                "TimeoutMinutes          | 525601          | must be 1 to 525600, not 525601",
                "HistoryMaxLines         | 0               | must be 1 to 25000, not 0",
                "Account                 | prodution       | 'prodution' is not configured; known: production"
            })
    void aCheckTellsWhatIsWrongWithItsField(String field, String value, String problem) throws Exception {
        FormValidation answer = check(field, value);

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.getMessage()).startsWith(Character.toLowerCase(field.charAt(0)) + field.substring(1) + " ");
        // The message of a FormValidation is HTML.
        assertThat(answer.getMessage().replace("&#039;", "'")).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ExecutionArn    | " + ARN,
                "TimeoutMinutes  | 1",
                "HistoryMaxLines | 25000",
                "UnstableErrors  | States.Timeout"
            })
    void aCheckTakesWhatIsRight(String field, String value) throws Exception {
        assertThat(check(field, value).kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void anErrorNameThatAwsCannotHaveIsTold() {
        assertThat(descriptor()
                        .doCheckUnstableErrors(null, "Late\n" + "x".repeat(257))
                        .getMessage())
                .contains("unstableErrors must be names of 1 to 256 characters");
    }

    @Test
    void badJsonIsToldWithItsLineAndColumnAsItIsTyped() {
        AwaitStateMachineStep.DescriptorImpl descriptor = descriptor();

        assertThat(descriptor
                        .doCheckInput(null, "\n{\n  \"a\": 1,\n  b: 2\n}", "")
                        .getMessage())
                .contains("input is not JSON at line 4, column 3");
        assertThat(descriptor.doCheckInput(null, "{\"a\": 1} x", "").getMessage())
                .contains("input is not JSON at line 1, column 1");
        assertThat(descriptor.doCheckInput(null, "{\"a\": [1, null]}", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor
                        .doCheckInput(null, "\"" + "x".repeat(262_144) + "\"", "")
                        .getMessage())
                .contains("has 262146 bytes, and AWS takes 262144");
    }

    @Test
    void aCheckLooksAtTheFieldsWithoutWhichItCannotTell() {
        AwaitStateMachineStep.DescriptorImpl descriptor = descriptor();

        assertThat(descriptor.doCheckStateMachine(null, "nightly", ARN).getMessage())
                .contains("stateMachine and executionArn exclude each other");
        assertThat(descriptor.doCheckStateMachine(null, "nightly", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckStateMachine(null, "a b", "").getMessage()).contains("must be a name or arn:");
        assertThat(descriptor.doCheckExecutionName(null, "today", ARN).getMessage())
                .contains("executionName is for what is started");
        assertThat(descriptor.doCheckExecutionName(null, "today", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckExecutionName(null, "to day", "").getMessage())
                .contains("must be 1 to 80 characters");
        assertThat(descriptor.doCheckInput(null, "{}", ARN).getMessage()).contains("input is for what is started");
    }

    @Test
    void theStepsViewShowsWhatIsWaitedFor() {
        assertThat(descriptor().argumentsToString(Map.of("stateMachine", "nightly", "input", Map.of("a", 1))))
                .isEqualTo("nightly");
        assertThat(descriptor().argumentsToString(Map.of("executionArn", ARN, "history", "ALL")))
                .isEqualTo(ARN);
    }

    private static Map<String, Object> nested() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("day", "2026");
        input.put("limit", null);
        input.put("deep", Map.of("list", Arrays.asList(1, new BigDecimal("2.50"), true, List.of(), Map.of())));
        return input;
    }

    private static List<String> parameters() {
        return DescribableModel.of(AwaitStateMachineStep.class).getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
    }

    private static FormValidation check(String field, String value) throws Exception {
        return (FormValidation) AwaitStateMachineStep.DescriptorImpl.class
                .getMethod("doCheck" + field, Item.class, String.class)
                .invoke(descriptor(), null, value);
    }

    private static AwaitStateMachineStep.DescriptorImpl descriptor() {
        return jenkins.jenkins.getDescriptorByType(AwaitStateMachineStep.DescriptorImpl.class);
    }

    private static JSONObject form() {
        JSONObject form = new JSONObject();
        form.put("stapler-class", AwaitStateMachineStep.class.getName());
        form.put("$class", AwaitStateMachineStep.class.getName());
        return form;
    }

    /** What is not the default. */
    private static Map<String, Object> arguments(AwaitStateMachineStep step) {
        return DescribableModel.of(AwaitStateMachineStep.class)
                .uninstantiate2(step)
                .toMap();
    }
}
