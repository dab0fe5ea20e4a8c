package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One start of a script on a node: what really happened, whatever AWS says about it.
 *
 * @param commandId id of the command
 * @param instanceId the node
 * @param comment the comment of SendCommand; empty when it had none
 * @param startedAt when it started
 * @param endedAt when it ended; null while it runs
 * @param exitCode its exit code, 137 when the agent killed it; null while it runs, and when the node went down under it
 */
public record NodeRun(
        String commandId,
        String instanceId,
        String comment,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode) {}
