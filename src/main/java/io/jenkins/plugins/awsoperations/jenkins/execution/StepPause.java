package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** Marks a step's node as waiting, so that stage views count the time as a pause. */
final class StepPause {

    private StepPause() {}

    /**
     * @param cause what it waits for, or null when it goes on
     * @return whether the node is now marked
     */
    static boolean show(FlowNode node, @CheckForNull String cause) throws IOException {
        boolean marked = PauseAction.isPaused(node);
        if (cause != null && !marked) {
            node.addAction(new PauseAction(cause));
        } else if (cause == null && marked) {
            PauseAction.endCurrentPause(node);
        }
        return cause != null;
    }
}
