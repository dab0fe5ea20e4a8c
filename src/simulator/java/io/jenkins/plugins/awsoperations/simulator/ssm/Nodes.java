package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.ec2.Hosts;
import io.jenkins.plugins.awsoperations.simulator.ec2.Hosts.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes: the instances of EC2 with their agents. Guarded by the simulator's lock. */
final class Nodes {

    private final Hosts hosts;
    private final SimulatorParts parts;
    private final Map<String, NodeAgent> agents = new HashMap<>();
    private NodeAgent.@Nullable Wake wake;

    Nodes(Hosts hosts, SimulatorParts parts) {
        this.hosts = hosts;
        this.parts = parts;
    }

    /** Who is told when an agent may have something to do. */
    void wake(NodeAgent.Wake value) {
        this.wake = value;
    }

    Hosts hosts() {
        return hosts;
    }

    /** The agent of an instance, which may be gone. */
    NodeAgent agent(String instanceId) {
        return agents.computeIfAbsent(
                instanceId,
                id -> new NodeAgent(
                        id, hosts.isWindows(id) ? "Windows" : "Linux", parts, Objects.requireNonNull(wake)));
    }

    /** All agents, whether or not Systems Manager can see them, in the order of the instances. */
    List<NodeAgent> all() {
        return hosts.ids().stream().map(this::agent).toList();
    }

    /**
     * Whether SendCommand takes an instance (API reference, InvalidInstanceId: no agent, Shutting-down or Terminated; a
     * stopped one is valid).
     */
    boolean isValid(String instanceId, Instant now) {
        return hosts.state(instanceId, now) != State.GONE && agent(instanceId).mode() != NodeAgent.Mode.ABSENT;
    }

    /** PingStatus; null when DescribeInstanceInformation does not show the node. */
    @Nullable
    String pingStatus(NodeAgent agent, Instant now) {
        State state = hosts.state(agent.instanceId(), now);
        if (agent.mode() == NodeAgent.Mode.ABSENT || state == State.GONE || state == State.STOPPED) {
            return null;
        }
        return reaches(agent, now) ? "Online" : "ConnectionLost";
    }

    /** Whether the agent reaches AWS. */
    boolean reaches(NodeAgent agent, Instant now) {
        return isUp(agent, now) && (agent.mode() == NodeAgent.Mode.ONLINE || agent.mode() == NodeAgent.Mode.STALE);
    }

    /** Whether the agent takes commands. */
    boolean takesCommands(NodeAgent agent, Instant now) {
        return isUp(agent, now) && agent.mode() == NodeAgent.Mode.ONLINE;
    }

    /** Whether anything runs on the node. */
    boolean isUp(NodeAgent agent, Instant now) {
        return hosts.state(agent.instanceId(), now) == State.UP;
    }
}
