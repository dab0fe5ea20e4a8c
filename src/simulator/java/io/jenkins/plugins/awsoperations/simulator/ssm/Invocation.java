package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A command on one node, as AWS sees it. */
final class Invocation {

    // API reference, GetCommandInvocation: -1 until there is a response.
    private static final int NO_RESPONSE = -1;

    private final SentCommand command;
    private final String instanceId;
    private InvocationStatus status = InvocationStatus.PENDING;
    private String details = InvocationStatus.PENDING.wireName();
    private int responseCode = NO_RESPONSE;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private String stdout = "";
    private String stderr = "";
    private @Nullable Execution execution;

    Invocation(SentCommand command, String instanceId) {
        this.command = command;
        this.instanceId = instanceId;
    }

    SentCommand command() {
        return command;
    }

    String instanceId() {
        return instanceId;
    }

    InvocationStatus status() {
        return status;
    }

    String details() {
        return details;
    }

    int responseCode() {
        return responseCode;
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    String stdout() {
        return stdout;
    }

    String stderr() {
        return stderr;
    }

    /** What the node does about it; null when it has not begun. */
    @Nullable
    Execution execution() {
        return execution;
    }

    boolean isWaiting() {
        return status == InvocationStatus.PENDING || status == InvocationStatus.DELAYED;
    }

    void enter(InvocationStatus next) {
        status = next;
        details = next.wireName();
    }

    void start(Execution begun, Instant at) {
        execution = begun;
        startedAt = at;
        enter(InvocationStatus.IN_PROGRESS);
    }

    /** It ends without a word from the node. */
    void endUnheard(String how) {
        status = InvocationStatus.ofDetails(how);
        details = how;
    }

    /** It ends as the node reports it. */
    void report(String how, int exitCode, Instant at, String out, String err) {
        status = InvocationStatus.ofDetails(how);
        details = how;
        responseCode = exitCode;
        endedAt = at;
        stdout = out;
        stderr = err;
    }
}
