package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try of a Task state. */
final class Attempt {

    private final Strand strand;
    private final TaskResource resource;
    private @Nullable String token;
    private Instant lastSign;
    private @Nullable Execution child;

    Attempt(Strand strand, TaskResource resource, Instant startedAt) {
        this.strand = strand;
        this.resource = resource;
        this.lastSign = startedAt;
    }

    Strand strand() {
        return strand;
    }

    TaskResource resource() {
        return resource;
    }

    /** The task token; null unless the task waits for it. */
    @Nullable
    String token() {
        return token;
    }

    void token(String newToken) {
        token = newToken;
    }

    /** Whether it has not ended. */
    boolean open() {
        return strand.alive() && strand.here().attempt() == this;
    }

    /** When it started, or its last heartbeat. */
    Instant lastSign() {
        return lastSign;
    }

    void heartbeat(Instant now) {
        lastSign = now;
    }

    /** The execution that it started and whose end it waits for; null: none. */
    @Nullable
    Execution child() {
        return child;
    }

    void child(Execution execution) {
        child = execution;
    }
}
