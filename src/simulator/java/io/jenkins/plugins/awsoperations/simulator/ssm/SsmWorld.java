package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.ec2.Hosts;
import io.jenkins.plugins.awsoperations.simulator.logs.LogsWorld;
import io.jenkins.plugins.awsoperations.simulator.s3.S3World;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The simulated Systems Manager from behind the scenes: the agents, and what really ran on the nodes. Every instance of
 * EC2 has an agent. Thread-safe.
 */
public final class SsmWorld implements AutoCloseable {

    private final SimulatorParts parts;
    private final SsmStore store;
    private final Nodes nodes;
    private final SsmService service;
    private final @Nullable ShellRunner shell;

    /**
     * A Systems Manager without commands.
     *
     * @param account where it is
     * @param hosts the instances
     * @param logs where output goes
     * @param s3 where output goes
     * @param real whether commands run on this machine unless a node has a script
     */
    public SsmWorld(Account account, Hosts hosts, LogsWorld logs, S3World s3, SimulatorParts parts, boolean real) {
        this.parts = parts;
        this.store = new SsmStore(parts.seed());
        this.nodes = new Nodes(hosts, parts);
        this.shell = real ? new ShellRunner(parts, account.region()) : null;
        Delivery delivery = new Delivery(
                new Execution.Surroundings(store, nodes, parts, logs, s3, new NodeStarter(parts.timeline(), shell)));
        nodes.wake(delivery::wake);
        hosts.watch(delivery);
        SsmContext context = new SsmContext(store, nodes, account);
        this.service = new SsmService(context, delivery, s3);
    }

    /** The API on this world. */
    public JsonService service() {
        return service;
    }

    /**
     * The agent on an instance.
     *
     * @throws NoSuchElementException when there is no such instance
     */
    public NodeAgent agent(String instanceId) {
        return parts.locked(now -> {
            if (!nodes.hosts().ids().contains(instanceId)) {
                throw new NoSuchElementException(instanceId + " does not exist in the simulator");
            }
            return nodes.agent(instanceId);
        });
    }

    /** Every start of a script on a node so far, whatever AWS says about it; oldest first. */
    public List<NodeRun> runs() {
        return parts.locked(now -> store.runs());
    }

    /** All nodes, in the order of the instances. */
    public List<NodeView> nodes() {
        return parts.locked(now -> nodes.all().stream()
                .map(agent -> new NodeView(
                        agent.instanceId(), agent.mode().text(), nodes.pingStatus(agent, now), agent.platform()))
                .toList());
    }

    /** All commands, oldest first. */
    public List<CommandView> commands() {
        return parts.locked(now -> store.commands().stream().map(SsmWorld::view).toList());
    }

    private static CommandView view(SentCommand command) {
        return new CommandView(
                command.id(),
                command.request().documentName(),
                command.comment(),
                command.sentAt(),
                command.invocations().stream()
                        .map(invocation -> new CommandView.OnNode(
                                invocation.instanceId(),
                                invocation.status().wireName(),
                                invocation.details(),
                                invocation.responseCode()))
                        .toList());
    }

    /**
     * Adds a document that takes any parameters.
     *
     * @param name its name
     * @param platformType {@code Windows}, {@code Linux} or {@code MacOS}
     */
    public void document(String name, String platformType) {
        parts.locked(now -> {
            store.add(SsmDocument.custom(name, platformType));
            return name;
        });
    }

    /** Ends everything, and kills what runs for real. */
    @Override
    public void close() {
        parts.locked(now -> {
            parts.timeline().end();
            return now;
        });
        if (shell != null) {
            shell.close();
        }
    }
}
