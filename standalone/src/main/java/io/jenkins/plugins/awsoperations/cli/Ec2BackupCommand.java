package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupResult;
import io.jenkins.plugins.awsoperations.backup.BackupState;
import io.jenkins.plugins.awsoperations.backup.Ec2Backup;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.operation.TicketQueueAccess;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ec2-backup}: one run of the backup, in this process. */
@Command(
        name = "ec2-backup",
        description = {
            "Makes images of EC2 instances, waits for them and deletes older ones.",
            "Two runs against one instance at the same time both succeed. Ctrl-C tells what stays in AWS."
        })
final class Ec2BackupCommand implements Callable<Integer> {

    @Mixin
    AccountOptions account = new AccountOptions();

    @Mixin
    BackupOptions backup = new BackupOptions();

    @Option(
            names = "--job",
            paramLabel = "NAME",
            defaultValue = "command-line",
            description =
                    "Whose run it is, for tags, description and the role's session name. Default: ${DEFAULT-VALUE}.")
    String job = "";

    @Option(names = "--build", paramLabel = "ID", description = "The run's number, for tags. Default: the process id.")
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
            BackupRequest request = backup.request();
            AwsAccount target = account.account(job + "-" + build);
            return run(console, request, target);
        } catch (OperationException e) {
            console.endProgress();
            if (output == OutputFormat.JSON) {
                Map<String, Object> done = e.result() instanceof BackupResult partial ? partial.toMap() : Map.of();
                FailureJson.print(spec.commandLine().getOut(), FailureJson.of(done, e.failure()));
            }
            spec.commandLine()
                    .getErr()
                    .println(e.failure().kind() + ": " + e.failure().describe());
            if (e.failure().kind() == FailureKind.BUG) {
                e.printStackTrace(spec.commandLine().getErr());
            }
            spec.commandLine().getErr().flush();
            return AwsOperations.exitCode(e.failure().kind());
        }
    }

    private int run(Console console, BackupRequest request, AwsAccount target) throws IOException {
        try (AwsConnections connections = new AwsConnections(Clock.systemUTC())) {
            Ec2Backup operation = new Ec2Backup(connections.connect(target), new TicketQueueAccess());
            BackupState state = operation.begin(request, RunIdentity.create(job, build));
            Conversation<BackupState, BackupResult> conversation = new Conversation<>(
                    operation, state, Clock.systemUTC(), console.log().prefixed(), StateStore.none());
            BackupResult result = new BlockingRunner().run(conversation, console::progress);
            console.endProgress();
            if (output == OutputFormat.JSON) {
                FailureJson.print(spec.commandLine().getOut(), result.toMap());
            }
            String unstable = result.unstableReason();
            if (unstable != null) {
                spec.commandLine().getErr().println("UNSTABLE: " + unstable);
            }
            return 0;
        }
    }
}
