package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.fleet.InstanceLocator;
import io.jenkins.plugins.awsoperations.fleet.TagSelectorRules;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every parameter of {@code runOnTaggedInstance}, in one place for the Pipeline step, the form and the command
 * line. AWS's limits are those of the Systems Manager API reference (SendCommand) and of the documents AWS-RunShellScript and
 * AWS-RunPowerShellScript.
 */
final class CommandRequestRules {

    /**
     * The commands as they are sent, with what is put around them. AWS takes documents of 64 KB; it publishes no number for
     * the parameters, so this keeps below what it takes in any case, and below what one argument of a Linux program may have.
     */
    static final int MAX_COMMAND_BYTES = 60_000;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,31}");
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)/.*|[A-Za-z]:[\\\\/].*|\\\\\\\\.*");
    private static final Pattern DOCUMENT = Pattern.compile("[a-zA-Z0-9_\\-.:/]{3,128}");
    private static final Pattern LOG_GROUP = Pattern.compile("[a-zA-Z0-9_\\-/.#]{1,512}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Set<String> OURS = Set.of("commands", "workingDirectory", "executionTimeout");

    private CommandRequestRules() {}

    static List<Problem> check(CommandRequestBuilder b) {
        Problems problems = new Problems();
        worker(b, problems);
        commands(b, problems);
        surroundings(b, problems);
        document(b, problems);
        exitCodes(b, problems);
        output(b, problems);
        problems.range("executionTimeoutSeconds", b.executionTimeoutSeconds, 1, 172_800);
        problems.range("deliveryTimeoutSeconds", b.deliveryTimeoutSeconds, 30, 2_592_000);
        return problems.all();
    }

    private static void worker(CommandRequestBuilder b, Problems problems) {
        if (b.tags.isEmpty() && b.instanceId == null) {
            problems.add("tags", "or instanceId must be given: nothing says which workers are meant");
        }
        TagSelectorRules.check("tags", b.tags, problems);
        instance("instanceId", b.instanceId, problems);
        instance("preferredInstanceId", b.preferredInstanceId, problems);
        problems.range("maxPerInstance", b.maxPerInstance, 0, 1000);
        problems.range("busyRetries", b.busyRetries, 0, 100);
        problems.range("busyIntervalSeconds", b.busyIntervalSeconds, 1, 86_400);
        if (!(b.busyBackoff >= 1 && b.busyBackoff <= 10)) {
            problems.add("busyBackoff", "must be 1.0 to 10.0, not " + b.busyBackoff);
        }
    }

    private static void instance(String field, @Nullable String id, Problems problems) {
        if (id != null) {
            InstanceLocator.idProblem(id).ifPresent(p -> problems.add(field, p));
        }
    }

    private static void commands(CommandRequestBuilder b, Problems problems) {
        boolean script = runsScript(b);
        if (script && b.commands.stream().allMatch(String::isBlank)) {
            problems.add("commands", "must be given: there is nothing to run");
        }
        if (!script && !b.commands.isEmpty() && DOCUMENT.matcher(b.documentName).matches()) {
            problems.add(
                    "commands", "are not for the document " + b.documentName + ": give its own documentParameters");
        }
        if (b.commands.stream().anyMatch(c -> c.indexOf('\0') >= 0)) {
            problems.add("commands", "must not contain the character NUL");
        }
        if (script) {
            CommandScript.problem(b).ifPresent(p -> problems.add(p.field(), p.message()));
            int bytes = CommandScript.longest(b);
            if (bytes > MAX_COMMAND_BYTES) {
                problems.add(
                        "commands",
                        "have " + bytes + " bytes with environment and workingDirectory; at most " + MAX_COMMAND_BYTES
                                + " can be sent: put the script on the workers or into S3, and run it from there");
            }
        }
    }

    private static void surroundings(CommandRequestBuilder b, Problems problems) {
        if (b.workingDirectory != null && !ABSOLUTE.matcher(b.workingDirectory).matches()) {
            problems.add(
                    "workingDirectory",
                    "must be an absolute path, as /opt/batch or C:\\batch, not '" + b.workingDirectory + "'");
        }
        if (b.workingDirectory != null && b.workingDirectory.indexOf('\0') >= 0) {
            problems.add("workingDirectory", "must not contain the character NUL");
        }
        b.environment.forEach((name, value) -> {
            if (!VARIABLE.matcher(name).matches()) {
                problems.add(
                        "environment",
                        "'" + name + "' is not a variable's name: letters, digits and _, no digit first");
            }
            if (value.indexOf('\0') >= 0) {
                problems.add("environment", "'" + name + "' has a value with the character NUL");
            }
        });
        if (b.runAs != null && !USER.matcher(b.runAs).matches()) {
            problems.add("runAs", "'" + b.runAs + "' is not the name of a Linux user");
        }
        if (b.runAs != null && CommandRequest.POWERSHELL_DOCUMENT.equals(b.documentName)) {
            problems.add(
                    "runAs", "is not for the document " + b.documentName + ", which would run the commands as root");
        }
    }

    private static void document(CommandRequestBuilder b, Problems problems) {
        if (b.documentName != null && !DOCUMENT.matcher(b.documentName).matches()) {
            problems.add("documentName", "'" + b.documentName + "' is not the name or ARN of a document");
        }
        if (runsScript(b)) {
            b.documentParameters.keySet().stream()
                    .filter(OURS::contains)
                    .forEach(key -> problems.add(
                            "documentParameters",
                            "'" + key + "' is made of commands, workingDirectory and executionTimeoutSeconds"));
            return;
        }
        if (!b.environment.isEmpty()) {
            problems.add("environment", "is not for the document " + b.documentName);
        }
        if (b.workingDirectory != null) {
            problems.add("workingDirectory", "is not for the document " + b.documentName);
        }
        if (b.runAs != null) {
            problems.add("runAs", "is not for the document " + b.documentName);
        }
    }

    /** Whether the document runs a script that we write. */
    static boolean runsScript(CommandRequestBuilder b) {
        return b.documentName == null
                || b.documentName.equals(CommandRequest.SHELL_DOCUMENT)
                || b.documentName.equals(CommandRequest.POWERSHELL_DOCUMENT);
    }

    private static void exitCodes(CommandRequestBuilder b, Problems problems) {
        problems.range("retries", b.retries, 0, 100);
        problems.range("retryDelaySeconds", b.retryDelaySeconds, 0, 86_400);
        if (b.retries > 0 && b.retryExitCodes.isEmpty()) {
            problems.add("retryExitCodes", "must say which exit codes are worth a retry");
        }
        if (b.retries == 0 && !b.retryExitCodes.isEmpty()) {
            problems.add("retries", "is 0, so retryExitCodes would do nothing");
        }
        if (b.retryExitCodes.contains(0)) {
            problems.add("retryExitCodes", "must not contain 0, which is success");
        }
        if (b.unstableExitCodes.contains(0)) {
            problems.add("unstableExitCodes", "must not contain 0, which is success");
        }
        if (b.returnStatus && b.returnStdout) {
            problems.add("returnStatus", "and returnStdout exclude each other: give one of them");
        }
        if (b.returnStatus && !b.unstableExitCodes.isEmpty()) {
            problems.add("unstableExitCodes", "and returnStatus exclude each other: the caller gets the exit code");
        }
    }

    private static void output(CommandRequestBuilder b, Problems problems) {
        if (b.logGroup != null && !LOG_GROUP.matcher(b.logGroup).matches()) {
            problems.add("logGroup", "must be 1 to 512 of A-Z a-z 0-9 _ - / . #, not '" + b.logGroup + "'");
        }
        if (b.s3Bucket != null && !BUCKET.matcher(b.s3Bucket).matches()) {
            problems.add("s3Bucket", "must be 3 to 63 of a-z 0-9 . -, not '" + b.s3Bucket + "'");
        }
        if (b.s3Prefix != null && b.s3Bucket == null) {
            problems.add("s3Prefix", "needs s3Bucket");
        }
        if (b.s3Prefix != null && b.s3Prefix.length() > 500) {
            problems.add("s3Prefix", "has " + b.s3Prefix.length() + " characters; AWS takes 500");
        }
        problems.range("maxLogBytes", b.maxLogBytes, 0, 1024 * 1024 * 1024);
    }
}
