package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandResult;
import io.jenkins.plugins.awsoperations.command.CommandState;
import io.jenkins.plugins.awsoperations.command.RunOnTaggedInstance;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
final class RunOnTaggedInstanceCommand extends OperationCommand<CommandRequest, CommandState, CommandResult> {

    @Mixin
    CommandOptions command = new CommandOptions();

    @Mixin
    RunOptions run = new RunOptions();

    @Override
    RunOptions run() {
        return run;
    }

    @Override
    CommandRequest request() {
        return command.request();
    }

    @Override
    Operation<CommandRequest, CommandState, CommandResult> operation(AwsConnection aws) {
        return new RunOnTaggedInstance(aws);
    }

    @Override
    Class<CommandResult> resultType() {
        return CommandResult.class;
    }

    @Override
    Map<String, Object> map(CommandResult result) {
        return result.toMap();
    }

    @Override
    @Nullable
    String unstableReason(CommandResult result) {
        return result.unstableReason();
    }

    @Override
    EventDetails eventDetails(@Nullable CommandResult result) {
        return result == null ? EventDetails.none() : EventDetails.ofResult(result.toMap());
    }

    /** Standard output is the commands' own. */
    @Override
    PrintWriter logWriter() {
        return spec.commandLine().getErr();
    }

    @Override
    OperationLog log(Console console) {
        return new RemoteOutput(console);
    }

    @Override
    int exitCode(OperationException failed, @Nullable CommandResult result, boolean interrupted) {
        FailureKind kind = failed.failure().kind();
        if (kind == FailureKind.BUSY) {
            return AwsOperations.TRY_LATER;
        }
        Integer remote = result == null ? null : result.exitCode();
        boolean fits = kind == FailureKind.REMOTE_FAILED && remote != null && remote > 0 && remote < 256;
        return fits ? remote : AwsOperations.exitCode(kind);
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
            boolean toOut = channel == OutputChannel.STDOUT && !isJson();
            PrintStream stream = toOut ? System.out : System.err;
            stream.write(bytes, 0, bytes.length);
            stream.flush();
        }
    }
}
