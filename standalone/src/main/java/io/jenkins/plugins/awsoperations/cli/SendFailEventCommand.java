package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventResult;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.alert.SendFailEvent;
import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class SendFailEventCommand implements Callable<Integer> {

    /** EX_TEMPFAIL of sysexits.h: whoever calls may try again later. */
    private static final int TRY_LATER = 75;

    @Mixin
    AccountOptions account = new AccountOptions();

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
            description = "text or json (one object on standard output, the log on standard error). Default: text.")
    OutputFormat output = OutputFormat.TEXT;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Console console = new Console(
                output == OutputFormat.JSON
                        ? spec.commandLine().getErr()
                        : spec.commandLine().getOut(),
                System.console() != null && output == OutputFormat.TEXT);
        try (InterruptOnExit interrupt = InterruptOnExit.install()) {
            return run(console);
        }
    }

    private int run(Console console) throws IOException {
        try {
            FailEventRequest request = event.request();
            AwsAccount target = account.account(job + "-" + build);
            return run(console, request, target);
        } catch (OperationException e) {
            console.endProgress();
            if (output == OutputFormat.JSON) {
                FailureJson.print(spec.commandLine().getOut(), FailureJson.of(Map.of(), e.failure()));
            }
            spec.commandLine()
                    .getErr()
                    .println(e.failure().kind() + ": " + e.failure().describe());
            if (e.failure().kind() == FailureKind.BUG) {
                e.printStackTrace(spec.commandLine().getErr());
            }
            spec.commandLine().getErr().flush();
            return e.failure().kind() == FailureKind.BUSY
                    ? TRY_LATER
                    : AwsOperations.exitCode(e.failure().kind());
        }
    }

    private int run(Console console, FailEventRequest request, AwsAccount target) throws IOException {
        try (AwsConnections connections = new AwsConnections(Clock.systemUTC())) {
            SendFailEvent operation = new SendFailEvent(connections.connect(target));
            FailEventState state = operation.begin(request, RunIdentity.create(job, build));
            Conversation<FailEventState, FailEventResult> conversation = new Conversation<>(
                    operation, state, Clock.systemUTC(), console.log().prefixed(), StateStore.none());
            FailEventResult result = new BlockingRunner().run(conversation, console::progress);
            console.endProgress();
            if (output == OutputFormat.JSON) {
                FailureJson.print(spec.commandLine().getOut(), result.toMap());
            }
            return 0;
        }
    }
}
