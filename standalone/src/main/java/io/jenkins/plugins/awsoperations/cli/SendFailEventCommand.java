package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventResult;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.alert.SendFailEvent;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code send-fail-event}: one event on an EventBridge bus. */
@Command(
        name = "send-fail-event",
        description = {
            "Puts an event on an EventBridge bus, whose rules tell the right people that something failed.",
            "The event arrives at least once; its detail carries an id, the same in every copy of it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failed",
            "2:bad input; nothing was done",
            "75:a quota is used up; try again later",
            "130:interrupted (Ctrl-C)"
        })
final class SendFailEventCommand extends OperationCommand<FailEventRequest, FailEventState, FailEventResult> {

    @Mixin
    FailEventOptions event = new FailEventOptions();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            defaultValue = "command-line",
            description = "The job that failed, for the event and the role's session name. Default: ${DEFAULT-VALUE}.")
    String job = "";

    @Option(
            names = "--build",
            paramLabel = "ID",
            description = "The number of the run that failed. Default: the process id.")
    String build = String.valueOf(ProcessHandle.current().pid());

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "text, or json (one object on standard output, everything else on standard error)."
                    + " Default: text.")
    OutputFormat output = OutputFormat.TEXT;

    /** Without a channel for alerts: nobody can be told of an alert that fails. */
    @Override
    RunOptions run() {
        RunOptions run = new RunOptions();
        run.job = job;
        run.build = build;
        run.output = output;
        return run;
    }

    @Override
    FailEventRequest request() {
        return event.request();
    }

    @Override
    Operation<FailEventRequest, FailEventState, FailEventResult> operation(AwsConnection aws) {
        return new SendFailEvent(aws);
    }

    @Override
    Class<FailEventResult> resultType() {
        return FailEventResult.class;
    }

    @Override
    Map<String, Object> map(FailEventResult result) {
        return result.toMap();
    }

    @Override
    @Nullable
    String unstableReason(FailEventResult result) {
        return null;
    }

    @Override
    EventDetails eventDetails(@Nullable FailEventResult result) {
        return EventDetails.none();
    }

    @Override
    int exitCode(OperationException failed, @Nullable FailEventResult result, boolean interrupted) {
        return failed.failure().kind() == FailureKind.BUSY
                ? AwsOperations.TRY_LATER
                : super.exitCode(failed, result, interrupted);
    }
}
