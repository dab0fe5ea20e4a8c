package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandRequest.OnAbort;
import io.jenkins.plugins.awsoperations.command.CommandRequestBuilder;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parameters of {@code runOnTaggedInstance}. Limits are checked by {@link CommandRequest}, as for Jenkins. */
final class CommandOptions {

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "A worker carries this tag, literally. Several keys: all must match; one key several times:"
                    + " one of its values.")
    List<String> tags = new ArrayList<>();

    @Option(names = "--instance-id", paramLabel = "ID", description = "This worker and no other.")
    @Nullable
    String instanceId;

    @Option(
            names = "--command",
            paramLabel = "TEXT",
            description = "A command; several are run in their order. sh on Linux and macOS, PowerShell on Windows.")
    List<String> commands = new ArrayList<>();

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "A file with commands, after those of --command. A first line #!... is honoured.")
    @Nullable
    Path script;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            defaultValue = "RANDOM",
            description = "Which of the free workers: RANDOM, ROUND_ROBIN, LEAST_BUSY, or STICKY with"
                    + " --preferred-instance. Default: ${DEFAULT-VALUE}.")
    Strategy strategy = Strategy.RANDOM;

    @Option(names = "--preferred-instance", paramLabel = "ID", description = "The worker that STICKY takes if it can.")
    @Nullable
    String preferredInstance;

    @Option(
            names = "--max-per-instance",
            paramLabel = "N",
            defaultValue = "1",
            description = "Commands of this program and of Jenkins that one worker may have at once; 0 for no limit."
                    + " Default: ${DEFAULT-VALUE}.")
    int maxPerInstance;

    @Option(
            names = "--busy-retries",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often to look again when no worker is free. Default: ${DEFAULT-VALUE}.")
    int busyRetries;

    @Option(
            names = "--busy-interval-seconds",
            paramLabel = "S",
            defaultValue = "100",
            description = "How long to wait before the first look. Default: ${DEFAULT-VALUE}.")
    int busyIntervalSeconds;

    @Option(
            names = "--busy-backoff",
            paramLabel = "F",
            defaultValue = "2.0",
            description = "By how much each wait is longer than the one before. Default: ${DEFAULT-VALUE}.")
    double busyBackoff;

    @Option(names = "--working-directory", paramLabel = "PATH", description = "Absolute path on the worker.")
    @Nullable
    String workingDirectory;

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "An environment variable of the commands.")
    Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--run-as", paramLabel = "USER", description = "Linux or macOS user. Default: root.")
    @Nullable
    String runAs;

    @Option(
            names = "--fail-fast",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Stop at the first command that fails, or not. Default: stop.")
    boolean failFast = true;

    @Option(
            names = "--execution-timeout-seconds",
            paramLabel = "S",
            defaultValue = "3600",
            description = "After this time the agent kills the commands, 1 to 172800. Default: ${DEFAULT-VALUE}.")
    int executionTimeoutSeconds;

    @Option(
            names = "--delivery-timeout-seconds",
            paramLabel = "S",
            defaultValue = "600",
            description = "How long the agent may take to start them, 30 to 2592000. Default: ${DEFAULT-VALUE}.")
    int deliveryTimeoutSeconds;

    @Option(
            names = "--document",
            paramLabel = "NAME",
            description = "Command document. Default: AWS-RunShellScript or AWS-RunPowerShellScript.")
    @Nullable
    String document;

    @Option(
            names = "--document-parameter",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the document; one name several times makes a list.")
    List<String> documentParameters = new ArrayList<>();

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "0",
            description = "How often to run again after an exit code of --retry-exit-codes. Default: ${DEFAULT-VALUE}.")
    int retries;

    @Option(
            names = "--retry-exit-codes",
            paramLabel = "CODE",
            split = ",",
            description = "Exit codes that are worth another try.")
    List<Integer> retryExitCodes = new ArrayList<>();

    @Option(
            names = "--retry-delay-seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "How long to wait before it. Default: ${DEFAULT-VALUE}.")
    int retryDelaySeconds;

    @Option(
            names = "--log-group",
            paramLabel = "NAME",
            description = "CloudWatch log group that the worker writes to: complete output, while it comes.")
    @Nullable
    String logGroup;

    @Option(
            names = "--s3-bucket",
            paramLabel = "NAME",
            description = "Bucket that the worker writes to: complete output, after the end.")
    @Nullable
    String s3Bucket;

    @Option(names = "--s3-prefix", paramLabel = "TEXT", description = "Beginning of the keys in the bucket.")
    @Nullable
    String s3Prefix;

    @Option(
            names = "--max-log-bytes",
            paramLabel = "N",
            defaultValue = "10485760",
            description = "Bytes of output to print at most. Default: ${DEFAULT-VALUE}.")
    int maxLogBytes;

    @Option(
            names = "--on-abort",
            paramLabel = "MODE",
            defaultValue = "CANCEL",
            description = "At Ctrl-C, CANCEL the command, or DETACH and let it go on. Default: ${DEFAULT-VALUE}.")
    OnAbort onAbort = OnAbort.CANCEL;

    CommandRequest request() {
        CommandRequestBuilder request = CommandRequest.builder()
                .instanceId(instanceId)
                .commands(allCommands())
                .strategy(strategy)
                .preferredInstanceId(preferredInstance)
                .maxPerInstance(maxPerInstance)
                .busyRetries(busyRetries)
                .busyIntervalSeconds(busyIntervalSeconds)
                .busyBackoff(busyBackoff)
                .workingDirectory(workingDirectory)
                .runAs(runAs)
                .failFast(failFast)
                .executionTimeoutSeconds(executionTimeoutSeconds)
                .deliveryTimeoutSeconds(deliveryTimeoutSeconds)
                .documentName(document)
                .retries(retries)
                .retryExitCodes(retryExitCodes)
                .retryDelaySeconds(retryDelaySeconds)
                .logGroup(logGroup)
                .s3Bucket(s3Bucket)
                .s3Prefix(s3Prefix)
                .maxLogBytes(maxLogBytes)
                .onAbort(onAbort);
        tags.stream().map(t -> TagOption.parse("--tag", t)).forEach(t -> request.tag(t.key(), t.value()));
        environment.forEach(request::environment);
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        documentParameters.stream()
                .map(p -> TagOption.parse("--document-parameter", p))
                .forEach(p -> parameters
                        .computeIfAbsent(p.key(), k -> new ArrayList<>())
                        .add(p.value()));
        parameters.forEach(request::documentParameter);
        return request.build();
    }

    private List<String> allCommands() {
        List<String> all = new ArrayList<>(commands);
        if (script != null) {
            try {
                // As editors of Windows write it: it is no part of a script.
                all.add(TextFile.read(script).replace("\r\n", "\n"));
            } catch (IOException e) {
                throw new OperationException(OperationFailure.of(
                        FailureKind.CONFIGURATION,
                        "--script '" + script + "' cannot be read as UTF-8 text: " + e,
                        "Nothing was done."));
            }
        }
        return all;
    }
}
