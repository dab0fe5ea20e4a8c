package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsConsole;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run of {@code awaitStateMachine} knows. What is handed out is never changed again: a poll works on a
 * copy.
 */
public final class ExecutionState implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where the run stands. */
    enum Phase {
        /** Finds out what is meant, and whether it can be waited for. */
        RESOLVING,
        /** Continues the execution that the run before has left failed, if that is possible. */
        REDRIVING,
        /** Starts the execution, or finds out whether it was started. */
        STARTING,
        /** Waits for its end. */
        FOLLOWING,
        /** Its time is over: asks AWS to stop it. */
        TIMING_OUT
    }

    final ExecutionRequest request;
    final RunIdentity run;
    Phase phase = Phase.RESOLVING;

    @Nullable
    Instant startedAt;

    Instant notBefore = Instant.EPOCH;
    int setbacks;
    String accountId = "";
    String partition = "aws";
    String region = "";

    /** The state machine without version and alias, once it is known. */
    @Nullable
    String machineArn;

    /** What to start: the same, with version or alias. */
    @Nullable
    String startArn;

    /** The execution's name, once it is known. */
    @Nullable
    String name;

    /** Set before the execution is started; when there is no ARN, it may or may not have been. */
    @Nullable
    Instant startIntendedAt;

    /** Set before the execution of the run before is redriven. */
    @Nullable
    Instant redriveIntendedAt;

    /** When AWS did not redrive it although it had said that it can. */
    @Nullable
    Instant redriveRefusedAt;

    int redrivesBefore;

    /** How often the execution was redriven, this run included. */
    int redriveCount;

    /** Why nothing was redriven, although that was asked for. */
    @Nullable
    String whyNotRedriven;

    @Nullable
    String executionArn;

    /** When AWS accepted it, or when the run began to follow it. */
    @Nullable
    Instant followedSince;

    /** When AWS says that it began. */
    @Nullable
    Instant executionStartedAt;

    /** Whether AWS has told anything of the execution. */
    boolean seen;

    int polls;

    /** When AWS was last asked for this execution alone. */
    @Nullable
    Instant askedAt;

    /** Whether the last poll found it on a list of what runs. */
    boolean listed;

    /** Whether a list has ever shown it. */
    boolean wasListed;

    /** When its end was first seen; the rest of its history is waited for a little. */
    @Nullable
    Instant endSeenAt;

    HistoryState history = new HistoryState();

    @Nullable
    String cancelReason;

    /** When stopping began, by an abort or by the timeout. */
    @Nullable
    Instant stoppingSince;

    boolean stopSent;

    private ExecutionState(ExecutionRequest request, RunIdentity run) {
        this.request = request;
        this.run = run;
    }

    /** The state before the first poll. */
    public static ExecutionState begin(ExecutionRequest request, RunIdentity run) {
        return new ExecutionState(request, run);
    }

    /** Whether it is still to be said which execution goes on: that is asked for, and nothing was polled yet. */
    public boolean isToRedrive() {
        return request.redrive() && startedAt == null;
    }

    /**
     * The state before the first poll with what the run before has left.
     *
     * @param previousExecutionArn the execution that is to go on, or null when there is none
     */
    public ExecutionState after(@Nullable String previousExecutionArn) {
        return begin(request.after(previousExecutionArn), run);
    }

    /** What was asked for. */
    public ExecutionRequest request() {
        return request;
    }

    /** Unique for the run. */
    public String token() {
        return run.token();
    }

    /** When the first poll was. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** The AWS account's number, or an empty text before AWS said it. */
    public String accountId() {
        return accountId;
    }

    /** The execution, or null before AWS accepted it. */
    public @Nullable String executionArn() {
        return executionArn;
    }

    /** The state machine's ARN without version and alias, or null before it is known. */
    public @Nullable String stateMachineArn() {
        return machineArn;
    }

    /** The execution's name, or null before it is known. */
    public @Nullable String executionName() {
        return name;
    }

    /** The state machine's name, or what was given in its place. */
    public String title() {
        if (machineArn != null) {
            return machineArn.substring(machineArn.lastIndexOf(':') + 1);
        }
        return request.stateMachine() == null ? String.valueOf(request.executionArn()) : request.stateMachine();
    }

    /** What there is in AWS of what was begun, for who ends the run without asking AWS; null for nothing. */
    public @Nullable String whatStays() {
        if (executionArn != null) {
            return "execution " + executionArn + ", which may still run";
        }
        if (startIntendedAt != null) {
            return "perhaps the execution '" + name + "' of " + title();
        }
        return redriveIntendedAt == null
                ? null
                : "perhaps execution " + request.previousExecutionArn() + ", which goes on";
    }

    /** The execution's page in the AWS console, or null before there is one. */
    public @Nullable String consoleUrl() {
        return executionArn == null ? null : AwsConsole.execution(region, executionArn);
    }

    /** Whether the execution's name is one that only this run makes. */
    boolean hasNameOfItsOwn() {
        return request.executionName() == null;
    }

    /** When the request's timeout is over; far away without one. */
    Instant deadline() {
        Duration timeout = request.timeout();
        Instant since = followedSince == null ? startedAt : followedSince;
        return timeout == null || since == null ? Instant.MAX : since.plus(timeout);
    }

    /** Whether AWS says that the execution is over; what it says of the time before a redrive counts no more. */
    boolean isOver(Ending ending) {
        return ending.isOver() && ending.redriveCount() >= redriveCount;
    }

    ExecutionState copy() {
        ExecutionState copy = new ExecutionState(request, run);
        copy.phase = phase;
        copy.startedAt = startedAt;
        copy.notBefore = notBefore;
        copy.setbacks = setbacks;
        copy.accountId = accountId;
        copy.partition = partition;
        copy.region = region;
        copy.machineArn = machineArn;
        copy.startArn = startArn;
        copy.name = name;
        copy.startIntendedAt = startIntendedAt;
        copy.redriveIntendedAt = redriveIntendedAt;
        copy.redriveRefusedAt = redriveRefusedAt;
        copy.redrivesBefore = redrivesBefore;
        copy.redriveCount = redriveCount;
        copy.whyNotRedriven = whyNotRedriven;
        copy.executionArn = executionArn;
        copy.followedSince = followedSince;
        copy.executionStartedAt = executionStartedAt;
        copy.seen = seen;
        copy.polls = polls;
        copy.askedAt = askedAt;
        copy.listed = listed;
        copy.wasListed = wasListed;
        copy.endSeenAt = endSeenAt;
        copy.history = history.copy();
        copy.cancelReason = cancelReason;
        copy.stoppingSince = stoppingSince;
        copy.stopSent = stopSent;
        return copy;
    }
}
