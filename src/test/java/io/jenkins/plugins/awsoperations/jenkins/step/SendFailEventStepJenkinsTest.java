package io.jenkins.plugins.awsoperations.jenkins.step;

import static io.jenkins.plugins.awsoperations.jenkins.ReceivedEvents.onlyDetail;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.awsoperations.jenkins.JenkinsWithAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step {@code sendFailEvent} when it is told what to tell. */
@WithSimulatedAccount
class SendFailEventStepJenkinsTest extends JenkinsWithAccount {

    private static final String SEED_PATTERN = """
            {"source": ["net.quickguard.states"], "detail-type": ["Job Network Execution Fail"], \
            "detail": {"channel": ["high"]}}""";

    @Test
    void tellsWhatItIsGivenAndReturnsWhatItSent() throws Exception {
        WorkflowRun build = run(Result.SUCCESS, """
                def sent = sendFailEvent channel: 'high', error: 'NightlyFailed', cause: 'See the report.'
                echo "${sent.eventId} ${sent.id} ${sent.channel} ${sent.eventBus} ${sent.attempts} ${sent.causeCut}"
                """);

        ReceivedEvent event = account.aws().events().received().get(0);
        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("NightlyFailed");
        assertThat(detail.get("cause").toString()).isEqualTo("{\"message\":\"See the report.\"}");
        assertThat(detail.get("executionURL").textValue()).isEqualTo(jenkins.getURL() + build.getUrl());
        assertThat(detail.get("job").textValue()).isEqualTo(lastJob());
        assertThat(detail.get("kind").isNull()).isTrue();
        assertThat(account.aws().events().matching(Files.readString(Path.of("examples", "fail-event-rule.json"))))
                .containsExactly(event);
        jenkins.assertLogContains(event.id() + " " + detail.get("id").textValue() + " high default 1 false", build);
    }

    @Test
    void theChannelAloneNeedsNoName() throws Exception {
        run(Result.SUCCESS, "sendFailEvent 'high'");

        assertThat(onlyDetail(account.aws()).get("channel").textValue()).isEqualTo("high");
    }

    @Test
    void aMapIsTheCauseAsItIs() throws Exception {
        run(
                Result.SUCCESS,
                "def rows = 3\nsendFailEvent channel: 'high', error: 'E',"
                        + " cause: [table: \"orders-${rows}\", rows: rows, hint: null, parts: [1.5, true, [a: 'b']]]");

        assertThat(onlyDetail(account.aws()).get("cause").toString())
                .isEqualTo("{\"table\":\"orders-3\",\"rows\":3,\"hint\":null,\"parts\":[1.5,true,{\"a\":\"b\"}]}");
    }

    @Test
    void aTextWithJsonIsTheCauseAsJson() throws Exception {
        run(Result.SUCCESS, "sendFailEvent channel: 'high', error: 'E', cause: '{\"exitCode\": 3}'");

        assertThat(onlyDetail(account.aws()).get("cause").toString()).isEqualTo("{\"exitCode\":3}");
    }

    @Test
    void anErrorAloneHasTheCauseOfWhatFailed() throws Exception {
        run(Result.SUCCESS, """
                try { error 'no such table' } catch (e) { sendFailEvent channel: 'high', error: 'LoadFailed' }""");

        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("LoadFailed");
        assertThat(detail.get("cause").get("message").textValue()).isEqualTo("no such table");
    }

    @Test
    void aCauseAloneHasTheErrorOfWhatFailed() throws Exception {
        run(Result.SUCCESS, """
                try { error 'no such table' } catch (e) { sendFailEvent channel: 'high', cause: [rows: 0] }""");

        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("Failed");
        assertThat(detail.get("cause").toString()).isEqualTo("{\"rows\":0}");
    }

    @Test
    void theAccountSaysWhereToAndAParameterSaysItBetter() throws Exception {
        AwsAccountConfiguration configured = account.account("simulator");
        configured.setEventBus("alerts");
        configured.setEventSource("net.quickguard.states");
        configured.setEventDetailType("Job Network Execution Fail");
        AwsOperationsConfiguration.get().setAccounts(List.of(configured));
        account.aws().events().createBus("alerts");
        account.aws().events().createBus("others");

        run(Result.SUCCESS, """
                sendFailEvent channel: 'high', error: 'E'
                sendFailEvent channel: 'high', error: 'E', eventBus: 'others', source: 'mine', detailType: 'My Type'""");

        assertThat(account.aws().events().received())
                .extracting(event -> event.bus() + ", " + event.source() + ", " + event.detailType())
                .containsExactly("alerts, net.quickguard.states, Job Network Execution Fail", "others, mine, My Type");
        assertThat(account.aws().events().matching(SEED_PATTERN)).hasSize(1);
    }

    @Test
    void anEventThatIsRefusedFailsTheStep() throws Exception {
        account.aws().faults().add(Fault.on("PutEvents").always().deny());

        WorkflowRun build = run(Result.SUCCESS, """
                try { sendFailEvent channel: 'high', error: 'E' } catch (e) { echo "${e.kind} ${e.awsCode}" }""");

        jenkins.assertLogContains("ACCESS_DENIED AccessDeniedException", build);
        assertThat(account.aws().events().received()).isEmpty();
    }

    @Test
    void aBusThatDoesNotExistFailsTheStep() throws Exception {
        WorkflowRun build = run(Result.FAILURE, "sendFailEvent channel: 'high', error: 'E', eventBus: 'no-such-bus'");

        jenkins.assertLogContains("ERROR: event bus no-such-bus does not exist", build);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error: 'E'|channel must be given",
                "channel: ''|channel must be given",
                "channel: 'high', source: 'aws.ec2'|source must not begin with aws.",
                "channel: 'high', eventBus: 'my bus'|eventBus must be a name of",
                "channel: 'high', alertChannel: 'high'|sendFailEvent has no parameter 'alertChannel'",
                "channel: 'high', cause: 7|cause must be a map or a text with JSON",
            })
    void parametersThatAreWrongAreRefusedBeforeAnyCall(String parameters, String message) throws Exception {
        WorkflowRun build = run(Result.FAILURE, "sendFailEvent " + parameters);

        jenkins.assertLogContains(message, build);
        assertThat(account.aws().ledger().calls()).isEmpty();
    }

    @Test
    void whatTheLogHidesDoesNotLeaveWithWhatItIsGiven() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "token", "", Secret.fromString("k1tt3ns-and-puppies")));

        WorkflowRun build = run(Result.SUCCESS, """
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                    sendFailEvent channel: 'high', error: "E ${TOKEN}", cause: [a: ["b ${TOKEN} c\\n  d ${TOKEN}"]]
                }""");

        JsonNode detail = onlyDetail(account.aws());
        assertThat(detail.get("error").textValue()).isEqualTo("E ****");
        assertThat(detail.get("cause").get("a").get(0).textValue()).isEqualTo("b **** c\n  d ****");
        assertThat(detail.toString()).doesNotContain("k1tt3ns");
        assertThat(new BuildFiles(build).thatContain("k1tt3ns-and-puppies")).isEmpty();
    }
}
