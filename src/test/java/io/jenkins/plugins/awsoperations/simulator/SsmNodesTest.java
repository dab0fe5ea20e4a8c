package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeAgent;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** What becomes of commands on nodes that do as their scripts say. */
class SsmNodesTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void showsTheStateOfEveryAgent() {
        String online = aws.node();
        String lost = aws.node();
        String stale = aws.node();
        String absent = aws.node();
        String stopped = aws.node();
        String terminated = aws.node();
        agent(lost).connectionLost();
        agent(stale).stale();
        agent(absent).absent();
        aws.simulator().ec2().stopInstance(stopped);
        aws.simulator().ec2().terminateInstance(terminated);

        assertThat(nodes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(online, "Online", lost, "ConnectionLost", stale, "Online"));
        agent(lost).online();
        assertThat(nodes()).containsEntry(lost, "Online");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> agent("i-00000000000000000"));
    }

    @Test
    void losesTheConnectionForAsLongAsAnInstanceReboots() {
        String node = aws.node();
        RawHttp http = new RawHttp(aws.simulator().endpoint());

        http.post("/", "Action=CreateImage&Version=2016-11-15&Name=image&InstanceId=" + node);
        assertThat(nodes()).containsEntry(node, "ConnectionLost");
        aws.passSeconds(45);
        assertThat(nodes()).containsEntry(node, "Online");

        http.post("/", "Action=RebootInstances&Version=2016-11-15&InstanceId.1=" + node);
        assertThat(nodes()).containsEntry(node, "ConnectionLost");
        String id = aws.send(node, "true");
        aws.passSeconds(45);
        assertThat(aws.details(id, node)).isEqualTo("Delayed");
        aws.passSeconds(2);
        assertThat(aws.details(id, node)).isEqualTo("Success");

        http.post("/", "Action=CreateImage&Version=2016-11-15&Name=other&NoReboot=true&InstanceId=" + node);
        assertThat(nodes()).containsEntry(node, "Online");
    }

    @Test
    void deliversWhatWasWaitingWhenAStoppedInstanceStarts() {
        String node = aws.node();
        RawHttp http = new RawHttp(aws.simulator().endpoint());
        http.post("/", "Action=StopInstances&Version=2016-11-15&InstanceId.1=" + node);
        aws.passSeconds(10);
        String id = aws.send(node, "true");
        aws.passSeconds(10);
        assertThat(nodes()).isEmpty();

        http.post("/", "Action=StartInstances&Version=2016-11-15&InstanceId.1=" + node);
        aws.passSeconds(7);

        assertThat(aws.details(id, node)).isEqualTo("Success");
    }

    @Test
    void filtersAndPagesNodes() {
        List<String> all = IntStream.range(0, 12).mapToObj(i -> aws.node()).toList();
        String windows = aws.simulator()
                .ec2()
                .runInstance(InstanceSpec.running().platform("windows").tag("Name", "win"));

        assertThat(aws.ssm().describeInstanceInformation(r -> {}).instanceInformationList())
                .hasSize(10);
        assertThat(aws.ssm()
                        .describeInstanceInformationPaginator(r -> r.maxResults(5))
                        .instanceInformationList())
                .hasSize(13);
        assertThat(find("InstanceIds", all.get(3), all.get(4), "i-00000000000000000"))
                .containsExactly(all.get(3), all.get(4));
        assertThat(find("PlatformTypes", "Windows")).containsExactly(windows);
        assertThat(find("PingStatus", "ConnectionLost")).isEmpty();
        assertThat(find("tag:Name", "win")).containsExactly(windows);
        assertThat(find("tag-key", "Name")).hasSize(13);
        agent(all.get(0)).platform("MacOS");
        assertThat(find("PlatformTypes", "MacOS")).containsExactly(all.get(0));
        assertThat(codeOf(() -> aws.ssm()
                        .describeInstanceInformation(
                                r -> r.filters(filter("tag:Name", "win"), filter("PingStatus", "Online")))))
                .isEqualTo("InvalidInstanceInformationFilterValue");
        assertThat(codeOf(() -> find("Colour", "red"))).isEqualTo("InvalidFilterKey");
        assertThat(codeOf(() -> aws.ssm().describeInstanceInformation(r -> r.maxResults(4))))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() -> find(
                        "InstanceIds",
                        IntStream.range(0, 101).mapToObj(Integer::toString).toArray(String[]::new))))
                .isEqualTo("ValidationException");
    }

    @Test
    void neverStartsWhatAStaleAgentWouldHaveTaken() {
        String node = aws.node();
        agent(node).stale();

        String id = aws.send(node, r -> r.timeoutSeconds(60), "true");
        String later = aws.send(node, "true");
        aws.passSeconds(60);

        assertThat(aws.details(id, node)).isEqualTo("DeliveryTimedOut");
        agent(node).online();
        aws.passSeconds(2);
        assertThat(aws.details(later, node)).isEqualTo("Success");
        assertThat(aws.simulator().ssm().runs()).extracting(NodeRun::commandId).containsExactly(later);
    }

    @Test
    void hearsNoMoreOfACommandWhoseAgentDiedMidway() {
        String node = aws.node();
        agent(node).diesMidway().script(command -> NodeOutcome.exit(0).after(Duration.ofSeconds(20)));

        String id = send(node, 60, 120);
        aws.passSeconds(5);
        assertThat(aws.details(id, node)).isEqualTo("InProgress");
        assertThat(nodes()).containsEntry(node, "ConnectionLost");
        agent(node).online();
        aws.passSeconds(174);
        assertThat(aws.details(id, node)).isEqualTo("InProgress");
        aws.passSeconds(1);

        GetCommandInvocationResponse ended = aws.invocation(id, node);
        assertThat(ended.statusDetails()).isEqualTo("DeliveryTimedOut");
        assertThat(ended.statusAsString()).isEqualTo("TimedOut");
        assertThat(ended.responseCode()).isEqualTo(-1);
        assertThat(aws.simulator().ssm().runs())
                .as("what really happened")
                .containsExactly(new NodeRun(id, node, "", START.plusSeconds(1), START.plusSeconds(21), 0));
        String next = aws.send(node, "true");
        aws.passSeconds(30);
        assertThat(aws.details(next, node)).isEqualTo("Success");
    }

    @Test
    void reportsLateWhatEndedWhileTheConnectionWasLost() {
        String node = aws.node();
        agent(node)
                .script(command ->
                        NodeOutcome.exit(3).after(Duration.ofSeconds(20)).stdout("done"));

        String id = aws.send(node, "true");
        aws.passSeconds(10);
        agent(node).connectionLost();
        aws.passSeconds(100);
        assertThat(aws.details(id, node)).isEqualTo("InProgress");
        agent(node).online();

        assertThat(aws.invocation(id, node).responseCode()).isEqualTo(3);
        assertThat(aws.invocation(id, node).standardOutputContent()).isEqualTo("done");
    }

    @Test
    void killsWhatTakesLongerThanItsExecutionTimeout() {
        String node = aws.node();
        agent(node)
                .script(command -> NodeOutcome.exit(0)
                        .after(Duration.ofHours(1))
                        .stdoutAt(Duration.ofSeconds(2), "begun\n")
                        .stdoutAt(Duration.ofSeconds(40), "never\n"));

        String id = send(node, 600, 30);
        aws.passSeconds(31);

        GetCommandInvocationResponse ended = aws.invocation(id, node);
        assertThat(ended.statusDetails()).isEqualTo("ExecutionTimedOut");
        assertThat(ended.statusAsString()).isEqualTo("TimedOut");
        assertThat(ended.responseCode()).isEqualTo(137);
        assertThat(ended.standardOutputContent()).isEqualTo("begun\n");
        assertThat(aws.simulator().ssm().runs())
                .singleElement()
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(137));
    }

    @Test
    void takesExitCode137ForATimeoutAsTheAgentDoes() {
        String node = aws.node();
        agent(node).script(command -> NodeOutcome.exit(137));

        String id = aws.send(node, "true");
        aws.passSeconds(5);

        assertThat(aws.details(id, node)).isEqualTo("ExecutionTimedOut");
    }

    @Test
    void cancelsWhatHasNotBegunAtOnce() {
        String node = aws.node();
        agent(node).connectionLost();
        String id = aws.send(node, "true");
        aws.passSeconds(5);

        aws.ssm().cancelCommand(r -> r.commandId(id));

        GetCommandInvocationResponse cancelled = aws.invocation(id, node);
        assertThat(cancelled.statusDetails()).isEqualTo("Cancelled");
        assertThat(cancelled.responseCode()).isEqualTo(-1);
        assertThat(cancelled.executionStartDateTime()).isEmpty();
        agent(node).online();
        aws.passSeconds(60);
        assertThat(aws.simulator().ssm().runs()).isEmpty();
    }

    @Test
    void cancelsWhatRunsOnceTheAgentHearsOfIt() {
        String node = aws.node();
        agent(node)
                .script(command ->
                        NodeOutcome.exit(0).after(Duration.ofHours(1)).stdoutAt(Duration.ZERO, "begun"));
        String id = aws.send(node, "true");
        aws.passSeconds(5);

        aws.ssm().cancelCommand(r -> r.commandId(id).instanceIds(node));

        assertThat(aws.details(id, node)).isEqualTo("Cancelling");
        aws.passSeconds(1);
        GetCommandInvocationResponse cancelled = aws.invocation(id, node);
        assertThat(cancelled.statusDetails()).isEqualTo("Cancelled");
        assertThat(cancelled.responseCode()).isEqualTo(137);
        assertThat(cancelled.standardOutputContent()).isEqualTo("begun");
        aws.ssm().cancelCommand(r -> r.commandId(id));
        assertThat(aws.details(id, node)).as("cancelled twice").isEqualTo("Cancelled");
    }

    @Test
    void reportsWhatEndedBeforeTheAgentHeardOfTheCancellation() {
        String node = aws.node();
        agent(node).pickupDelay(Duration.ofSeconds(3)).script(command -> NodeOutcome.exit(0));
        String id = aws.send(node, "true");
        aws.passSeconds(3);

        aws.ssm().cancelCommand(r -> r.commandId(id));
        aws.passSeconds(2);

        assertThat(aws.details(id, node)).isEqualTo("Success");
    }

    @Test
    void staysCancellingWhileTheAgentIsGone() {
        String node = aws.node();
        agent(node).script(command -> NodeOutcome.exit(0).after(Duration.ofHours(1)));
        String id = send(node, 60, 120);
        aws.passSeconds(5);
        agent(node).connectionLost();

        aws.ssm().cancelCommand(r -> r.commandId(id));
        aws.passSeconds(100);
        assertThat(aws.details(id, node)).isEqualTo("Cancelling");
        agent(node).online();
        assertThat(aws.details(id, node)).isEqualTo("Cancelled");

        String lost = send(node, 60, 120);
        aws.passSeconds(5);
        agent(node).connectionLost();
        aws.ssm().cancelCommand(r -> r.commandId(lost));
        aws.passSeconds(175);
        assertThat(aws.details(lost, node)).isEqualTo("DeliveryTimedOut");
    }

    @Test
    void runsAgainAfterARebootThatTheScriptAsksForAndKeepsItsOutput() {
        String node = aws.node();
        agent(node)
                .script(command -> NodeOutcome.exit(command.runNumber() < 3 ? 194 : 0)
                        .stdout("run " + command.runNumber() + "\n"));

        String id = aws.send(node, "true");
        aws.passSeconds(3);
        assertThat(aws.details(id, node)).isEqualTo("InProgress");
        assertThat(nodes()).containsEntry(node, "ConnectionLost");
        aws.passSeconds(100);

        assertThat(aws.details(id, node)).isEqualTo("Success");
        assertThat(aws.invocation(id, node).standardOutputContent()).isEqualTo("run 1\nrun 2\nrun 3\n");
        assertThat(aws.simulator().ssm().runs()).extracting(NodeRun::exitCode).containsExactly(194, 194, 0);
    }

    @Test
    void sendsItsLogsOnceMoreAfterARebootWhenAskedTo() {
        aws.settings(s -> s.logsRepeatAfterReboot(true).rebootDuration(Duration.ofSeconds(30)));
        String node = aws.node();
        agent(node)
                .script(command -> NodeOutcome.exit(command.runNumber() == 1 ? 194 : 0)
                        .stdout("run " + command.runNumber() + "\n"));

        String id = aws.send(
                node,
                r -> r.cloudWatchOutputConfig(
                        c -> c.cloudWatchOutputEnabled(true).cloudWatchLogGroupName("jobs")),
                "x");
        aws.passSeconds(120);

        assertThat(aws.simulator().logs().text("jobs", id + "/" + node + "/aws-runShellScript/stdout"))
                .isEqualTo("run 1" + "run 1\n" + "run 2");
    }

    @Test
    void notesAFailureAtTheEndOfStandardErrorWhenAskedTo() {
        aws.settings(s -> s.agentNotesFailures(true));
        String node = aws.node();
        agent(node).script(command -> NodeOutcome.exit(2).stderr("no\n"));

        String id = aws.send(node, "true");
        aws.passSeconds(5);

        assertThat(aws.invocation(id, node).standardErrorContent())
                .isEqualTo("no\nfailed to run commands: exit status 2");
    }

    @Test
    void rebootsTenTimesAndNoMore() {
        String node = aws.node();
        agent(node).script(command -> NodeOutcome.exit(194));

        String id = aws.send(node, "true");
        aws.passSeconds(3600);

        assertThat(aws.details(id, node)).isEqualTo("Failed");
        assertThat(aws.invocation(id, node).responseCode()).isEqualTo(194);
        assertThat(aws.simulator().ssm().runs()).hasSize(11);
    }

    @Test
    void rebootsWindowsForAnotherExitCode() {
        String node = aws.simulator().ec2().runInstance(InstanceSpec.running().platform("windows"));
        agent(node).script(command -> NodeOutcome.exit(command.runNumber() == 1 ? 3010 : 194));

        String id = aws.send(node, r -> r.documentName("AWS-RunPowerShellScript"), "x");
        aws.passSeconds(60);

        assertThat(aws.invocation(id, node).responseCode()).isEqualTo(194);
        assertThat(aws.simulator().ssm().runs()).hasSize(2);
    }

    @Test
    void neverHearsOfWhatRanOnAnInstanceThatWentDown() {
        String node = aws.node();
        agent(node).script(command -> NodeOutcome.exit(0).after(Duration.ofMinutes(5)));
        String id = send(node, 60, 600);
        aws.passSeconds(5);

        new RawHttp(aws.simulator().endpoint())
                .post("/", "Action=CreateImage&Version=2016-11-15&Name=image&InstanceId=" + node);
        aws.passSeconds(600);

        assertThat(aws.details(id, node)).isEqualTo("InProgress");
        assertThat(aws.simulator().ssm().runs())
                .containsExactly(new NodeRun(id, node, "", START.plusSeconds(1), START.plusSeconds(5), null));
        aws.passSeconds(60);
        assertThat(aws.details(id, node)).isEqualTo("DeliveryTimedOut");
    }

    @Test
    void tellsAScriptWhatWasSent() {
        String node = aws.node();
        agent(node)
                .script(command -> NodeOutcome.exit(0)
                        .stdout(String.join(
                                "|",
                                command.commandId(),
                                command.instanceId(),
                                command.workingDirectory(),
                                command.documentName(),
                                command.comment(),
                                command.commands().toString())));

        String id = aws.send(
                node,
                r -> r.comment("note")
                        .parameters(Map.of("commands", List.of("a", "b"), "workingDirectory", List.of("/srv"))));
        aws.passSeconds(5);

        assertThat(aws.invocation(id, node).standardOutputContent())
                .isEqualTo(id + "|" + node + "|/srv|AWS-RunShellScript|note|[a, b]");
        agent(node).script(null);
        String other = aws.send(node, "true");
        aws.passSeconds(5);
        assertThat(aws.invocation(other, node).standardOutputContent()).isEmpty();
        assertThat(aws.details(other, node)).isEqualTo("Success");
    }

    @Test
    void runsAThousandCommandsInAMoment() {
        List<String> nodes = IntStream.range(0, 10).mapToObj(i -> aws.node()).toList();
        nodes.forEach(node -> agent(node)
                .script(command ->
                        NodeOutcome.exit(0).after(Duration.ofSeconds(30)).stdout("x\n")));
        Map<String, String> sent = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            String node = nodes.get(i % 10);
            sent.put(aws.send(node, r -> r.cloudWatchOutputConfig(c -> c.cloudWatchOutputEnabled(true)), "x"), node);
        }

        aws.passSeconds(60);

        assertThat(sent)
                .hasSize(1_000)
                .allSatisfy((id, node) -> assertThat(aws.details(id, node)).isEqualTo("Success"));
        assertThat(aws.simulator().ssm().runs()).hasSize(1_000).allMatch(run -> run.endedAt() != null);
    }

    @Test
    void refusesWhatNoNodeCanBe() {
        NodeAgent agent = agent(aws.node());

        assertThatIllegalArgumentException().isThrownBy(() -> agent.platform("BeOS"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeOutcome.exit(0).after(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on("SendCommand").commandEnds(" "));
    }

    private String send(String node, int timeout, int executionTimeout) {
        return aws.send(
                node,
                r -> r.timeoutSeconds(timeout)
                        .parameters(Map.of(
                                "commands",
                                List.of("true"),
                                "executionTimeout",
                                List.of(Integer.toString(executionTimeout)))));
    }

    private NodeAgent agent(String instanceId) {
        return aws.simulator().ssm().agent(instanceId);
    }

    /** PingStatus by instance id. */
    private Map<String, String> nodes() {
        Map<String, String> nodes = new HashMap<>();
        aws.ssm()
                .describeInstanceInformation(r -> r.maxResults(50))
                .instanceInformationList()
                .forEach(node -> nodes.put(node.instanceId(), node.pingStatusAsString()));
        return nodes;
    }

    private List<String> find(String key, String... values) {
        return aws
                .ssm()
                .describeInstanceInformation(r -> r.filters(filter(key, values)).maxResults(50))
                .instanceInformationList()
                .stream()
                .map(InstanceInformation::instanceId)
                .toList();
    }

    private static InstanceInformationStringFilter filter(String key, String... values) {
        return InstanceInformationStringFilter.builder().key(key).values(values).build();
    }
}
