package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.RunOnTaggedInstance;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run-on-tagged-instance}: one command on one worker; its output is ours, and so is its exit code. */
@Command(
        name = "run-on-tagged-instance",
        description = {
            "Runs commands on one of the EC2 instances that carry the tags, and waits for their end.",
            "What the commands write to standard output and standard error comes out of this program's own,"
                    + " the log goes to standard error. Ctrl-C cancels the command and tells whether it is proven to"
                    + " have stopped."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failed",
            "2:bad input; nothing was done",
            "75:no worker was free (WorkerBusy), or a quota is used up; try again later",
            "130:interrupted (Ctrl-C)",
            "other:the exit code of the commands"
        })
final class RunOnTaggedInstanceCommand implements Callable<Integer> {

    /** EX_TEMPFAIL of sysexits.h: whoever calls may try again later. */
    private static final int TRY_LATER = 75;

    @Mixin
    AccountOptions account = new AccountOptions();

    @Mixin
    CommandOptions command = new CommandOptions();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            defaultValue = "command-line",
            description = "Whose run it is, for the command's comment and the role's session name. Default:"
                    + " ${DEFAULT-VALUE}.")
    String job = "";

    @Option(
            names = "--build",
            paramLabel = "ID",
            description = "The run's number, for the comment. Default: the process id.")
    String build = String.valueOf(ProcessHandle.current().pid());

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "text, or json (one object on standard output, everything else on standard error)."
                    + " Default: text.")
    OutputFormat output = OutputFormat.TEXT;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Console console =
                new Console(spec.commandLine().getErr(), System.console() != null && output == OutputFormat.TEXT);
        try (InterruptOnExit interrupt = InterruptOnExit.install()) {
            return run(console);
        }
    }

    private int run(Console console) throws IOException {
        try {
            CommandRequest request = command.request();
            AwsAccount target = account.account(job + "-" + build);
            return run(console, request, target);
        } catch (OperationException e) {
            console.endProgress();
            Map<String, Object> done = e.result() instanceof CommandResult partial ? partial.toMap() : Map.of();
            if (output == OutputFormat.JSON) {
                FailureJson.print(spec.commandLine().getOut(), FailureJson.of(done, e.failure()));
            }
            spec.commandLine()
                    .getErr()
                    .println(e.failure().kind() + ": " + e.failure().describe());
            if (e.failure().kind() == FailureKind.BUG) {
                e.printStackTrace(spec.commandLine().getErr());
            }
            spec.commandLine().getErr().flush();
            return exitCode(e);
        }
    }

    private static int exitCode(OperationException e) {
        FailureKind kind = e.failure().kind();
        if (kind == FailureKind.BUSY) {
            return TRY_LATER;
        }
        Integer remote = e.result() instanceof CommandResult result ? result.exitCode() : null;
        boolean fits = kind == FailureKind.REMOTE_FAILED && remote != null && remote > 0 && remote < 256;
        return fits ? remote : AwsOperations.exitCode(kind);
    }

    private int run(Console console, CommandRequest request, AwsAccount target) throws IOException {
        try (AwsConnections connections = new AwsConnections(Clock.systemUTC())) {
            RunOnTaggedInstance operation = new RunOnTaggedInstance(connections.connect(target));
            CommandState state = operation.begin(request, RunIdentity.create(job, build));
            Conversation<CommandState, CommandResult> conversation = new Conversation<>(
                    operation, state, Clock.systemUTC(), new RemoteOutput(console).prefixed(), StateStore.none());
            CommandResult result = new BlockingRunner().run(conversation, console::progress);
            console.endProgress();
            if (output == OutputFormat.JSON) {
                FailureJson.print(spec.commandLine().getOut(), result.toMap());
            }
            return 0;
        }
    }

    /** Our lines go to the console; what the commands write comes out as it is. */
    private final class RemoteOutput implements OperationLog {

        private final Console console;

        RemoteOutput(Console console) {
            this.console = console;
        }

        @Override
        public void line(String text) {
            console.log().line(text);
        }

        @Override
        public void output(OutputChannel channel, byte[] bytes) {
            console.endProgress();
            boolean toOut = channel == OutputChannel.STDOUT && output == OutputFormat.TEXT;
            PrintStream stream = toOut ? System.out : System.err;
            stream.write(bytes, 0, bytes.length);
            stream.flush();
        }
    }
}
