package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose run it is, how its result is told, and who is told when it fails. */
final class RunOptions {

    @Option(
            names = "--job",
            paramLabel = "NAME",
            defaultValue = "command-line",
            description = "Whose run it is: AWS keeps it with what the run makes, and in the role's session name."
                    + " Default: ${DEFAULT-VALUE}.")
    String job = "";

    @Option(
            names = "--build",
            paramLabel = "ID",
            description = "The run's number, beside the job's name. Default: the process id.")
    String build = String.valueOf(ProcessHandle.current().pid());

    @Option(
            names = "--alert-channel",
            paramLabel = "CHANNEL",
            description = "When the run fails, put an event with this channel on the account's EventBridge bus. Not at"
                    + " Ctrl-C.")
    @Nullable
    String alertChannel;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "text, or json (one object on standard output, everything else on standard error)."
                    + " Default: text.")
    OutputFormat output = OutputFormat.TEXT;

    RunIdentity identity() {
        return RunIdentity.create(job, build);
    }

    /** @throws OperationException of kind CONFIGURATION when an alert could not be sent by its channel's name */
    void check() {
        if (alertChannel == null) {
            return;
        }
        FailEventRequest.builder().channel(alertChannel).problems().stream()
                .filter(problem -> problem.field().equals("channel"))
                .findFirst()
                .ifPresent(problem -> {
                    throw new OperationException(OperationFailure.of(
                            FailureKind.CONFIGURATION, "--alert-channel " + problem.message(), "Nothing was done."));
                });
    }
}
