package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An execution of a state machine. */
final class Execution {

    private final Identity identity;
    private final Document input;
    private final Instant startedAt;
    private final History history = new History();
    private final Strand root;
    private final Map<String, Instant> redriveTokens = new HashMap<>(0);
    private Standing standing;
    private @Nullable Attempt startedBy;

    Execution(Identity identity, Document input, Instant startedAt) {
        this.identity = identity;
        this.input = input;
        this.startedAt = startedAt;
        this.standing = Standing.started(startedAt);
        this.root = Strand.root(this, identity.revision().definition().flow());
    }

    /**
     * What an execution is called and what it executes.
     *
     * @param number counts all executions of the simulator
     * @param arn its ARN
     * @param name its name
     * @param machine the state machine
     * @param revision what the machine did when it was started
     * @param versionArn the version that was started; null: none
     * @param aliasArn the alias by which it was started; null: none
     */
    record Identity(
            int number,
            String arn,
            String name,
            StateMachine machine,
            Revision revision,
            @Nullable String versionArn,
            @Nullable String aliasArn) {}

    Identity identity() {
        return identity;
    }

    String arn() {
        return identity.arn();
    }

    String name() {
        return identity.name();
    }

    StateMachine machine() {
        return identity.machine();
    }

    Document input() {
        return input;
    }

    Instant startedAt() {
        return startedAt;
    }

    History history() {
        return history;
    }

    Strand root() {
        return root;
    }

    Standing standing() {
        return standing;
    }

    void standing(Standing newStanding) {
        standing = newStanding;
    }

    boolean running() {
        return standing.status() == ExecutionStatus.RUNNING;
    }

    /** When it ended; null while it runs. */
    @Nullable
    Instant stoppedAt() {
        return running() ? null : standing.since();
    }

    /** When redrives were asked for, by their client tokens. */
    Map<String, Instant> redriveTokens() {
        return redriveTokens;
    }

    /** The task that started this execution and waits for its end; null: none. */
    @Nullable
    Attempt startedBy() {
        return startedBy;
    }

    void startedBy(Attempt attempt) {
        startedBy = attempt;
    }

    ExecutionView view() {
        Standing.Ending ending = standing.ending();
        return new ExecutionView(
                arn(),
                name(),
                machine().arn(),
                standing.status().name(),
                input.text(),
                ending == null ? null : ending.output(),
                ending == null ? null : ending.error(),
                ending == null ? null : ending.cause(),
                startedAt,
                stoppedAt(),
                standing.redriveCount());
    }
}
