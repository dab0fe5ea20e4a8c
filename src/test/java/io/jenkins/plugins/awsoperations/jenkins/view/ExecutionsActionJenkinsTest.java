package io.jenkins.plugins.awsoperations.jenkins.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Items;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.statemachine.StateRow;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is kept of executions, also by older versions, and how a build's pages show it. */
@WithJenkins
class ExecutionsActionJenkinsTest {

    private static final String CONSOLE =
            "https://ap-northeast-1.console.aws.amazon.com/states/home?region=ap-northeast-1"
                    + "#/executions/details/arn:aws:states:ap-northeast-1:123456789012:execution:nightly:job-1";

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
                <title>&lt;b>night&lt;/b> &amp;amp;</title>
                <account>&lt;i>prod&lt;/i></account>
                <accountId>123456789012</accountId>
                <region>ap-northeast-1</region>
                <executionName>&lt;b>job&lt;/b></executionName>
                <failure>failed: &lt;img src=x onerror=alert(1)></failure>
                <failureKind>REMOTE_FAILED</failureKind>
                <status>FAILED</status>
                <error>&lt;b>Late&lt;/b></error>
                <cause>&lt;script>alert(2)&lt;/script></cause>
                """
                + states(state("<name>&lt;b>Job&lt;/b></name><type>&lt;i>Task&lt;/i></type><status>FAILED</status>"
                        + "<error>&lt;u>Late&lt;/u></error><cause>&lt;script>alert(3)&lt;/script></cause>"
                        + "<counts>&lt;b>4&lt;/b></counts><childArn>a:&lt;b>c&lt;/b></childArn>"))));

        for (String path : List.of("", "aws-executions/")) {
            HtmlPage page = page(build, path);
            assertThat(page.asNormalizedText())
                    .contains(
                            "<b>night</b> &amp;",
                            "<i>prod</i> (123456789012), ap-northeast-1",
                            "<b>job</b>",
                            "failed: <img src=x onerror=alert(1)>",
                            "<b>Job</b>",
                            "<i>Task</i>",
                            "<u>Late</u>: <script>alert(3)</script>",
                            "<b>4</b>",
                            "<b>c</b>");
            assertThat(page.getByXPath("//td//i | //td//u | //td//script | //img[@src='x']"))
                    .isEmpty();
        }
        assertThat(page(build, "aws-executions/").asNormalizedText())
                .contains("<b>Late</b>: <script>alert(2)</script>");
        assertThat(page(build, "").asNormalizedText()).doesNotContain("alert(2)");
    }

    @Test
    void anExecutionIsShownWithItsStatesAndItsLinks() throws Exception {
        FreeStyleBuild build = buildWith(record("""
                <title>nightly</title><region>ap-northeast-1</region><executionName>job-1</executionName>
                <status>SUCCEEDED</status><redriveCount>2</redriveCount><consoleUrl>%s</consoleUrl>
                <startedAt>2026-11-23T10:00:00Z</startedAt><stoppedAt>2026-11-23T10:01:05.250Z</stoppedAt>
                """.formatted(CONSOLE) + states(state("""
                <name>Each</name><type>Map</type><status>CAUGHT</status><attempts>3</attempts>
                <startedAt>1795428000000</startedAt><endedAt>1795428062000</endedAt>
                <error>Late</error><cause>too late</cause><counts>400 iterations, 3 failed</counts>
                <childArn>arn:aws:states:ap-northeast-1:123456789012:execution:child:c-1</childArn>
                """))));

        HtmlPage page = page(build, "");

        assertThat(page.asNormalizedText())
                .contains("Step Functions executions", "nightlysucceeded1 min 5 sec", "redriven 2 times");
        assertThat(table(page).asNormalizedText())
                .contains(
                        "Each",
                        "Map",
                        "c-1",
                        "failed and caught",
                        "after 3 attempts",
                        "400 iterations, 3 failed",
                        "Late: too late",
                        "2026",
                        "1 min 2 sec");
        assertThat(links(page)).contains(CONSOLE, CONSOLE.replace(":nightly:job-1", ":child:c-1"));
    }

    @Test
    void theTimeBeforeARedriveIsNotTheStatesOwn() throws Exception {
        FreeStyleBuild build = buildWith(record("""
                <title>nightly</title><region>ap-northeast-1</region><executionName>job-1</executionName>
                <status>SUCCEEDED</status><redriveCount>1</redriveCount>
                """ + states(state("""
                <name>Load</name><type>Task</type><status>SUCCEEDED</status><attempts>2</attempts>
                <startedAt>1795428000000</startedAt><endedAt>1795464062000</endedAt><idle>36000000</idle>
                """))));

        HtmlPage page = page(build, "");

        assertThat(page.asNormalizedText()).contains("redriven once");
        assertThat(table(page).asNormalizedText()).contains("after 2 attempts", "1 min 2 sec");
    }

    @Test
    void aCauseIsShownOnceWordForWord() throws Exception {
        String ofALine =
                "<title>x</title><error>Late</error><cause>too late</cause><failure>x failed: Late: too late. y</failure>";
        String ofTwo =
                "<title>x</title><error>Late</error><cause>too\nlate</cause><failure>x failed: Late: too late</failure>";

        assertThat(page(buildWith(record(ofALine)), "aws-executions/").<DomElement>getByXPath("//pre"))
                .isEmpty();
        assertThat((DomElement)
                        page(buildWith(record(ofTwo)), "aws-executions/").getFirstByXPath("//pre"))
                .satisfies(cause -> assertThat(cause.getTextContent()).isEqualTo("Late: too\nlate"));
        assertThat((DomElement) page(buildWith(record(ofTwo)), "").getFirstByXPath("//pre"))
                .isNull();
    }

    @Test
    void withoutStatesThereIsNoTable() throws Exception {
        FreeStyleBuild build = buildWith(record("<title>nightly</title><status>SUCCEEDED</status><states/>"));

        for (String path : List.of("", "aws-executions/")) {
            assertThat(page(build, path).asNormalizedText()).contains("nightlysucceeded");
            assertThat(table(page(build, path))).isNull();
        }
    }

    @Test
    void whatAnOlderVersionDidNotWriteIsLeftOut() throws Exception {
        FreeStyleBuild build = buildWith(record(states(state(""))));

        HtmlPage page = page(build, "aws-executions/");

        assertThat(executions(build)).singleElement().satisfies(view -> {
            assertThat(view.getTitle()).isEmpty();
            assertThat(view.getExecutionName()).isEmpty();
            assertThat(view.getPlace()).isEmpty();
            assertThat(view.getDuration()).isEmpty();
            assertThat(view.getState()).isEqualTo("not begun");
        });
        assertThat(table(page).asNormalizedText()).contains("end not seen").doesNotContain("null", "1970");
        assertThat(executions(buildWith(record("<title>x</title>"))))
                .singleElement()
                .satisfies(view -> assertThat(view.getRows()).isEmpty());
    }

    @Test
    void whatANewerVersionWroteBesidesIsLeftOut() throws Exception {
        FreeStyleBuild build = buildWith(record("<title>x</title><ofTheFuture>y</ofTheFuture><status>MELTED</status>"
                + "<executionArn>a</executionArn>" + states(state("<name>Job</name><status>MELTED</status>"))));

        assertThat(executions(build)).singleElement().satisfies(view -> {
            assertThat(view.getState()).isEqualTo("end not seen");
            assertThat(view.getRows()).singleElement().satisfies(row -> {
                assertThat(row.getState()).isEqualTo("end not seen");
                assertThat(row.getIcon()).isEqualTo("symbol-status-nobuilt");
            });
        });
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, , , succeeded, symbol-status-blue",
        "FAILED, REMOTE_FAILED, , failed, symbol-status-red",
        "FAILED, , Late, failed, symbol-status-yellow",
        "TIMED_OUT, TIMED_OUT, , timed out, symbol-status-red",
        "ABORTED, CANCELLED, , aborted, symbol-status-aborted"
    })
    void everyEndHasItsWordsAndItsSymbol(String status, String kind, String unstable, String words, String icon) {
        String failure = kind == null ? "" : "<failure>x</failure><failureKind>" + kind + "</failureKind>";
        String reason = unstable == null ? "" : "<unstableReason>" + unstable + "</unstableReason>";

        ExecutionView view = new ExecutionView(record("<status>" + status + "</status>" + failure + reason));

        assertThat(view.getState()).isEqualTo(words);
        assertThat(view.getIcon()).isEqualTo(icon);
    }

    @ParameterizedTest
    @EnumSource(StateRow.Status.class)
    void everyStatusOfAStateHasItsWords(StateRow.Status status) {
        ExecutionView view = new ExecutionView(record(states(state("<status>" + status.name() + "</status>"))));

        assertThat(view.getRows())
                .singleElement()
                .satisfies(row -> assertThat(row.getState()).isNotBlank().isNotEqualTo(status.name()));
    }

    @Test
    void aRecordOfTheSameRunReplacesTheFormerOneAndWhoFailedComesFirst() throws Exception {
        FreeStyleBuild build = buildWith(record("<title>first</title>"));

        ExecutionsAction.add(build, record("<title>again</title>"));
        ExecutionsAction.add(build, (ExecutionRecord)
                Items.XSTREAM2.fromXML(xml("<title>other</title><failure>x</failure>", "token2")));

        assertThat(executions(build)).extracting(ExecutionView::getTitle).containsExactly("other", "again");
    }

    @Test
    void twoHundredStatesAreFoldedOnTheBuildsPage() throws Exception {
        String states = IntStream.range(0, 200)
                .mapToObj(n -> state("<name>Job " + n + "</name><status>SUCCEEDED</status>"))
                .collect(Collectors.joining());
        FreeStyleBuild build = buildWith(record(
                "<title>loop</title><status>SUCCEEDED</status><statesEntered>512</statesEntered>" + states(states)));

        assertThat((DomElement) page(build, "").getFirstByXPath("//details[.//td]/summary"))
                .satisfies(summary -> assertThat(summary.getTextContent()).isEqualTo("512 states"));
        HtmlPage whole = page(build, "aws-executions/");
        assertThat((Object) whole.getFirstByXPath("//details[.//td]")).isNull();
        assertThat(whole.asNormalizedText()).contains("The last 200 of 512 states:");
        assertThat(table(whole).getByXPath(".//tbody/tr")).hasSize(200);
    }

    private static List<ExecutionView> executions(Run<?, ?> build) {
        return build.getAction(ExecutionsAction.class).getExecutions();
    }

    private static FreeStyleBuild buildWith(ExecutionRecord record) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        ExecutionsAction.add(build, record);
        // As it comes from the disk.
        String id = build.getExternalizableId();
        build.getParent().doReload();
        return (FreeStyleBuild) Run.fromExternalizableId(id);
    }

    private static ExecutionRecord record(String fields) {
        return (ExecutionRecord) Items.XSTREAM2.fromXML(xml(fields, "token1"));
    }

    private static String xml(String fields, String token) {
        String element = ExecutionRecord.class.getName();
        return "<" + element + "><token>" + token + "</token>" + fields + "</" + element + ">";
    }

    private static String states(String states) {
        return "<states>" + states + "</states>";
    }

    private static String state(String fields) {
        String element = ExecutionStateRecord.class.getName();
        return "<" + element + ">" + fields + "</" + element + ">";
    }

    private static HtmlPage page(Run<?, ?> build, String path) throws Exception {
        return jenkins.createWebClient().getPage(build, path);
    }

    private static DomElement table(HtmlPage page) {
        return page.getFirstByXPath("//div[@class='aws-operations__table']");
    }

    private static List<String> links(HtmlPage page) {
        return page.<HtmlAnchor>getByXPath("//a[@target='_blank']").stream()
                .map(HtmlAnchor::getHrefAttribute)
                .toList();
    }
}
