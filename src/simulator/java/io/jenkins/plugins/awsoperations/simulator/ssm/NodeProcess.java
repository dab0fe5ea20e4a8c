package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.time.Instant;

/** A script that runs on a node. */
interface NodeProcess {

    /** Kills it with all that it started; its {@link Exit} is told, now or soon. */
    void kill(Instant now);

    /** Kills it as the node's power switch does: nobody is told. */
    void vanish();

    /** Is told when a process has ended. */
    @FunctionalInterface
    interface Exit {

        void exited(int exitCode, Instant now);
    }

    /** Starts processes. */
    @FunctionalInterface
    interface Starter {

        NodeProcess start(NodeCommand command, NodeOutput out, NodeOutput err, Instant now, Exit exit);
    }
}
