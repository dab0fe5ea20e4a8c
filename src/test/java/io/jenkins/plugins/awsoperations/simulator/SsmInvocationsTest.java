package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeAgent;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** What becomes of commands on nodes that do as their scripts say. */
class SsmInvocationsTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

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
}
