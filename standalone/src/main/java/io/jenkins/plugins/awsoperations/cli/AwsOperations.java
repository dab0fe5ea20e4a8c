package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code aws-operations}. Exit codes: 0 success, 1 failed, 2 bad input, 130 interrupted; further ones are told by their commands. */
@Command(
        name = "aws-operations",
        description = "Operates AWS accounts: the engine of the Jenkins plugin AWS Operations, without Jenkins.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = AwsOperations.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:failed", "2:bad input; nothing was done", "130:interrupted (Ctrl-C)"},
        subcommands = {
            DemoCommand.class,
            Ec2BackupCommand.class,
            RunOnTaggedInstanceCommand.class,
            AwaitStateMachineCommand.class,
            SendFailEventCommand.class,
            SimulateCommand.class,
            BenchCommand.class,
            GenerateCompletion.class
        })
public final class AwsOperations implements Runnable {

    /** EX_TEMPFAIL of sysexits.h: whoever calls may try again later. */
    static final int TRY_LATER = 75;

    @Spec
    CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        System.out.flush();
        System.err.flush();
        System.exit(exitCode);
    }

    /** The whole command line; for tests, which do not want the process to end. */
    public static CommandLine commandLine() {
        return new CommandLine(new AwsOperations())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(AwsOperations::tell);
    }

    private static int tell(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof OperationException failed) {
            tell(failed, command.getErr());
            return exitCode(failed.failure().kind());
        }
        e.printStackTrace(command.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What went wrong, on standard error; where in the program, when it is the program's fault. */
    static void tell(OperationException failed, PrintWriter err) {
        err.println(failed.failure().kind() + ": " + failed.failure().describe());
        if (failed.failure().kind() == FailureKind.BUG) {
            failed.printStackTrace(err);
        }
        err.flush();
    }

    static int exitCode(FailureKind kind) {
        return switch (kind) {
            case CONFIGURATION -> CommandLine.ExitCode.USAGE;
            case CANCELLED -> 130;
            default -> CommandLine.ExitCode.SOFTWARE;
        };
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    /** The version that the build wrote. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"aws-operations " + text()};
        }

        static String text() {
            Properties properties = new Properties();
            try (InputStream in = AwsOperations.class.getResourceAsStream("/aws-operations.properties")) {
                if (in == null) {
                    throw new IllegalStateException("the build wrote no aws-operations.properties");
                }
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties.getProperty("version");
        }
    }
}
