package io.jenkins.plugins.awsoperations.simulator.ssm;

import static io.jenkins.plugins.awsoperations.simulator.ssm.SsmNames.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ListCommands and ListCommandInvocations, newest first, which do not show what was just sent. */
final class CommandListing {

    private static final int MAX_PAGE = 50;
    private static final String TOKEN = "NextToken";
    private static final String ERROR_PART = "\n----------ERROR-------\n";

    private final SsmContext context;

    CommandListing(SsmContext context) {
        this.context = context;
    }

    void listCommands(JsonCall call) {
        String instanceId = SsmNames.instanceId(call.request());
        Predicate<CommandFilters.Subject> filter = CommandFilters.of(call);
        new JsonPage("Commands", TOKEN, size(call))
                .write(
                        call,
                        visible(call),
                        SentCommand::id,
                        command -> (instanceId == null || command.invocation(instanceId) != null)
                                && filter.test(CommandFilters.Subject.of(command)),
                        (command, node) -> CommandJson.write(
                                call, command, node, context.account().region()));
    }

    void listInvocations(JsonCall call) {
        String instanceId = SsmNames.instanceId(call.request());
        Predicate<CommandFilters.Subject> filter = CommandFilters.of(call);
        boolean details = call.request().flag("Details");
        new JsonPage("CommandInvocations", TOKEN, size(call))
                .write(
                        call,
                        visible(call).flatMap(command -> command.invocations().stream()),
                        invocation -> invocation.command().id() + '/' + invocation.instanceId(),
                        invocation ->
                                (instanceId == null || invocation.instanceId().equals(instanceId))
                                        && filter.test(CommandFilters.Subject.of(invocation)),
                        (invocation, node) -> {
                            CommandJson.write(call, invocation, node, context);
                            writePlugins(call, invocation, node, details);
                        });
    }

    private Stream<SentCommand> visible(JsonCall call) {
        String commandId = SsmNames.commandId(call.request());
        context.permit(call);
        if (commandId != null) {
            SentCommand command = context.store().command(commandId);
            if (command == null) {
                throw AwsError.badRequest("InvalidCommandId", "");
            }
            return Stream.of(command).filter(only -> isVisible(call, only));
        }
        List<SentCommand> newestFirst = new ArrayList<>(context.store().commands());
        Collections.reverse(newestFirst);
        return newestFirst.stream().filter(command -> isVisible(call, command));
    }

    private static boolean isVisible(JsonCall call, SentCommand command) {
        return !command.sentAt().isAfter(call.horizon());
    }

    private static int size(JsonCall call) {
        Long asked = CONSTRAINTS.number(call.request(), "MaxResults", 1, MAX_PAGE);
        return asked == null ? MAX_PAGE : asked.intValue();
    }

    private void writePlugins(JsonCall call, Invocation invocation, ObjectNode node, boolean details) {
        ArrayNode plugins = node.putArray("CommandPlugins");
        if (!details || invocation.startedAt() == null) {
            return;
        }
        ObjectNode plugin = plugins.addObject()
                .put("Name", "aws:" + invocation.command().document().plugin())
                .put("Status", invocation.status().wireName())
                .put("StatusDetails", SsmContext.details(call, invocation.details()))
                .put("ResponseCode", invocation.responseCode())
                .put(
                        "Output",
                        output(invocation, call.settings().commands().limits().pluginCharacters()));
        CommandJson.writeUrls(invocation, plugin, context);
        time(plugin, "ResponseStartDateTime", invocation.startedAt());
        time(plugin, "ResponseFinishDateTime", invocation.endedAt());
    }

    private static void time(ObjectNode node, String name, @Nullable Instant time) {
        if (time != null) {
            SsmContext.time(node, name, time);
        }
    }

    /** As the agent joins both streams (amazon-ssm-agent, iohandler.go). */
    private static String output(Invocation invocation, int characters) {
        String both = invocation.stderr().isEmpty()
                ? invocation.stdout()
                : invocation.stdout() + ERROR_PART + invocation.stderr();
        return both.codePointCount(0, both.length()) <= characters
                ? both
                : both.substring(0, both.offsetByCodePoints(0, characters));
    }
}
