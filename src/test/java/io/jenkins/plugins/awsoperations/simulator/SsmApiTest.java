package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedCommands.SHELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidCommandIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.Target;

/** SendCommand and what is read of it afterwards. */
class SsmApiTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void answersWhatWasSent() {
        String node = aws.node();

        Command command = aws.ssm()
                .sendCommand(r -> r.documentName(SHELL)
                        .instanceIds(node)
                        .comment("run 17")
                        .timeoutSeconds(600)
                        .parameters(Map.of("commands", List.of("true"), "executionTimeout", List.of("120"))))
                .command();

        assertThat(command.commandId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(command.status()).isEqualTo(CommandStatus.PENDING);
        assertThat(command.comment()).isEqualTo("run 17");
        assertThat(command.instanceIds()).containsExactly(node);
        assertThat(command.requestedDateTime()).isEqualTo(START);
        assertThat(command.expiresAfter()).isEqualTo(START.plusSeconds(720));
        assertThat(command.parameters()).containsEntry("commands", List.of("true"));
        Call call = aws.simulator().ledger().calls("SendCommand").get(0);
        assertThat(call.service()).isEqualTo("ssm");
        assertThat(call.resource()).isEqualTo(command.commandId());
        assertThat(call.principal()).isEqualTo("AKIASIMULATORTEST000");
        assertThat(call.parameters())
                .containsEntry("InstanceIds.1", node)
                .containsEntry("Parameters.commands.1", "true")
                .containsEntry("TimeoutSeconds", "600")
                .containsEntry("Comment", "run 17");
    }

    @Test
    void runsACommandFromSendingToItsOutput() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .script(command -> NodeOutcome.exit(7)
                        .stdout("out of " + command.commands())
                        .stderr("err"));
        aws.settings(s -> s.invocationDelay(Duration.ZERO));

        String id = aws.send(node, "one", "two");

        GetCommandInvocationResponse pending = aws.invocation(id, node);
        assertThat(pending.status()).isEqualTo(CommandInvocationStatus.PENDING);
        assertThat(pending.responseCode()).isEqualTo(-1);
        assertThat(pending.executionStartDateTime()).isEmpty();
        aws.passSeconds(1);
        GetCommandInvocationResponse running = aws.invocation(id, node);
        assertThat(running.status()).isEqualTo(CommandInvocationStatus.IN_PROGRESS);
        assertThat(running.statusDetails()).isEqualTo("InProgress");
        assertThat(running.responseCode()).isEqualTo(-1);
        assertThat(running.executionStartDateTime()).isEqualTo("2026-01-15T03:00:01.000Z");
        assertThat(running.executionEndDateTime()).isEmpty();
        assertThat(running.standardOutputContent()).isEmpty();
        aws.passSeconds(1);
        GetCommandInvocationResponse ended = aws.invocation(id, node);
        assertThat(ended.status()).isEqualTo(CommandInvocationStatus.FAILED);
        assertThat(ended.statusDetails()).isEqualTo("Failed");
        assertThat(ended.responseCode()).isEqualTo(7);
        assertThat(ended.standardOutputContent()).isEqualTo("out of [one, two]");
        assertThat(ended.standardErrorContent()).isEqualTo("err");
        assertThat(ended.standardOutputUrl()).isEmpty();
        assertThat(ended.executionEndDateTime()).isEqualTo("2026-01-15T03:00:02.000Z");
        assertThat(ended.executionElapsedTime()).isEqualTo("PT1S");
        assertThat(ended.pluginName()).isEqualTo("aws:runShellScript");
    }

    @Test
    void knowsAnInvocationOnlyAfterAWhile() {
        String node = aws.node();
        aws.settings(s -> s.invocationDelay(Duration.ofSeconds(60)));

        String id = aws.send(node, "true");

        aws.passSeconds(59.9);
        assertThatExceptionOfType(InvocationDoesNotExistException.class).isThrownBy(() -> aws.invocation(id, node));
        aws.passSeconds(0.1);
        assertThat(aws.details(id, node)).isEqualTo("Success");
        assertThatExceptionOfType(InvocationDoesNotExistException.class)
                .isThrownBy(() -> aws.invocation(id, "i-00000000000000000"));
    }

    @Test
    void cutsOutputWhereAwsDoes() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .script(command ->
                        NodeOutcome.exit(0).stdout("\u3042".repeat(30_000)).stderr("e".repeat(9_000)));

        String id = aws.send(node, "true");
        aws.passSeconds(5);

        // 23,980 bytes and the mark are 24,000 bytes.
        assertThat(aws.invocation(id, node).standardOutputContent()).matches("\u3042{7993}\ufffd--output truncated--");
        assertThat(aws.invocation(id, node).standardErrorContent()).hasSize(8_000);
        CommandPlugin plugin = aws.ssm()
                .listCommandInvocations(r -> r.commandId(id).details(true))
                .commandInvocations()
                .get(0)
                .commandPlugins()
                .get(0);
        assertThat(plugin.output()).hasSize(2_500);
        assertThat(plugin.responseCode()).isZero();
        assertThat(plugin.name()).isEqualTo("aws:runShellScript");
    }

    @Test
    void listsCommandsNewestFirstAndNotAtOnce() {
        String node = aws.node();
        String first = aws.send(node, r -> r.comment("first"), "true");
        aws.passSeconds(10);
        String second = aws.send(node, "true");

        assertThat(list(r -> {})).containsExactly(first);
        aws.passSeconds(2);
        assertThat(list(r -> {})).containsExactly(second, first);
        assertThat(list(r -> r.commandId(first))).containsExactly(first);
        assertThat(list(r -> r.instanceId(node))).hasSize(2);
        assertThat(list(r -> r.instanceId(aws.node()))).isEmpty();
        assertThat(list(filter("InvokedAfter", "2026-01-15T03:00:05Z"))).containsExactly(second);
        assertThat(list(filter("InvokedBefore", "2026-01-15T03:00:05Z"))).containsExactly(first);
        assertThat(list(filter("DocumentName", SHELL))).hasSize(2);
        assertThat(list(filter("Status", "Success"))).containsExactly(second, first);
        assertThat(list(filter("ExecutionStage", "Executing"))).isEmpty();
        assertThat(list(filter("ExecutionStage", "Complete"))).hasSize(2);
        assertThat(aws.ssm().listCommands(r -> {}).commands())
                .last()
                .satisfies(command -> assertThat(command.comment()).isEqualTo("first"));
        assertThatExceptionOfType(InvalidCommandIdException.class)
                .isThrownBy(() -> list(r -> r.commandId("00000000-0000-0000-0000-000000000000")));
        assertThat(codeOf(() -> list(filter("InvokedAfter", "yesterday")))).isEqualTo("InvalidFilterValue");
    }

    @Test
    void listsPageByPage() {
        String node = aws.node();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(0, aws.send(node, "true"));
        }
        aws.passSeconds(5);

        assertThat(list(r -> r.maxResults(7))).containsExactlyElementsOf(sent);
        assertThat(aws.ssm().listCommands(r -> {}).commands()).hasSize(50);
        assertThat(aws.ssm()
                        .listCommandInvocationsPaginator(r -> r.instanceId(node))
                        .commandInvocations())
                .extracting(CommandInvocation::commandId)
                .containsExactlyElementsOf(sent);
        assertThat(codeOf(() -> list(r -> r.maxResults(51)))).isEqualTo("ValidationException");
        assertThat(codeOf(() -> list(r -> r.nextToken("none")))).isEqualTo("InvalidNextToken");
    }

    @Test
    void skipsNothingWhenWhatWasListedNoLongerPassesTheFilter() {
        String node = aws.node();
        aws.simulator()
                .ssm()
                .agent(node)
                .script(command -> NodeOutcome.exit(0)
                        .after(Duration.ofSeconds(command.comment().equals("short") ? 5 : 60)));
        String longer = aws.send(node, "true");
        String shorter = aws.send(node, r -> r.comment("short"), "true");
        aws.passSeconds(3);
        Consumer<ListCommandsRequest.Builder> executing = filter("ExecutionStage", "Executing");

        ListCommandsResponse first = aws.ssm().listCommands(executing.andThen(r -> r.maxResults(1)));
        aws.passSeconds(10);

        assertThat(first.commands()).extracting(Command::commandId).containsExactly(shorter);
        assertThat(aws.ssm()
                        .listCommands(executing.andThen(r -> r.nextToken(first.nextToken())))
                        .commands())
                .extracting(Command::commandId)
                .containsExactly(longer);
    }

    @Test
    void sendsToAllOfSeveralNodesAndToTargets() {
        String one = aws.node();
        String two = aws.node();
        aws.simulator().ec2().runInstance(Map.of("Name", "other"));
        aws.simulator().ssm().agent(two).script(command -> NodeOutcome.exit(1));
        String id = aws.ssm()
                .sendCommand(r -> r.documentName(SHELL)
                        .targets(Target.builder()
                                .key("tag:Name")
                                .values("worker")
                                .build())
                        .parameters(Map.of("commands", List.of("true"))))
                .command()
                .commandId();
        aws.passSeconds(5);

        assertThat(aws.ssm().listCommandInvocations(r -> r.commandId(id)).commandInvocations())
                .extracting(CommandInvocation::instanceId, CommandInvocation::statusDetails)
                .containsExactly(tuple(one, "Success"), tuple(two, "Failed"));
        Command command =
                aws.ssm().listCommands(r -> r.commandId(id)).commands().get(0);
        assertThat(command.status()).isEqualTo(CommandStatus.FAILED);
        assertThat(command.targetCount()).isEqualTo(2);
        assertThat(command.completedCount()).isEqualTo(2);
        assertThat(command.errorCount()).isEqualTo(1);
    }

    @Test
    void runsDocumentsOfTheAccountsOwnByNameAndArn() {
        String node = aws.node();
        aws.simulator().ssm().document("Nightly", "Linux");
        List<Map<String, List<String>>> seen = new ArrayList<>();
        aws.simulator().ssm().agent(node).script(command -> {
            seen.add(command.parameters());
            return NodeOutcome.exit(0);
        });

        SendCommandResponse sent = aws.ssm()
                .sendCommand(r -> r.documentName("arn:aws:ssm:ap-northeast-1:123456789012:document/Nightly")
                        .instanceIds(node)
                        .parameters(Map.of("Level", List.of("3"))));
        aws.passSeconds(5);

        assertThat(aws.details(sent.command().commandId(), node)).isEqualTo("Success");
        assertThat(seen).containsExactly(Map.of("Level", List.of("3")));
    }

    @Test
    void writesDetailsWithSpacesWhenAskedTo() {
        String node = aws.node();
        aws.simulator().ssm().agent(node).connectionLost();
        aws.settings(s -> s.spacedStatusDetails(true));

        String id = aws.send(node, r -> r.timeoutSeconds(30), "true");
        aws.passSeconds(30);

        assertThat(aws.details(id, node)).isEqualTo("Delivery Timed Out");
    }

    private List<String> list(Consumer<ListCommandsRequest.Builder> change) {
        return aws.ssm().listCommandsPaginator(change).commands().stream()
                .map(Command::commandId)
                .toList();
    }

    private static Consumer<ListCommandsRequest.Builder> filter(String key, String value) {
        return r -> r.filters(CommandFilter.builder().key(key).value(value).build());
    }
}
