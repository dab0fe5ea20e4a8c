package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that runs one operation in this process: its log, its result as text or JSON, its exit code, and the alert when it
 * fails.
 *
 * @param <Q> the request
 * @param <S> the state
 * @param <R> the result
 */
@Command
abstract class OperationCommand<Q, S extends Serializable, R extends Serializable> implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    /** First, so that its options stand before a command's own in the help. */
    @Mixin
    AccountOptions account = new AccountOptions();

    abstract RunOptions run();

    /** @throws OperationException of kind CONFIGURATION when an option is wrong */
    abstract Q request();

    abstract Operation<Q, S, R> operation(AwsConnection aws);

    abstract Class<R> resultType();

    /** The result as {@code --output json} prints it. */
    abstract Map<String, Object> map(R result);

    /** Why the run is not quite a success, or null. */
    abstract @Nullable String unstableReason(R result);

    /** What an alert tells of the failure besides the failure itself. */
    abstract EventDetails eventDetails(@Nullable R result);

    /** Where the log goes to, unless the result is JSON. */
    PrintWriter logWriter() {
        return spec.commandLine().getOut();
    }

    OperationLog log(Console console) {
        return console.log();
    }

    /**
     * The exit code of a run that failed.
     *
     * @param interrupted whether by Ctrl-C
     */
    int exitCode(OperationException failed, @Nullable R result, boolean interrupted) {
        return AwsOperations.exitCode(failed.failure().kind());
    }

    final boolean isJson() {
        return run().output == OutputFormat.JSON;
    }

    @Override
    public final Integer call() throws IOException {
        PrintWriter writer = isJson() ? spec.commandLine().getErr() : logWriter();
        Console console = new Console(writer, System.console() != null && !isJson());
        try (InterruptOnExit interrupt = InterruptOnExit.install()) {
            return call(console, interrupt);
        }
    }

    private int call(Console console, InterruptOnExit interrupt) throws IOException {
        Q request;
        AwsAccount target;
        try {
            request = request();
            run().check();
            target = account.account(run().job + "-" + run().build);
        } catch (OperationException refused) {
            return failed(refused, interrupt);
        }
        try (AwsConnections connections = new AwsConnections(Clock.systemUTC())) {
            AwsConnection aws = connections.connect(target);
            try {
                OperationLog log = log(console).prefixed();
                return succeeded(operate(operation(aws), request, run().identity(), log, console));
            } catch (OperationException failed) {
                int code = failed(failed, interrupt);
                if (run().alertChannel != null && !interrupt.isRequested()) {
                    new Alert(aws, run(), console).send(failed.failure(), eventDetails(result(failed)));
                }
                return code;
            }
        }
    }

    /** Runs an operation to its end in this thread, and shows on the console how far it is. */
    static <Q, S extends Serializable, R extends Serializable> R operate(
            Operation<Q, S, R> operation, Q request, RunIdentity run, OperationLog log, Console console) {
        S state = operation.begin(request, run);
        Conversation<S, R> conversation =
                new Conversation<>(operation, state, Clock.systemUTC(), log, StateStore.none());
        try {
            return new BlockingRunner().run(conversation, console::progress);
        } finally {
            console.endProgress();
        }
    }

    private int succeeded(R result) throws IOException {
        if (isJson()) {
            FailureJson.print(spec.commandLine().getOut(), map(result));
        }
        String unstable = unstableReason(result);
        if (unstable != null) {
            spec.commandLine().getErr().println("UNSTABLE: " + unstable);
            spec.commandLine().getErr().flush();
        }
        return 0;
    }

    private int failed(OperationException e, InterruptOnExit interrupt) throws IOException {
        R result = result(e);
        if (isJson()) {
            FailureJson.print(
                    spec.commandLine().getOut(), FailureJson.of(result == null ? Map.of() : map(result), e.failure()));
        }
        AwsOperations.tell(e, spec.commandLine().getErr());
        return exitCode(e, result, interrupt.isRequested());
    }

    private @Nullable R result(OperationException e) {
        return resultType().isInstance(e.result()) ? resultType().cast(e.result()) : null;
    }
}
