package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.Timeline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Starts commands on nodes: by the node's script, for real, or with nothing to show for it. */
final class NodeStarter {

    private final Timeline timeline;
    private final @Nullable ShellRunner shell;

    /** A starter of processes; {@code shell} is null when nothing is run for real. */
    NodeStarter(Timeline timeline, @Nullable ShellRunner shell) {
        this.timeline = timeline;
        this.shell = shell;
    }

    /** Whether a node runs its commands on this machine. A Windows node cannot. */
    boolean runsForReal(NodeAgent agent) {
        return shell != null && agent.script() == null && !agent.platform().equals("Windows");
    }

    /** The file that takes one of the two streams of a command that runs for real. */
    NodeOutput file(Invocation invocation, String stream) {
        if (shell == null) {
            throw new IllegalStateException("nothing runs for real");
        }
        return shell.output(invocation.command().id(), invocation.instanceId(), stream);
    }

    NodeProcess start(
            NodeCommand command, NodeAgent agent, NodeOutput out, NodeOutput err, Instant now, NodeProcess.Exit exit) {
        NodeScript script = agent.script();
        if (script == null && shell != null && out instanceof FileOutput stdout && err instanceof FileOutput stderr) {
            return shell.start(command, stdout, stderr, now, exit);
        }
        NodeOutcome outcome = script == null ? NodeOutcome.exit(0) : script.run(command);
        return ScriptedProcess.start(outcome, timeline, out, err, now, exit);
    }
}
