package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.Timeline;
import io.jenkins.plugins.awsoperations.simulator.ec2.Hosts;
import java.time.Instant;

/**
 * Brings commands to nodes, and gives up when it is time: "Understanding command statuses" of the user guide. Guarded by
 * the simulator's lock.
 */
final class Delivery implements Hosts.Watcher {

    private static final String DELIVERY_TIMED_OUT = "DeliveryTimedOut";

    private final SsmStore store;
    private final Nodes nodes;
    private final SimulatorParts parts;
    private final Timeline timeline;
    private final Execution.Surroundings surroundings;

    Delivery(Execution.Surroundings surroundings) {
        this.store = surroundings.store();
        this.nodes = surroundings.nodes();
        this.parts = surroundings.parts();
        this.timeline = parts.timeline();
        this.surroundings = surroundings;
    }

    void send(Invocation invocation, Instant now) {
        NodeAgent agent = nodes.agent(invocation.instanceId());
        SentCommand command = invocation.command();
        timeline.at(now.plus(agent.pickupDelay()), then -> pickUp(invocation, then));
        timeline.at(now.plus(parts.settings().commands().delayedAfter()), then -> {
            if (invocation.status() == InvocationStatus.PENDING) {
                invocation.enter(InvocationStatus.DELAYED);
            }
        });
        timeline.at(command.deliveryEnds(), then -> {
            if (invocation.isWaiting()) {
                endUnheard(invocation, DELIVERY_TIMED_OUT);
            }
        });
        timeline.at(command.expiresAt(), then -> {
            if (!invocation.status().terminal()) {
                endUnheard(invocation, DELIVERY_TIMED_OUT);
            }
        });
    }

    /** A command ends although no node has said so. */
    void endUnheard(Invocation invocation, String details) {
        invocation.endUnheard(details);
        Execution execution = invocation.execution();
        if (execution == null || execution.isOver()) {
            store.close(invocation);
        }
    }

    /** What runs is killed once the agent hears of it; "there is no guarantee" (API reference, CancelCommand). */
    void cancel(Invocation invocation, Instant now) {
        Execution execution = invocation.execution();
        if (invocation.isWaiting()) {
            endUnheard(invocation, InvocationStatus.CANCELLED.wireName());
        } else if (invocation.status() == InvocationStatus.IN_PROGRESS && execution != null) {
            invocation.enter(InvocationStatus.CANCELLING);
            NodeAgent agent = nodes.agent(invocation.instanceId());
            timeline.at(now.plus(agent.pickupDelay()), execution::cancel);
        }
    }

    private void pickUp(Invocation invocation, Instant now) {
        NodeAgent agent = nodes.agent(invocation.instanceId());
        if (!invocation.isWaiting() || !nodes.takesCommands(agent, now)) {
            return;
        }
        if (!invocation.command().document().platforms().contains(agent.platform())) {
            endUnheard(invocation, "InvalidPlatform");
            return;
        }
        new Execution(invocation, agent, surroundings).begin(now);
    }

    /** The agent may have something to do: pick up what waits for it, report what it could not report. */
    void wake(NodeAgent agent, Instant now) {
        for (Invocation invocation : store.open(agent.instanceId())) {
            Execution execution = invocation.execution();
            if (execution != null) {
                execution.wake(now);
            } else {
                timeline.at(now.plus(agent.pickupDelay()), then -> pickUp(invocation, then));
            }
        }
    }

    @Override
    public void goesDown(String instanceId, Instant now) {
        for (Invocation invocation : store.open(instanceId)) {
            Execution execution = invocation.execution();
            if (execution != null) {
                execution.nodeGoesDown(now);
            }
        }
    }

    @Override
    public void comesUp(String instanceId, Instant at) {
        if (at.isBefore(Instant.MAX)) {
            timeline.at(at, now -> wake(nodes.agent(instanceId), now));
        }
    }
}
