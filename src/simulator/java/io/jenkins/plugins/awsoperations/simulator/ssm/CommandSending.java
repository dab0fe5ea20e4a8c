package io.jenkins.plugins.awsoperations.simulator.ssm;

import static io.jenkins.plugins.awsoperations.simulator.ssm.SsmNames.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.s3.S3World;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SendCommand. AWS has no token by which it would recognise a second request as the first one sent again. */
final class CommandSending {

    // API reference, SendCommand.
    private static final Pattern DOCUMENT = Pattern.compile("[a-zA-Z0-9_\\-.:/]{3,128}");
    private static final Pattern GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]+");
    private static final int MIN_TIMEOUT = 30;
    private static final int MAX_TIMEOUT = 2_592_000;
    private static final long DEFAULT_TIMEOUT = 3_600;

    // The documents AWS-RunShellScript and AWS-RunPowerShellScript.
    private static final Pattern SECONDS =
            Pattern.compile("([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)");
    private static final String DEFAULT_EXECUTION_TIMEOUT = "3600";

    private final SsmContext context;
    private final Delivery delivery;
    private final S3World s3;

    CommandSending(SsmContext context, Delivery delivery, S3World s3) {
        this.context = context;
        this.delivery = delivery;
        this.s3 = s3;
    }

    void run(JsonCall call) {
        JsonRequest request = call.request();
        String name = CONSTRAINTS.required("DocumentName", CONSTRAINTS.text(request, "DocumentName", DOCUMENT));
        List<String> ids = SsmNames.instanceIds(request);
        List<JsonRequest> targets = CONSTRAINTS.size("Targets", request.objects("Targets"), 5);
        Long timeout = CONSTRAINTS.number(request, "TimeoutSeconds", MIN_TIMEOUT, MAX_TIMEOUT);
        String comment = CONSTRAINTS.text(request, "Comment", 0, 100);
        OutputPlaces output = output(request);
        if (ids.isEmpty() == targets.isEmpty()) {
            throw AwsError.badRequest(
                    "ValidationException", "Specify either InstanceIds or Targets, not both and not neither");
        }
        context.permit(call, context.instanceArn(ids.isEmpty() ? "*" : ids.get(0)));

        SsmDocument document = document(name);
        Map<String, List<String>> parameters = parameters(document, request);
        checkBucket(output);
        List<String> nodes = ids.isEmpty() ? new NodeTargets(context.nodes()).find(targets, call.now()) : ids;
        checkNodes(call, nodes);

        SentCommand command = context.store()
                .newCommand(
                        call.now(),
                        document,
                        new SentCommand.Request(
                                nodes,
                                name,
                                parameters,
                                comment,
                                Duration.ofSeconds(timeout == null ? DEFAULT_TIMEOUT : timeout),
                                executionTimeout(parameters),
                                output));
        call.resource(command.id());
        ObjectNode reply = call.reply().putObject("Command");
        CommandJson.write(call, command, reply, context.account().region());
        start(call, command);
    }

    private void start(JsonCall call, SentCommand command) {
        String ends = call.effect().commandEnds();
        for (Invocation invocation : command.invocations()) {
            if (ends == null) {
                delivery.send(invocation, call.now());
            } else {
                delivery.endUnheard(invocation, ends);
            }
        }
    }

    private static OutputPlaces output(JsonRequest request) {
        String bucket = CONSTRAINTS.text(request, "OutputS3BucketName", 3, 63);
        String prefix = CONSTRAINTS.text(request, "OutputS3KeyPrefix", 0, 500);
        JsonRequest logs = request.object("CloudWatchOutputConfig");
        boolean enabled = logs != null && logs.flag("CloudWatchOutputEnabled");
        String group = logs == null ? null : CONSTRAINTS.text(logs, "CloudWatchLogGroupName", 1, 512);
        if (group != null && !GROUP.matcher(group).matches()) {
            throw CONSTRAINTS.broken("CloudWatchLogGroupName", group, "satisfy regular expression pattern: " + GROUP);
        }
        return new OutputPlaces(bucket, prefix == null ? "" : prefix, enabled, group);
    }

    private SsmDocument document(String name) {
        SsmDocument document = context.store().document(name);
        if (document == null) {
            throw AwsError.badRequest("InvalidDocument", "Document with name " + name + " does not exist.");
        }
        return document;
    }

    private static Map<String, List<String>> parameters(SsmDocument document, JsonRequest request) {
        Map<String, List<String>> parameters = request.textLists("Parameters");
        Set<String> known = document.parameters();
        if (known == null) {
            return parameters;
        }
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw invalid("Parameter \"" + name + "\" is not defined in the document \"" + document.name() + "\".");
            }
        }
        if (parameters.getOrDefault("commands", List.of()).isEmpty()) {
            throw invalid("Parameter \"commands\" requires a value.");
        }
        for (String single : List.of("workingDirectory", "executionTimeout")) {
            if (parameters.getOrDefault(single, List.of("")).size() != 1) {
                throw invalid("Parameter \"" + single + "\" is a String and takes one value.");
            }
        }
        String seconds = value(parameters, "executionTimeout");
        if (seconds != null && !SECONDS.matcher(seconds).matches()) {
            throw invalid(
                    "Parameter \"executionTimeout\" has value \"" + seconds + "\" not matching \"" + SECONDS + "\".");
        }
        return parameters;
    }

    private static AwsError invalid(String message) {
        return AwsError.badRequest("InvalidParameters", message);
    }

    private static @Nullable String value(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    private static Duration executionTimeout(Map<String, List<String>> parameters) {
        String seconds = value(parameters, "executionTimeout");
        boolean given = seconds != null && SECONDS.matcher(seconds).matches();
        return Duration.ofSeconds(Long.parseLong(given && seconds != null ? seconds : DEFAULT_EXECUTION_TIMEOUT));
    }

    private void checkBucket(OutputPlaces output) {
        if (output.bucket() != null && !s3.exists(output.bucket())) {
            throw AwsError.badRequest("InvalidOutputFolder", "The S3 bucket does not exist.");
        }
    }

    private void checkNodes(JsonCall call, List<String> ids) {
        if (new HashSet<>(ids).size() < ids.size()) {
            throw AwsError.badRequest("DuplicateInstanceId", "You cannot specify a managed node ID more than once");
        }
        List<String> invalid = new ArrayList<>();
        for (String id : ids) {
            if (!context.nodes().isValid(id, call.now())) {
                invalid.add(id);
            }
        }
        if (!invalid.isEmpty()) {
            throw AwsError.badRequest(
                    "InvalidInstanceId",
                    "Instances " + List.of(invalid) + " not in a valid state for account "
                            + context.account().accountId());
        }
    }
}
