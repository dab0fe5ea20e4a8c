package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Functions;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.jenkins.lock.BuildLocks;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Function;

/** Carries out an operation while the build's executor waits: a build step. */
public final class BlockingOperation {

    private BlockingOperation() {}

    /**
     * Runs the operation to its end.
     *
     * @param begin the first state; throws an {@link OperationException} when a parameter is not valid
     * @throws AwsOperationException when it failed
     * @throws InterruptedException when the build was stopped; the log says what stays in AWS
     */
    public static <S extends Serializable, R extends Serializable> void run(
            Run<?, ?> run,
            TaskListener listener,
            AccountParameters parameters,
            StepOperation<S, R> operation,
            Function<RunIdentity, S> begin)
            throws IOException, InterruptedException {
        Beginning<S> beginning = Beginning.of(run, run.getEnvironment(listener), parameters, begin);
        AccountChoice account = beginning.account();
        OperationsRuntime runtime = OperationsRuntime.get();
        // What such a build has locked by other means, it keeps to its end.
        BuildLocks locks = new BuildLocks(runtime.locks(), run, () -> true);
        OperationLog log = BuildLog.of(listener);
        S first = operation.informed(beginning, run);
        Latest<S> latest = new Latest<>(first);
        try {
            AwsConnection aws = runtime.connections().connect(account.resolve(run));
            Operation<?, S, R> inAccount = operation.in(aws, locks);
            Conversation<S, R> conversation =
                    new Conversation<>(inAccount, first, runtime.clock(), log, latest, Redaction.in(run));
            R result = runtime.blockingRunner(account).run(conversation, status -> {});
            String unstable = operation.unstableReason(result);
            operation.record(run, new Outcome<>(account, latest.state, result, null, unstable));
            if (unstable != null) {
                log.line("UNSTABLE: " + unstable);
                run.setResult(Result.UNSTABLE);
            }
        } catch (OperationException e) {
            boolean interrupted = Thread.interrupted();
            AwsOperationException failure = failed(run, account, operation, latest.state, e);
            if (failure.failure().kind() == FailureKind.BUG && e.getCause() != null) {
                Functions.printStackTrace(e.getCause(), listener.getLogger());
            }
            locks.releaseAll(beginning.identity().token());
            interrupted |= BuildAlert.send(run, log, account, beginning.alertChannel(), failure);
            if (!interrupted) {
                throw failure;
            }
            if (!operation.tellsWhyItFailed()) {
                log.line(failure.failure().describe());
            }
            throw new InterruptedException(failure.failure().message());
        } finally {
            locks.releaseAll(beginning.identity().token());
        }
    }

    @SuppressWarnings("unchecked")
    private static <S extends Serializable, R extends Serializable> AwsOperationException failed(
            Run<?, ?> run, AccountChoice account, StepOperation<S, R> operation, S state, OperationException e)
            throws IOException, InterruptedException {
        @CheckForNull R result = (R) e.result();
        LoggedText logged = LoggedText.in(run);
        OperationFailure failure = logged.of(e.failure());
        operation.record(run, new Outcome<>(account, state, result, failure, null));
        AwsOperationException told = new AwsOperationException(
                failure,
                result == null ? null : operation.details(result),
                operation.eventDetails(result).logged(logged));
        OperationsRuntime.get().remember(run, told);
        return told;
    }

    /** A freestyle build ends with the controller: there is nothing to write the state for. */
    private static final class Latest<S extends Serializable> implements StateStore<S> {

        private volatile S state;

        Latest(S state) {
            this.state = state;
        }

        @Override
        public void publish(S next) {
            state = next;
        }

        @Override
        public void save(S intent) {
            state = intent;
        }
    }
}
