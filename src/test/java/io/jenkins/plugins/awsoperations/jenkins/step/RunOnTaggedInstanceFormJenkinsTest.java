package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hudson.model.Descriptor.FormException;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsoperations.jenkins.builder.RunOnTaggedInstanceBuilder;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.Stapler;

/** The form of {@code runOnTaggedInstance}, in the snippet generator and as a build step. */
@WithJenkins
class RunOnTaggedInstanceFormJenkinsTest {

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
        assertThat(arguments(CompleteStep.ofTheForm()).keySet())
                .containsExactlyInAnyOrderElementsOf(parameters())
                .hasSize(33);
    }

    @Test
    void theFormKeepsEveryParameter() throws Exception {
        RunOnTaggedInstanceStep after = new StepConfigTester(jenkins).configRoundTrip(CompleteStep.ofTheForm());

        assertThat(arguments(after)).isEqualTo(arguments(CompleteStep.ofTheForm()));
    }

    @Test
    void theFormSetsNothingThatNobodyEntered() throws Exception {
        RunOnTaggedInstanceStep after = new StepConfigTester(jenkins).configRoundTrip(new RunOnTaggedInstanceStep());

        assertThat(arguments(after)).isEmpty();
    }

    @Test
    void commandsOfAListAreLinesOfTheForm() throws Exception {
        RunOnTaggedInstanceStep step = new RunOnTaggedInstanceStep();
        step.setCommands(List.of("one", "two\nthree"));

        RunOnTaggedInstanceStep after = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(after.getCommands()).containsExactly("one\ntwo\nthree");
    }

    @Test
    void theBuildStepKeepsEveryParameterThatItHas() throws Exception {
        RunOnTaggedInstanceBuilder after =
                jenkins.configRoundtrip(new RunOnTaggedInstanceBuilder(CompleteStep.ofTheForm()));

        Map<String, Object> expected = arguments(CompleteStep.ofTheForm());
        expected.keySet().removeAll(List.of("returnStatus", "returnStdout"));
        assertThat(arguments(after.getRun())).isEqualTo(expected);
    }

    @Test
    void theBuildStepSetsNothingThatNobodyEntered() throws Exception {
        RunOnTaggedInstanceBuilder after =
                jenkins.configRoundtrip(new RunOnTaggedInstanceBuilder(new RunOnTaggedInstanceStep()));

        assertThat(arguments(after.getRun())).isEmpty();
    }

    @Test
    void onlyThePipelineStepAsksWhatToReturn() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new RunOnTaggedInstanceBuilder(new RunOnTaggedInstanceStep()));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.getPage(project, "configure");

            assertThat((Object) page.getFirstByXPath("//*[@name='_.unstableExitCodes']"))
                    .isNotNull();
            assertThat((Object) page.getFirstByXPath("//*[@name='_.returnStatus']"))
                    .isNull();
            assertThat((Object) page.getFirstByXPath("//*[@name='_.returnStdout']"))
                    .isNull();
        }
    }

    @Test
    void theBuildStepIsReadBackFromTheDisk() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new RunOnTaggedInstanceBuilder(CompleteStep.ofTheForm()));
        project.save();

        project.doReload();

        RunOnTaggedInstanceBuilder after = jenkins.jenkins
                .getItemByFullName(project.getFullName(), FreeStyleProject.class)
                .getBuildersList()
                .get(RunOnTaggedInstanceBuilder.class);
        assertThat(arguments(after.getRun())).isEqualTo(arguments(CompleteStep.ofTheForm()));
    }

    @Test
    void aSnippetHoldsEveryParameterAndIsTheSameStepWhenItRuns() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(CompleteStep.withEverything(), """
                runOnTaggedInstance busyBackoff: 1.5, busyIntervalSeconds: 30, busyRetries: 5\
                , commands: ['''cd work
                ./import''', 'echo \\'done\\''], deliveryTimeoutSeconds: 30, documentName: 'AWS-RunShellScript'\
                , documentParameters: [one: '1', several: ['a', 'b']], environment: [LANG: 'C.UTF-8', EMPTY: '']\
                , executionTimeoutSeconds: 172800, failFast: false, instanceId: 'i-0123456789abcdef0'\
                , logGroup: '/jobs/batch', maxLogBytes: 0, maxPerInstance: 0, onAbort: 'DETACH', retries: 2\
                , retryDelaySeconds: 0, retryExitCodes: [75, 76], returnStdout: true, runAs: 'batch'\
                , s3Bucket: 'job-output', s3Prefix: 'batch/nightly', strategy: 'sticky'\
                , tags: [role: 'worker', env: ['prod', 'stage']], unstableExitCodes: [3]\
                , workingDirectory: '/opt/batch'""");
    }

    @Test
    void theSnippetGeneratorLeavesDefaultsOutThatTheFormShows() throws Exception {
        JSONObject form = form();
        form.put("tags", "role=worker\n");
        form.put("commands", "uptime\r\ndate\r\n");
        form.put("strategy", "RANDOM");
        form.put("onAbort", "CANCEL");
        form.put("maxPerInstance", "1");
        form.put("busyBackoff", "2.0");
        form.put("maxLogBytes", "10485760");
        form.put("failFast", true);
        form.put("retries", "2");
        form.put("retryExitCodes", "75 , 76\n77");
        form.put("unstableExitCodes", "");
        form.put("runAs", " ");

        new SnippetizerTester(jenkins).assertGenerateSnippet(form.toString(), """
                runOnTaggedInstance commands: ['''uptime
                date
                '''], retries: 2, retryExitCodes: [75, 76, 77], tags: [role: 'worker']""", null);
    }

    @Test
    void everyFieldIntoWhichAPersonTypesIsKnown() {
        assertThat(RunOnTaggedInstanceFields.ALL.names()).isSubsetOf(parameters());
        assertThat(DescribableModel.of(RunOnTaggedInstanceStep.class).getParameters().stream()
                        .filter(parameter -> parameter.getErasedType() == int.class
                                || parameter.getErasedType() == Integer.class
                                || parameter.getErasedType() == double.class)
                        .map(DescribableParameter::getName))
                .containsExactlyInAnyOrderElementsOf(RunOnTaggedInstanceFields.ALL.numbers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxPerInstance          | seven       | must be a whole number, not 'seven'",
                "busyRetries             | 1.5         | must be a whole number, not '1.5'",
                "busyIntervalSeconds     | 4294967297  | must be a whole number, not '4294967297'",
                "busyBackoff             | twice       | must be a number, not 'twice'",
                "executionTimeoutSeconds | 1 h         | must be a whole number, not '1 h'",
                "deliveryTimeoutSeconds  | -           | must be a whole number, not '-'",
                "retries                 | many        | must be a whole number, not 'many'",
                "retryDelaySeconds       | 0x10        | must be a whole number, not '0x10'",
                "maxLogBytes             | 10 MB       | must be a whole number, not '10 MB'",
                "retryExitCodes          | 75; 76      | must be whole numbers with commas between them, not '75;'",
                "unstableExitCodes       | 1,two       | must be whole numbers with commas between them, not 'two'",
                "tags                    | worker      | has the line 'worker', which is not key=value",
                "environment             | =x          | has the line '=x', which is not key=value",
                "documentParameters      | x           | has the line 'x', which is not key=value"
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
                "Tags                    | worker          | which is not key=value",
                "InstanceId              | web-1           | web-1",
                "MaxPerInstance          | 1001            | must be 0 to 1000, not 1001",
                "BusyRetries             | -1              | must be 0 to 100, not -1",
                "BusyIntervalSeconds     | 0               | must be 1 to 86400, not 0",
                "BusyBackoff             | 0.9             | must be 1.0 to 10.0, not 0.9",
                "BusyBackoff             | NaN             | must be 1.0 to 10.0, not NaN",
                "WorkingDirectory        | tmp             | must be an absolute path",
                "Environment             | 1A=b            | '1A' is not a variable's name",
                "RunAs                   | a b             | is not the name of a Linux user",
                "ExecutionTimeoutSeconds | 172801          | must be 1 to 172800, not 172801",
                "DeliveryTimeoutSeconds  | 29              | must be 30 to 2592000, not 29",
                "DocumentName            | a b             | is not the name or ARN of a document",
                "Retries                 | 101             | must be 0 to 100, not 101",
                "RetryExitCodes          | 0               | must not contain 0",
                "RetryDelaySeconds       | 86401           | must be 0 to 86400, not 86401",
                "UnstableExitCodes       | 0               | must not contain 0",
                "LogGroup                | a b             | must be 1 to 512 of",
                "S3Bucket                | A               | must be 3 to 63 of",
                "MaxLogBytes             | -1              | must be 0 to 1073741824, not -1",
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
            quoteCharacter = '"',
            value = {
                "Tags                    | role=worker",
                "InstanceId              | i-0123456789abcdef0",
                "MaxPerInstance          | 0",
                "BusyRetries             | 100",
                "BusyIntervalSeconds     | 86400",
                "BusyBackoff             | 1",
                "WorkingDirectory        | C:\\batch",
                "Environment             | PATH=/opt/bin:/bin=",
                "RunAs                   | ec2-user",
                "ExecutionTimeoutSeconds | 172800",
                "DeliveryTimeoutSeconds  | 30",
                "DocumentName            | arn:aws:ssm:eu-west-1:123456789012:document/Mine",
                "Retries                 | 100",
                "RetryExitCodes          | 75, 76",
                "RetryDelaySeconds       | 0",
                "UnstableExitCodes       | 3",
                "LogGroup                | /jobs/batch",
                "S3Bucket                | job-output",
                "MaxLogBytes             | 0",
                "Tags                    | \" \""
            })
    void aCheckTakesWhatIsRight(String field, String value) throws Exception {
        assertThat(check(field, value).kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void aCheckLooksAtTheFieldsWithoutWhichItCannotTell() {
        RunOnTaggedInstanceStep.DescriptorImpl descriptor = descriptor();

        assertThat(descriptor.doCheckS3Prefix(null, "jobs", "").getMessage()).contains("s3Prefix needs s3Bucket");
        assertThat(descriptor.doCheckS3Prefix(null, "jobs", "job-output").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckCommands(null, "uptime", "My-Document").getMessage())
                .contains("are not for the document My-Document");
        assertThat(descriptor.doCheckCommands(null, "uptime", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckDocumentParameters(null, "commands=x", "").getMessage())
                .contains("is made of commands");
        assertThat(descriptor.doCheckDocumentParameters(null, "commands=x", "My-Document").kind)
                .isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void commandsThatAreTooLongAreToldBeforeTheyAreSaved() {
        assertThat(descriptor().doCheckCommands(null, "x".repeat(70_000), "").getMessage())
                .contains("at most 60000 can be sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cd work\n./import", "uptime"})
    void theStepsViewShowsTheCommands(String commands) {
        assertThat(descriptor().argumentsToString(Map.of("commands", commands))).isEqualTo(commands);
        assertThat(descriptor().argumentsToString(Map.of("commands", List.of(commands.split("\n")))))
                .isEqualTo(commands);
    }

    private static List<String> parameters() {
        return DescribableModel.of(RunOnTaggedInstanceStep.class).getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
    }

    private static FormValidation check(String field, String value) throws Exception {
        return (FormValidation) RunOnTaggedInstanceStep.DescriptorImpl.class
                .getMethod("doCheck" + field, Item.class, String.class)
                .invoke(descriptor(), null, value);
    }

    private static RunOnTaggedInstanceStep.DescriptorImpl descriptor() {
        return jenkins.jenkins.getDescriptorByType(RunOnTaggedInstanceStep.DescriptorImpl.class);
    }

    private static JSONObject form() {
        JSONObject form = new JSONObject();
        form.put("stapler-class", RunOnTaggedInstanceStep.class.getName());
        form.put("$class", RunOnTaggedInstanceStep.class.getName());
        return form;
    }

    /** What is not the default. */
    private static Map<String, Object> arguments(RunOnTaggedInstanceStep step) {
        return DescribableModel.of(RunOnTaggedInstanceStep.class)
                .uninstantiate2(step)
                .toMap();
    }
}
