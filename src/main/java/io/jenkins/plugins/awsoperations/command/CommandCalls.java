package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.RecentReads;
import io.jenkins.plugins.awsoperations.fleet.RunningCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CloudWatchOutputConfig;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** The calls to Systems Manager's Run Command. */
final class CommandCalls {

    /** All who wait in an account share one list of what is in progress. */
    private static final Duration LIST_IS_FRESH = Duration.ofSeconds(5);

    /** A machine's clock may be wrong by some minutes; the comment tells our command from all others. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    /** The agent takes less for an hour (source of amazon-ssm-agent, pluginutil, ValidateExecutionTimeout). */
    private static final int LEAST_TIMEOUT = 5;

    private static final int PAGE_SIZE = 50;

    private final AwsConnection aws;

    CommandCalls(AwsConnection aws) {
        this.aws = aws;
    }

    /** Sends the command that the state describes; returns its id. Never sends twice by itself. */
    String send(CommandState state) {
        CommandRequest request = state.request;
        SendCommandRequest.Builder send = SendCommandRequest.builder()
                .instanceIds(state.instanceId)
                .documentName(document(state))
                .parameters(parameters(state))
                .timeoutSeconds(request.deliveryTimeoutSeconds())
                .comment(state.comment())
                .outputS3BucketName(request.s3Bucket())
                .outputS3KeyPrefix(request.s3Prefix());
        if (request.logGroup() != null) {
            send.cloudWatchOutputConfig(CloudWatchOutputConfig.builder()
                    .cloudWatchOutputEnabled(true)
                    .cloudWatchLogGroupName(request.logGroup())
                    .build());
        }
        SendCommandRequest command = send.build();
        return aws.call(
                "ssm",
                "SendCommand",
                state.worker(),
                () -> aws.ssmOnce().sendCommand(command).command().commandId());
    }

    static String document(CommandState state) {
        String given = state.request.documentName();
        if (given != null) {
            return given;
        }
        return state.platform.equalsIgnoreCase("Windows")
                ? CommandRequest.POWERSHELL_DOCUMENT
                : CommandRequest.SHELL_DOCUMENT;
    }

    private static Map<String, List<String>> parameters(CommandState state) {
        CommandRequest request = state.request;
        Map<String, List<String>> parameters = new LinkedHashMap<>(request.documentParameters());
        String document = document(state);
        CommandScript script = CommandScript.of(request);
        if (document.equals(CommandRequest.SHELL_DOCUMENT)) {
            parameters.put("commands", script.shell());
        } else if (document.equals(CommandRequest.POWERSHELL_DOCUMENT)) {
            parameters.put("commands", script.powerShell());
        } else {
            return parameters;
        }
        int timeout = Math.max(LEAST_TIMEOUT, request.executionTimeoutSeconds());
        parameters.put("executionTimeout", List.of(String.valueOf(timeout)));
        return parameters;
    }

    /** The id of the command that the state describes, if AWS got it. */
    Optional<String> findSent(CommandState state) {
        Instant intended = state.sendIntendedAt == null ? Instant.EPOCH : state.sendIntendedAt;
        ListCommandsRequest request = ListCommandsRequest.builder()
                .instanceId(state.instanceId)
                .filters(filter(
                        CommandFilterKey.INVOKED_AFTER,
                        intended.minus(CLOCK_SKEW)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()))
                .maxResults(PAGE_SIZE)
                .build();
        return aws.call(
                "ssm",
                "ListCommands",
                state.worker(),
                () -> aws.ssm().listCommandsPaginator(request).commands().stream()
                        .filter(c -> CommandComment.isSame(c.comment(), state.comment()))
                        .map(c -> c.commandId())
                        .findFirst());
    }

    /**
     * All commands in progress in the account and region, by one call that everybody shares.
     *
     * @return empty when somebody is just asking: come again in a moment
     */
    Optional<List<RunningCommand>> running(Instant now) {
        return aws.shared(Recent.class, Recent::new).running.get("all", now, this::listRunning);
    }

    private List<RunningCommand> listRunning() {
        ListCommandsRequest request = ListCommandsRequest.builder()
                .filters(filter(CommandFilterKey.EXECUTION_STAGE, "Executing"))
                .maxResults(PAGE_SIZE)
                .build();
        return aws.call("ssm", "ListCommands", "the commands in progress", () -> {
            List<RunningCommand> running = new ArrayList<>();
            aws.ssm().listCommandsPaginator(request).commands().forEach(c -> {
                String token = CommandComment.token(c.comment()).orElse(null);
                c.instanceIds().forEach(i -> running.add(new RunningCommand(c.commandId(), i, token)));
            });
            return running;
        });
    }

    /**
     * What AWS tells of the command on its worker. Of a document of several steps it tells one step at a time, and nothing
     * without the step's name (API reference, GetCommandInvocation, PluginName): then how the command as a whole stands.
     */
    Invocation invocation(CommandState state) {
        try {
            return aws.call(
                    "ssm",
                    "GetCommandInvocation",
                    "command " + state.commandId,
                    () -> invocation(aws.ssm()
                            .getCommandInvocation(
                                    r -> r.commandId(state.commandId).instanceId(state.instanceId))));
        } catch (AwsCallException e) {
            if (e.hasCode("InvalidPluginName")) {
                return command(state).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    /** Whether AWS shows a command so little after it was sent that it may show more in a while. */
    static boolean isNotYetKnown(AwsCallException e) {
        return e.hasCode("InvocationDoesNotExist") || e.hasCode("InvalidPluginName");
    }

    /** What AWS tells of the command when it has no invocation of it; empty when it does not know the command. */
    Optional<Invocation> command(CommandState state) {
        // There is no text, so that a log group may have more.
        boolean isCut = state.request.logGroup() != null;
        return aws.call(
                "ssm",
                "ListCommands",
                "command " + state.commandId,
                () -> aws.ssm().listCommands(r -> r.commandId(state.commandId)).commands().stream()
                        .findFirst()
                        .flatMap(c -> CommandStatus.of(String.valueOf(c.statusDetails()))
                                .or(() -> CommandStatus.of(String.valueOf(c.statusAsString()))))
                        .map(status -> new Invocation(
                                status, status.awsName(), null, "", isCut, "", isCut, null, null, null, null)));
    }

    private static Invocation invocation(GetCommandInvocationResponse reply) {
        String details = orElse(reply.statusDetails(), String.valueOf(reply.statusAsString()));
        // Details that nobody documented: the status itself has a few values that AWS promises.
        CommandStatus status = CommandStatus.of(details)
                .or(() -> CommandStatus.of(String.valueOf(reply.statusAsString())))
                .orElseGet(() -> "TimedOut".equals(reply.statusAsString())
                        ? CommandStatus.DELIVERY_TIMED_OUT
                        : CommandStatus.IN_PROGRESS);
        Integer code = reply.responseCode();
        ReportedText stdout = ReportedText.of(orElse(reply.standardOutputContent(), ""), Invocation.MOST_STDOUT);
        ReportedText stderr = ReportedText.of(orElse(reply.standardErrorContent(), ""), Invocation.MOST_STDERR);
        return new Invocation(
                status,
                details,
                code == null || code < 0 ? null : code,
                stdout.text(),
                stdout.isCut(),
                stderr.text(),
                stderr.isCut(),
                blankToNull(reply.executionStartDateTime()),
                blankToNull(reply.executionEndDateTime()),
                blankToNull(reply.standardOutputUrl()),
                blankToNull(reply.standardErrorUrl()));
    }

    /** Asks AWS to stop the command. AWS does not promise that it does. */
    void cancel(CommandState state) {
        aws.call(
                "ssm",
                "CancelCommand",
                "command " + state.commandId,
                () -> aws.ssm().cancelCommand(r -> r.commandId(state.commandId)));
    }

    private static CommandFilter filter(CommandFilterKey key, String value) {
        return CommandFilter.builder().key(key).value(value).build();
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null || text.isEmpty() ? other : text;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static final class Recent {
        final RecentReads<String, List<RunningCommand>> running = new RecentReads<>(LIST_IS_FRESH);
    }
}
