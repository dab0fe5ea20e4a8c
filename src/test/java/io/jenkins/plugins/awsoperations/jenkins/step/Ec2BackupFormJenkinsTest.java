package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hudson.model.Descriptor.FormException;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsoperations.jenkins.builder.Ec2BackupBuilder;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
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

/** The form of {@code ec2Backup}, in the snippet generator and as a build step. */
@WithJenkins
class Ec2BackupFormJenkinsTest {

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
                .containsExactlyInAnyOrderElementsOf(DescribableModel.of(Ec2BackupStep.class).getParameters().stream()
                        .map(DescribableParameter::getName)
                        .toList())
                .hasSize(33);
    }

    @Test
    void theFormKeepsEveryParameter() throws Exception {
        Ec2BackupStep after = new StepConfigTester(jenkins).configRoundTrip(complete());

        assertThat(arguments(after)).isEqualTo(arguments(complete()));
    }

    @Test
    void theFormSetsNothingThatNobodyEntered() throws Exception {
        Ec2BackupStep after = new StepConfigTester(jenkins).configRoundTrip(new Ec2BackupStep());

        assertThat(arguments(after)).isEmpty();
    }

    @Test
    void theFormKeepsTagsThatLookStrange() throws Exception {
        Ec2BackupStep step = new Ec2BackupStep();
        step.setTags(Map.of("Owner", "a=b=c", "Path:*/?\\", "<b>\"&amp;'", "名前", "夜間 バックアップ", "Empty", ""));

        Ec2BackupStep after = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(after.getTags()).isEqualTo(step.getTags());
    }

    @Test
    void theBuildStepKeepsEveryParameter() throws Exception {
        Ec2BackupBuilder after = jenkins.configRoundtrip(new Ec2BackupBuilder(complete()));

        assertThat(arguments(after.getBackup())).isEqualTo(arguments(complete()));
    }

    @Test
    void theBuildStepSetsNothingThatNobodyEntered() throws Exception {
        Ec2BackupBuilder after = jenkins.configRoundtrip(new Ec2BackupBuilder(new Ec2BackupStep()));

        assertThat(arguments(after.getBackup())).isEmpty();
    }

    @Test
    void theBuildStepIsReadBackFromTheDisk() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new Ec2BackupBuilder(complete()));
        project.save();

        project.doReload();

        Ec2BackupBuilder after = jenkins.jenkins
                .getItemByFullName(project.getFullName(), FreeStyleProject.class)
                .getBuildersList()
                .get(Ec2BackupBuilder.class);
        assertThat(arguments(after.getBackup())).isEqualTo(arguments(complete()));
    }

    @Test
    void aSnippetHoldsEveryParameterAndIsTheSameStepWhenItRuns() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(complete(), """
                ec2Backup account: 'production', alertChannel: 'high', conflictTimeoutMinutes: 0, copyTags: false, credentialsId: 'aws-backup'\
                , deprecateAfterDays: 20, description: 'nightly "backup" of Jenkins\\' own', dryRun: true\
                , excludeDevices: ['/dev/sdb', '/dev/sdc'], excludeTags: ['Backup-Skip': 'yes']\
                , externalId: 'jenkins:backup', generations: 0, ifNoInstances: 'SUCCEED'\
                , imageName: 'nightly-${instanceId}', imageTags: [Team: 'infra']\
                , instanceIds: ['i-0123456789abcdef0', 'i-01234567'], keepTag: 'keep', maxAttempts: 5\
                , maxInstances: 0, onConflict: 'SKIP', onPartialFailure: 'UNSTABLE', parallelism: 9\
                , plan: 'team/daily', reboot: true, rebootConcurrency: 2, region: 'eu-west-1'\
                , retentionDays: 30, role: 'arn:aws:iam::123456789012:role/backup', shareWindowMinutes: 15\
                , statusCheck: 'CHECK', tagSnapshots: false, tags: [Backup: 'daily', Env: ['prod', 'stage']]\
                , timeoutMinutes: 600""");
    }

    @Test
    void aSnippetOfDefaultsIsShort() throws Exception {
        Ec2BackupStep step = new Ec2BackupStep();
        step.setTags(Map.of("Backup", "yes"));

        Ec2BackupStep after = new StepConfigTester(jenkins).configRoundTrip(step);

        new SnippetizerTester(jenkins).assertRoundTrip(after, "ec2Backup(tags: [Backup: 'yes'])");
        new SnippetizerTester(jenkins).assertRoundTrip(new Ec2BackupStep(), "ec2Backup()");
    }

    @Test
    void theSnippetGeneratorLeavesDefaultsOutThatTheFormShows() throws Exception {
        JSONObject form = form();
        form.put("tags", "Backup=yes\nEnv=prod\nEnv=stage\n");
        form.put("imageName", descriptor().getDefaultImageName());
        form.put("maxInstances", "50");
        form.put("copyTags", true);
        form.put("generations", "3");
        form.put("description", " ");
        form.put("statusCheck", "RETRY");

        new SnippetizerTester(jenkins)
                .assertGenerateSnippet(
                        form.toString(),
                        "ec2Backup generations: 3, tags: [Backup: 'yes', Env: ['prod', 'stage']]",
                        null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generations",
                "retentionDays",
                "rebootConcurrency",
                "maxAttempts",
                "timeoutMinutes",
                "conflictTimeoutMinutes",
                "shareWindowMinutes",
                "parallelism",
                "maxInstances",
                "deprecateAfterDays"
            })
    void aNumberThatIsNoneIsRefusedWithTheNameOfItsField(String field) throws Exception {
        FormException error = refused(field, "seven");

        assertThat(error).hasMessage(field + " must be a whole number, not 'seven'");
        assertThat(error.getFormField()).isEqualTo(field);
    }

    @Test
    void everyNumberIsChecked() {
        assertThat(DescribableModel.of(Ec2BackupStep.class).getParameters().stream()
                        .filter(parameter ->
                                parameter.getErasedType() == int.class || parameter.getErasedType() == Integer.class)
                        .map(DescribableParameter::getName))
                .containsExactlyInAnyOrderElementsOf(Ec2BackupFields.ALL.numbers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tags", "excludeTags", "imageTags"})
    void aTagWithoutValueIsRefusedWithTheNameOfItsField(String field) throws Exception {
        FormException error = refused(field, "Backup=yes\nprod\n");

        assertThat(error).hasMessage(field + " has the line 'prod', which is not key=value");
        assertThat(error.getFormField()).isEqualTo(field);
    }

    @Test
    void theJobStaysAsItWasWhenATagHasNoValue() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new Ec2BackupBuilder(complete()));
        HtmlPage page = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .getPage(project, "configure");
        HtmlTextArea tags = page.getFirstByXPath("//textarea[@name='_.tags']");
        tags.setText("prod");

        var answer = HtmlFormUtil.submit(page.getFormByName("config")).getWebResponse();

        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(((HtmlPage) page.getWebClient().getCurrentWindow().getEnclosedPage()).asNormalizedText())
                .contains("Error\ntags has the line 'prod', which is not key=value");
        assertThat(arguments(
                        project.getBuildersList().get(Ec2BackupBuilder.class).getBackup()))
                .isEqualTo(arguments(complete()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Plan                   | nightly run      | must be 1 to 64 of A-Z a-z 0-9 . _ / -",
                "Generations            | 1001             | must be 0 to 1000, not 1001",
                "Generations            | seven            | must be a whole number, not 'seven'",
                "RetentionDays          | 0                | must be 1 to 36500, not 0",
                "RebootConcurrency      | 51               | must be 1 to 50, not 51",
                "ImageName              | nightly          | ${instanceId}",
                "Description            | 夜間             | has characters beyond ASCII",
                "MaxAttempts            | 11               | must be 1 to 10, not 11",
                "TimeoutMinutes         | 1441             | must be 1 to 1440, not 1441",
                "ConflictTimeoutMinutes | -1               | must be 0 to 525600, not -1",
                "ShareWindowMinutes     | -1               | must be 0 to 525600, not -1",
                "Parallelism            | 0                | must be 1 to 50, not 0",
                "MaxInstances           | -1               | must be at least 0, not -1",
                "KeepTag                | aws:keep         | begins with aws:",
                "DeprecateAfterDays     | 3651             | must be 1 to 3650, not 3651",
                "Tags                   | prod             | has the line 'prod', which is not key=value",
                "ExcludeTags            | =prod            | has the line '=prod', which is not key=value",
                "ImageTags              | aws:x=y          | begins with aws:",
                "InstanceIds            | web-1            | 'web-1' is not an instance id",
                "Account                | prodution        | 'prodution' is not configured; known: production",
                "Region                 | Tokyo            | is not an AWS region id",
                "Role                   | backup           | is not the ARN of a role",
                "ExternalId             | a b              | must be 2 to 1224 of letters"
            })
    void aCheckTellsWhatIsWrongWithItsField(String field, String value, String problem) throws Exception {
        FormValidation answer = check(field, value);

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.getMessage()).startsWith(Character.toLowerCase(field.charAt(0)) + field.substring(1) + " ");
        // The message of a FormValidation is HTML.
        assertThat(answer.getMessage().replace("&#039;", "'")).contains(problem);
    }

    @Test
    void aCheckTellsThatAnImageHasOneValueForATag() throws Exception {
        assertThat(check("ImageTags", "Team=a\nTeam=b").getMessage()).contains("has several values");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Plan                   | team/daily-1",
                "Generations            | 0",
                "RetentionDays          | 36500",
                "RebootConcurrency      | 50",
                "ImageName              | nightly-${instanceId}",
                "Description            | nightly",
                "MaxAttempts            | 10",
                "TimeoutMinutes         | 1440",
                "ConflictTimeoutMinutes | 0",
                "ShareWindowMinutes     | 0",
                "Parallelism            | 50",
                "MaxInstances           | 0",
                "KeepTag                | keep",
                "DeprecateAfterDays     | 3650",
                "Tags                   | Backup=",
                "ExcludeTags            | aws:autoscaling:groupName=web",
                "ImageTags              | Team=a=b",
                "InstanceIds            | i-0123456789abcdef0",
                "ExcludeDevices         | /dev/sdb",
                "Account                | production",
                "Region                 | us-gov-west-1",
                "Role                   | arn:aws-cn:iam::123456789012:role/path/backup",
                "ExternalId             | a:b",
                "Generations            | \"\"",
                "Tags                   | \" \""
            })
    void aCheckTakesWhatIsRight(String field, String value) throws Exception {
        assertThat(check(field, value).kind).isEqualTo(FormValidation.Kind.OK);
    }

    private static FormValidation check(String field, String value) throws Exception {
        return (FormValidation) Ec2BackupStep.DescriptorImpl.class
                .getMethod("doCheck" + field, Item.class, String.class)
                .invoke(descriptor(), null, value);
    }

    private static Ec2BackupStep.DescriptorImpl descriptor() {
        return jenkins.jenkins.getDescriptorByType(Ec2BackupStep.DescriptorImpl.class);
    }

    private static FormException refused(String field, String text) throws Exception {
        JSONObject form = form();
        form.put(field, text);
        return jenkins.executeOnServer(() -> catchThrowableOfType(
                FormException.class, () -> descriptor().newInstance(Stapler.getCurrentRequest2(), form)));
    }

    private static JSONObject form() {
        JSONObject form = new JSONObject();
        form.put("stapler-class", Ec2BackupStep.class.getName());
        form.put("$class", Ec2BackupStep.class.getName());
        return form;
    }

    /** What is not the default. */
    private static Map<String, Object> arguments(Ec2BackupStep step) {
        return DescribableModel.of(Ec2BackupStep.class).uninstantiate2(step).toMap();
    }

    /** Each parameter as no default is; where 0 or false is such a value, it is that one. */
    private static Ec2BackupStep complete() {
        Ec2BackupStep step = new Ec2BackupStep();
        Map<String, Object> tags = new LinkedHashMap<>();
        tags.put("Backup", "daily");
        tags.put("Env", new ArrayList<>(List.of("prod", "stage")));
        step.setTags(tags);
        step.setInstanceIds(List.of("i-0123456789abcdef0", "i-01234567"));
        step.setExcludeTags(Map.of("Backup-Skip", "yes"));
        step.setPlan("team/daily");
        step.setGenerations(0);
        step.setRetentionDays(30);
        step.setReboot(true);
        step.setRebootConcurrency(2);
        step.setImageName("nightly-${instanceId}");
        step.setDescription("nightly \"backup\" of Jenkins' own");
        step.setCopyTags(false);
        step.setImageTags(Map.of("Team", "infra"));
        step.setTagSnapshots(false);
        step.setExcludeDevices(List.of("/dev/sdb", "/dev/sdc"));
        step.setStatusCheck("CHECK");
        step.setMaxAttempts(5);
        step.setTimeoutMinutes(600);
        step.setOnConflict("SKIP");
        step.setConflictTimeoutMinutes(0);
        step.setShareWindowMinutes(15);
        step.setParallelism(9);
        step.setMaxInstances(0);
        step.setIfNoInstances("SUCCEED");
        step.setOnPartialFailure("UNSTABLE");
        step.setKeepTag("keep");
        step.setDeprecateAfterDays(20);
        step.setDryRun(true);
        step.setAccount("production");
        step.setRegion("eu-west-1");
        step.setCredentialsId("aws-backup");
        step.setRole("arn:aws:iam::123456789012:role/backup");
        step.setExternalId("jenkins:backup");
        step.setAlertChannel("high");
        return step;
    }
}
