package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A start of a script that may still be running. */
final class RunRecord {

    private NodeRun run;

    RunRecord(SentCommand command, String instanceId, Instant startedAt) {
        this.run = new NodeRun(command.id(), instanceId, command.comment(), startedAt, null, null);
    }

    void end(Instant endedAt, @Nullable Integer exitCode) {
        run = new NodeRun(run.commandId(), run.instanceId(), run.comment(), run.startedAt(), endedAt, exitCode);
    }

    NodeRun view() {
        return run;
    }
}
