package io.jenkins.plugins.awsoperations.jenkins.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Items;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.CommandStatus;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is kept of commands, also by older versions, and how a build's pages show it. */
@WithJenkins
class CommandsActionJenkinsTest {

    private static final String CONSOLE =
            "https://ap-northeast-1.console.aws.amazon.com/systems-manager/run-command/c-1/i-1?region=ap-northeast-1";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void textsAreShownAsTextsWhateverIsInThem() throws Exception {
        FreeStyleBuild build = buildWith(record("""
                <title>&lt;b>echo&lt;/b> &amp;amp; &lt;script>alert(1)&lt;/script></title>
                <tags>role=&lt;i>x&lt;/i></tags>
                <account>&lt;b>prod&lt;/b></account>
                <accountId>123456789012</accountId>
                <region>ap-northeast-1</region>
                <worker>i-1 (&lt;b>web&lt;/b>)</worker>
                <instanceId>i-1</instanceId>
                <instanceName>&lt;b>web&lt;/b></instanceName>
                <failure>failed: &lt;img src=x onerror=alert(1)></failure>
                <failureKind>REMOTE_FAILED</failureKind>
                <status>Failed</status>
                """));

        for (String path : List.of("", "aws-commands/")) {
            HtmlPage page = page(build, path);
            assertThat(table(page).asNormalizedText())
                    .contains(
                            "<b>echo</b> &amp; <script>alert(1)</script>",
                            "<b>web</b>",
                            "failed: <img src=x onerror=alert(1)>");
            assertThat(table(page).getByXPath(".//b | .//i | .//script | .//img"))
                    .isEmpty();
            assertThat(page.asNormalizedText()).contains("<b>prod</b> (123456789012), ap-northeast-1");
        }
        assertThat(table(page(build, "aws-commands/")).asNormalizedText()).contains("role=<i>x</i>");
    }

    @Test
    void aCommandIsShownWithItsEndAndItsLinks() throws Exception {
        FreeStyleBuild build = buildWith(record("""
                <title>import --all</title><region>ap-northeast-1</region>
                <worker>i-1 (web)</worker><instanceId>i-1</instanceId><instanceName>web</instanceName>
                <status>Success</status><exitCode>0</exitCode><attempts>3</attempts>
                <startedAt>2026-11-23T10:00:00.000Z</startedAt><endedAt>2026-11-23T10:01:05.000Z</endedAt>
                <consoleUrl>%s</consoleUrl><outputUrl>https://example.com/output</outputUrl>
                """.formatted(CONSOLE)));

        HtmlPage page = page(build, "");

        assertThat(table(page).asNormalizedText())
                .contains(
                        "import --all", "succeeded", "(exit code 0)", "after 3 attempts", "web", "i-1", "1 min 5 sec");
        assertThat(links(page)).containsExactly(CONSOLE, "https://example.com/output");
        assertThat(page.asNormalizedText()).contains("Commands on EC2 instances", "1 succeeded, 0 failed");
    }

    @Test
    void theAccountIsSaidOfEachCommandWhenThereAreSeveral() throws Exception {
        FreeStyleBuild build = buildWith(record("<title>a</title><account>one</account><region>eu-west-1</region>"));
        assertThat(table(page(build, "")).asNormalizedText()).doesNotContain("eu-west-1");
        assertThat(page(build, "").asNormalizedText()).contains("one, eu-west-1");

        CommandsAction.add(build, (CommandRecord)
                Items.XSTREAM2.fromXML(xml("<title>b</title><account>two</account><region>eu-west-1</region>", "t2")));

        assertThat(table(page(build, "")).asNormalizedText()).contains("one, eu-west-1", "two, eu-west-1");
    }

    @Test
    void aPlaceThatNoBrowserOpensIsNoLink() throws Exception {
        FreeStyleBuild build = buildWith(record("""
                <title>x</title><status>Success</status><outputUrl>s3://job-output/batch/c-1/i-1/</outputUrl>
                """));

        HtmlPage page = page(build, "");

        assertThat(table(page).asNormalizedText()).contains("s3://job-output/batch/c-1/i-1/");
        assertThat(links(page)).isEmpty();
    }

    @Test
    void whatAnOlderVersionDidNotWriteIsLeftOut() throws Exception {
        FreeStyleBuild build = buildWith(record(""));

        HtmlPage page = page(build, "aws-commands/");

        assertThat(build.getAction(CommandsAction.class).getCommands())
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.getTitle()).isEmpty();
                    assertThat(view.getTags()).isEmpty();
                    assertThat(view.getWorker()).isEmpty();
                    assertThat(view.getPlace()).isEmpty();
                    assertThat(view.getDuration()).isEmpty();
                    assertThat(view.getExitCode()).isNull();
                });
        assertThat(table(page).asNormalizedText()).doesNotContain("null");
    }

    @Test
    void whatANewerVersionWroteBesidesIsLeftOut() throws Exception {
        FreeStyleBuild build =
                buildWith(record("<title>x</title><ofTheFuture>y</ofTheFuture><status>Vanished</status>"));

        assertThat(build.getAction(CommandsAction.class).getCommands())
                .singleElement()
                .satisfies(view -> assertThat(view.getTitle()).isEqualTo("x"));
    }

    @Test
    void aLongFirstLineIsNotKeptWhole() {
        CommandState state = CommandState.begin(
                CommandRequest.builder()
                        .tag("role", "worker")
                        .commands(List.of("x"))
                        .build(),
                RunIdentity.create("job", "1"));

        assertThat(new CommandRecord("x".repeat(5000), "", null, "eu-west-1", state, null, null, null).getTitle())
                .isEqualTo("x".repeat(200) + "…");
    }

    @ParameterizedTest
    @EnumSource(CommandStatus.class)
    void everyStatusHasItsWords(CommandStatus status) {
        String failed = "<failure>broken</failure><failureKind>REMOTE_FAILED</failureKind>";
        CommandView view = new CommandView(record("<status>" + status.awsName() + "</status>" + failed));

        assertThat(view.getState()).isNotBlank().isNotEqualTo(status.awsName());
        assertThat(view.getIcon()).isEqualTo("symbol-status-red");
        assertThat(status == CommandStatus.FAILED || !view.getState().equals("failed"))
                .as(view.getState())
                .isTrue();
    }

    @Test
    void aRecordOfTheSameRunReplacesTheFormerOne() throws Exception {
        FreeStyleBuild build = buildWith(record("<title>first</title>"));

        CommandsAction.add(build, record("<title>again</title>"));
        CommandsAction.add(build, (CommandRecord) Items.XSTREAM2.fromXML(xml("<title>other</title>", "token2")));

        assertThat(build.getAction(CommandsAction.class).getCommands())
                .extracting(CommandView::getTitle)
                .containsExactly("again", "other");
    }

    @Test
    void moreThanTenAreFoldedOnTheBuildsPageAndWhoFailedComesFirst() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        for (int n = 0; n < 11; n++) {
            String failure = n == 7 ? "<failure>broken</failure><failureKind>REMOTE_FAILED</failureKind>" : "";
            CommandsAction.add(build, (CommandRecord) Items.XSTREAM2.fromXML(
                    xml("<title>number " + n + "</title><status>Success</status>" + failure, "token" + n)));
        }

        assertThat(build.getAction(CommandsAction.class).getCommands().get(0).getTitle())
                .isEqualTo("number 7");
        assertThat(build.getAction(CommandsAction.class).getCounts()).isEqualTo("10 succeeded, 1 failed");
        assertThat((DomElement) page(build, "").getFirstByXPath("//details[.//td]/summary"))
                .satisfies(summary -> assertThat(summary.getTextContent()).isEqualTo("11 commands"));
        assertThat((Object) page(build, "aws-commands/").getFirstByXPath("//details[.//td]"))
                .isNull();
    }

    private static FreeStyleBuild buildWith(CommandRecord record) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        CommandsAction.add(build, record);
        // As it comes from the disk.
        String id = build.getExternalizableId();
        build.getParent().doReload();
        return (FreeStyleBuild) Run.fromExternalizableId(id);
    }

    private static CommandRecord record(String fields) {
        return (CommandRecord) Items.XSTREAM2.fromXML(xml(fields, "token1"));
    }

    private static String xml(String fields, String token) {
        String element = CommandRecord.class.getName();
        return "<" + element + "><token>" + token + "</token>" + fields + "</" + element + ">";
    }

    private static HtmlPage page(Run<?, ?> build, String path) throws Exception {
        return jenkins.createWebClient().getPage(build, path);
    }

    private static DomElement table(HtmlPage page) {
        return page.getFirstByXPath("//div[@class='aws-operations__table']");
    }

    private static List<String> links(HtmlPage page) {
        return table(page).<HtmlAnchor>getByXPath(".//tbody//a").stream()
                .map(HtmlAnchor::getHrefAttribute)
                .toList();
    }
}
