package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * How a step ends: who stopped it, and who is told that it failed before it ends. Kept with the step, because both may take longer than
 * the controller lives.
 */
final class StepEnding implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How long a stopped step waits for AWS before it ends all the same. */
    static final Duration STOP_GRACE = Duration.ofSeconds(60);

    private final AccountChoice account;
    /** Whom to tell, or null. */
    private final String alertChannel;
    /** What the step ends with when it was stopped. */
    private volatile Throwable causeOfStoppage;

    private volatile boolean stoppedByPerson;
    /** Whether the step had failed before it was stopped: then only the log can tell why. */
    private volatile boolean stoppedAfterFailure;
    /** Once the operation has failed: what is to be told before the step ends. */
    private volatile StepAlert alert;

    StepEnding(AccountChoice account, @CheckForNull String alertChannel) {
        this.account = account;
        this.alertChannel = alertChannel;
    }

    @CheckForNull
    String alertChannel() {
        return alertChannel;
    }

    /**
     * Notes that the step is to end.
     *
     * @return whether it was to end before
     */
    synchronized boolean stop(Throwable cause) {
        boolean again = causeOfStoppage != null;
        if (!again) {
            causeOfStoppage = cause;
        }
        stoppedByPerson |= StopCause.isPerson(cause);
        StepAlert telling = alert;
        if (telling != null) {
            hurry(telling, again);
        }
        return again;
    }

    boolean isStopped() {
        return causeOfStoppage != null;
    }

    /** Why it was stopped. */
    @NonNull
    String stopReason() {
        return StopCause.reason(causeOfStoppage);
    }

    /** Whether the operation has failed, and somebody is being told. */
    boolean isTelling() {
        return alert != null;
    }

    /** Ends the step: it did what it should, unless it was stopped. */
    void succeed(StepContext context, @CheckForNull Object value) {
        if (isStopped()) {
            context.onFailure(causeOfStoppage);
        } else {
            context.onSuccess(value);
        }
    }

    /** Ends the step, once those who are to know that it failed have been told. */
    void fail(StepContext context, OperationLog log, Throwable failure) {
        StepAlert next = alertChannel == null || stoppedByPerson ? null : alert(context, log, failure);
        if (next != null && isToBeTold(next)) {
            tell(next, context, log);
        } else {
            end(context, failure);
        }
    }

    /** Who stops the step from here on, stops the alert. */
    private synchronized boolean isToBeTold(StepAlert next) {
        if (stoppedByPerson) {
            return false;
        }
        alert = next;
        return true;
    }

    /** Goes on to tell, after a restart. */
    void resume(StepContext context, OperationLog log) {
        if (stoppedByPerson) {
            alert.stop(stopReason());
        }
        tell(alert, context, log);
    }

    @CheckForNull
    private StepAlert alert(StepContext context, OperationLog log, Throwable failure) {
        try {
            return StepAlert.of(context, account, alertChannel, failure);
        } catch (OperationException | IOException e) {
            log.line(StepAlert.notSent(alertChannel, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void tell(StepAlert telling, StepContext context, OperationLog log) {
        telling.send(context, log, () -> {
            if (stoppedAfterFailure) {
                log.line("failed before it was stopped: " + telling.failure().getMessage());
            }
            end(context, telling.failure());
        });
    }

    /** A person does not wait for the alert; others do for a while. */
    private void hurry(StepAlert telling, boolean again) {
        stoppedAfterFailure |= !again;
        if (again || stoppedByPerson) {
            telling.stop(stopReason());
        } else {
            Timer.get().schedule(() -> telling.stop(stopReason()), STOP_GRACE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void end(StepContext context, Throwable failure) {
        context.onFailure(isStopped() ? causeOfStoppage : failure);
    }
}
