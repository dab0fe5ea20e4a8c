package io.jenkins.plugins.awsoperations.fleet;

import org.jspecify.annotations.Nullable;

/**
 * A command that AWS says is in progress.
 *
 * @param commandId AWS's id
 * @param instanceId the worker
 * @param token the token of the run that sent it, or null when it was not sent by this product
 */
public record RunningCommand(
        String commandId, String instanceId, @Nullable String token) {}
