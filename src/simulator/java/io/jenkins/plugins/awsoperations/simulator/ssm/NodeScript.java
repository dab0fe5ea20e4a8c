package io.jenkins.plugins.awsoperations.simulator.ssm;

/** What a node does instead of running a command for real. */
@FunctionalInterface
public interface NodeScript {

    /**
     * Says what becomes of a command, at the moment at which the node starts it. Called while the simulator stands still:
     * it returns at once, and takes time only in the outcome.
     */
    NodeOutcome run(NodeCommand command);
}
