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
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.AbstractStepExecutionImpl;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
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

    /** Writing a Pipeline takes milliseconds; when it takes longer than this, nothing may be sent to AWS. */
    private static final Duration SAVE_TIMEOUT = Duration.ofSeconds(60);

    /** How long a stopped step waits for AWS before it ends all the same. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(60);

    /** Which account: names, no secrets. */
    private final AccountChoice account;
    /** What AWS and the locks know the step by. */
    private final RunIdentity identity;
    /** All that is known of the operation. Replaced whole by each poll and never changed, because it is written at any time. */
    private volatile S state;
    /** Why the step is to end early; kept, because stopping may take longer than the controller lives. */
    private volatile Throwable causeOfStoppage;

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
            runtime.workers(account).execute(this::converse);
        } catch (RejectedExecutionException e) {
            if (!runtime.isStopping()) {
                throw e;
            }
            LOGGER.log(Level.FINE, e, () -> identity + " begins when the controller is back");
        }
    }

    private void converse() {
        OperationsRuntime runtime = OperationsRuntime.get();
        try {
            Run<?, ?> run = getContext().get(Run.class);
            locks = new BuildLocks(runtime.locks(), run, this::isInsideOfLock);
            OperationLog log = BuildLog.of(getContext().get(TaskListener.class));
            buildLog = log;
            if (startedHere) {
                state = operation().informed(new Beginning<>(account, identity, state), run);
            }
            AwsConnection aws = runtime.connections().connect(account.resolve(run));
            Conversation<S, R> talk = new Conversation<>(
                    new WhileWanted<>(operation().in(aws, locks), this::isWanted),
                    state,
                    runtime.clock(),
                    log,
                    new Store());
            conversation = talk;
            Throwable cause = causeOfStoppage;
            if (cause != null) {
                talk.cancel(reason(cause));
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
        boolean again = causeOfStoppage != null;
        if (!again) {
            causeOfStoppage = cause;
        }
        Conversation<S, R> talk = conversation;
        if (again || talk == null && startedHere) {
            OperationsRuntime.get().ends().execute(this::endUnheard);
            return;
        }
        // Without a conversation yet, after a restart: the one that is about to begin knows what was begun in AWS.
        if (talk != null) {
            talk.cancel(reason(cause));
        }
        endInAWhile();
    }

    private void endInAWhile() {
        Timer.get().schedule(this::stopWaiting, STOP_GRACE.toSeconds(), TimeUnit.SECONDS);
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
        if (conversation != null || !startedHere) {
            String stays = operation().whatStays(state);
            OperationFailure failure = OperationFailure.of(
                    FailureKind.CANCELLED,
                    "stopped (" + reason(causeOfStoppage) + ") without an answer of AWS; "
                            + (stays == null ? "nothing is known to be begun in AWS" : "in AWS stays: " + stays),
                    "Look in the AWS console at what this log names.");
            log(failure.describe());
            record(null, failure, null);
        }
        giveBack();
        goOn();
        getContext().onFailure(causeOfStoppage);
    }

    @Override
    public final String getStatus() {
        Conversation<S, R> talk = conversation;
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
        if (error != null && error.getCause() instanceof WhileWanted.NotWantedException) {
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
        Throwable cause = causeOfStoppage;
        Throwable failure = cause == null ? error : cause;
        Object value = null;
        try {
            if (error == null) {
                value = succeeded(result);
            } else if (error instanceof OperationException e) {
                AwsOperationException told = failed(e);
                failure = cause == null ? told : cause;
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        }
        if (failure == null) {
            getContext().onSuccess(value);
        } else {
            getContext().onFailure(failure);
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
        if (unstable != null && causeOfStoppage == null) {
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
        OperationFailure failure = e.failure().withMessage(LoggedText.of(message, getContext()));
        record(result, failure, null);
        if (causeOfStoppage != null && !operation().tellsWhyItFailed()) {
            log(failure.describe());
        }
        if (failure.kind() == FailureKind.BUG && e.getCause() != null) {
            Functions.printStackTrace(
                    e.getCause(), getContext().get(TaskListener.class).getLogger());
        }
        return new AwsOperationException(
                failure, result == null ? null : operation().details(result));
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

    private void log(String line) {
        try {
            OperationLog log = buildLog;
            (log == null ? BuildLog.of(getContext().get(TaskListener.class)) : log).line(line);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "no log for: " + line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Throwable cause) {
        String causes = cause instanceof FlowInterruptedException interrupted
                ? interrupted.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .filter(text -> text != null && !text.isBlank())
                        .collect(Collectors.joining(", "))
                : cause.getMessage();
        return causes == null || causes.isBlank() ? "aborted" : causes;
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
            try {
                getContext().saveState().get(SAVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException("the build's state could not be written: " + e.getCause(), e);
            } catch (TimeoutException e) {
                throw new IllegalStateException(
                        "the build's state could not be written within " + SAVE_TIMEOUT.toSeconds() + " seconds", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the build's state was written", e);
            }
        }
    }
}
