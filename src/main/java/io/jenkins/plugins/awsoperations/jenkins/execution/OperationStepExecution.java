package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Functions;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.jenkins.lock.BuildLocks;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.AbstractStepExecutionImpl;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A Pipeline step that carries out an operation: durable, and without a thread of its own. It keeps names, ids and the
 * operation's state; whatever else it needs is made anew when the controller comes back.
 *
 * @param <S> the operation's state
 * @param <R> the operation's result
 */
public abstract class OperationStepExecution<S extends Serializable, R extends Serializable>
        extends AbstractStepExecutionImpl {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(OperationStepExecution.class.getName());

    /** Which account: names, no secrets. */
    private final AccountChoice account;
    /** What AWS and the locks know the step by. */
    private final RunIdentity identity;
    /** Who stopped it, and who is told when it has failed. */
    private final StepEnding ending;
    /** All that is known of the operation. Replaced whole by each poll and never changed, because it is written at any time. */
    private volatile S state;
    /** Whether the state has what is known of earlier builds, and of what failed. */
    private volatile boolean informed;

    private transient volatile Conversation<S, R> conversation;
    private transient volatile BuildLocks locks;
    private transient volatile OperationLog buildLog;
    /** Not set in an execution that was read back, even before it is told that it goes on. */
    private transient volatile boolean startedHere;

    private transient volatile boolean ended;
    private transient volatile Boolean paused;

    protected OperationStepExecution(StepContext context, Beginning<S> beginning) {
        super(context);
        this.account = beginning.account();
        this.identity = beginning.identity();
        this.ending = new StepEnding(account, beginning.alertChannel());
        this.state = beginning.state();
    }

    /** The kind of operation. */
    protected abstract StepOperation<S, R> operation();

    @Override
    public final boolean start() {
        startedHere = true;
        drive();
        return false;
    }

    @Override
    public final void onResume() {
        super.onResume();
        drive();
    }

    private void drive() {
        OperationsRuntime runtime = OperationsRuntime.get();
        try {
            runtime.workers(account).execute(ending.isTelling() ? this::tellOn : this::converse);
        } catch (RejectedExecutionException e) {
            if (!runtime.isStopping()) {
                throw e;
            }
            LOGGER.log(Level.FINE, e, () -> identity + " begins when the controller is back");
        }
    }

    /** The operation has failed, and the controller was restarted while somebody was told. */
    private void tellOn() {
        endOnce();
        ending.resume(getContext(), BuildLog.of(getContext()));
    }

    private void converse() {
        OperationsRuntime runtime = OperationsRuntime.get();
        try {
            Run<?, ?> run = getContext().get(Run.class);
            locks = new BuildLocks(runtime.locks(), run, this::isInsideOfLock);
            OperationLog log = BuildLog.of(getContext().get(TaskListener.class));
            buildLog = log;
            if (!informed) {
                state = operation().informed(new Beginning<>(account, identity, ending.alertChannel(), state), run);
                informed = true;
            }
            AwsConnection aws = runtime.connections().connect(account.resolve(run));
            Conversation<S, R> talk = new Conversation<>(
                    new WhileWanted<>(operation().in(aws, locks), this::isWanted),
                    state,
                    runtime.clock(),
                    log,
                    new Store(),
                    Redaction.around(getContext()));
            conversation = talk;
            if (ending.isStopped()) {
                talk.cancel(ending.stopReason());
                endInAWhile();
            }
            runtime.loop(account).start(talk).whenComplete(this::ended);
        } catch (OperationException e) {
            ended(null, e);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "the build of " + identity + " is gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            ended(null, e);
        }
    }

    @Override
    public final void stop(@NonNull Throwable cause) {
        boolean again = ending.stop(cause);
        if (ending.isTelling()) {
            return;
        }
        Conversation<S, R> talk = conversation;
        if (again || talk == null && startedHere) {
            OperationsRuntime.get().ends().execute(this::endUnheard);
            return;
        }
        // Without a conversation yet, after a restart: the one that is about to begin knows what was begun in AWS.
        if (talk != null) {
            talk.cancel(ending.stopReason());
        }
        endInAWhile();
    }

    private void endInAWhile() {
        Timer.get().schedule(this::stopWaiting, StepEnding.STOP_GRACE.toSeconds(), TimeUnit.SECONDS);
    }

    private void stopWaiting() {
        OperationsRuntime runtime = OperationsRuntime.get();
        if (!runtime.isStopping() && !ended) {
            runtime.ends().execute(this::endUnheard);
        }
    }

    /** Ends a stopped step that AWS keeps waiting, that is stopped a second time, or that has not begun to talk to AWS. */
    private void endUnheard() {
        if (!endOnce()) {
            return;
        }
        boolean begun = conversation != null || !startedHere;
        String stays = begun ? operation().whatStays(state) : null;
        OperationFailure failure = OperationFailure.of(
                FailureKind.CANCELLED,
                "stopped (" + ending.stopReason() + ") without an answer of AWS; "
                        + (stays == null ? "nothing is known to be begun in AWS" : "in AWS stays: " + stays),
                "Look in the AWS console at what this log names.");
        if (begun) {
            log(failure.describe());
            record(null, failure, null);
        }
        giveBack();
        goOn();
        ending.fail(getContext(), log(), new AwsOperationException(failure, null));
    }

    @Override
    public final String getStatus() {
        Conversation<S, R> talk = conversation;
        if (ending.isTelling()) {
            return "failed; sends the alert";
        }
        return talk == null ? "connecting to AWS" : talk.status();
    }

    /** Whether the build still waits for this step. */
    private boolean isWanted() {
        return !ended && PlaceInBuild.isWaitedFor(getContext());
    }

    private boolean isInsideOfLock() {
        return PlaceInBuild.isInsideOfLock(getContext());
    }

    private void ended(@CheckForNull R result, @CheckForNull Throwable thrown) {
        Throwable error = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (WhileWanted.isNotWanted(error)) {
            endOnce();
            LOGGER.log(Level.FINE, "{0} ended from outside", identity);
            giveBack();
            return;
        }
        if (error != null
                && !(error instanceof OperationException)
                && OperationsRuntime.get().isStopping()) {
            LOGGER.log(Level.FINE, error, () -> identity + " is put down until the controller is back");
            return;
        }
        if (!endOnce()) {
            return;
        }
        giveBack();
        goOn();
        Throwable failure = error;
        Object value = null;
        try {
            if (error == null) {
                value = succeeded(result);
            } else if (error instanceof OperationException e) {
                failure = failed(e);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        }
        if (failure == null) {
            ending.succeed(getContext(), value);
        } else {
            ending.fail(getContext(), log(), failure);
        }
    }

    private synchronized boolean endOnce() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    @CheckForNull
    private Object succeeded(R result) throws IOException, InterruptedException {
        String reason = operation().unstableReason(result);
        String unstable = reason == null ? null : LoggedText.of(reason, getContext());
        record(result, null, unstable);
        if (unstable != null && !ending.isStopped()) {
            log("UNSTABLE: " + unstable);
            getContext()
                    .get(FlowNode.class)
                    .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(unstable));
            getContext().get(Run.class).setResult(Result.UNSTABLE);
        }
        return operation().value(result);
    }

    @SuppressWarnings("unchecked")
    private AwsOperationException failed(OperationException e) throws IOException, InterruptedException {
        R result = (R) e.result();
        String stays = result == null ? operation().whatStays(state) : null;
        String message = e.failure().message() + (stays == null ? "" : "; in AWS stays: " + stays);
        // A command may have written a secret as its last words, and this is kept where nothing hides it.
        LoggedText logged = LoggedText.around(getContext());
        OperationFailure failure = logged.of(e.failure().withMessage(message));
        record(result, failure, null);
        if (ending.isStopped() && !operation().tellsWhyItFailed()) {
            log(failure.describe());
        }
        if (failure.kind() == FailureKind.BUG && e.getCause() != null) {
            Functions.printStackTrace(
                    e.getCause(), getContext().get(TaskListener.class).getLogger());
        }
        return new AwsOperationException(
                failure,
                result == null ? null : operation().details(result),
                operation().eventDetails(result).logged(logged));
    }

    /** Keeps with the build what was done. A build that cannot be written ends as it would have ended. */
    private void record(@CheckForNull R result, @CheckForNull OperationFailure failure, @CheckForNull String unstable) {
        try {
            operation().record(getContext().get(Run.class), new Outcome<>(account, state, result, failure, unstable));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot write what " + identity + " did to its build");
            log("this cannot be shown on the build's page: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing stays locked, whatever way the step ended; and whatever happens here, it ends. */
    private void giveBack() {
        try {
            BuildLocks held = locks;
            if (held == null) {
                held = new BuildLocks(
                        OperationsRuntime.get().locks(), getContext().get(Run.class), this::isInsideOfLock);
            }
            held.releaseAll(identity.token());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot unlock what " + identity + " has locked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The step does not wait any more. */
    private void goOn() {
        try {
            pause(null);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot tell that " + identity + " goes on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OperationLog log() {
        OperationLog log = buildLog;
        return log == null ? BuildLog.of(getContext()) : log;
    }

    private void log(String line) {
        log().line(line);
    }

    /** Tells the stage view what the step waits for, or that it goes on. */
    private void pause(@CheckForNull String cause) throws IOException, InterruptedException {
        if (paused != null && paused == (cause != null)) {
            return;
        }
        FlowNode node = getContext().get(FlowNode.class);
        if (node != null) {
            paused = StepPause.show(node, cause);
        }
    }

    /** Keeps the state in this execution, which is written with the Pipeline. */
    private final class Store implements StateStore<S> {

        @Override
        public void publish(S next) {
            state = next;
            try {
                pause(operation().pausedBy(next));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "cannot tell what " + identity + " waits for");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void save(S intent) {
            state = intent;
            SavedPipeline.save(getContext());
        }
    }
}
