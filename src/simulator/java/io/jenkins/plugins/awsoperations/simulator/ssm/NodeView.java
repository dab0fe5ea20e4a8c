package io.jenkins.plugins.awsoperations.simulator.ssm;

import org.jspecify.annotations.Nullable;

/**
 * A node as it is.
 *
 * @param instanceId id of the instance
 * @param agent what its agent is up to: {@code online}, {@code connectionLost}, {@code stale} or {@code absent}
 * @param pingStatus what DescribeInstanceInformation says; null when it does not show the node
 * @param platform platform type, for example {@code Linux}
 */
public record NodeView(
        String instanceId, String agent, @Nullable String pingStatus, String platform) {}
