package io.jenkins.plugins.awsoperations.jenkins.execution;

import hudson.model.Run;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Where a step stands in its build: whether it is waited for, and what is around it. */
final class PlaceInBuild {

    private static final Logger LOGGER = Logger.getLogger(PlaceInBuild.class.getName());

    private PlaceInBuild() {}

    /** Whether the build still waits for the step: it may have been killed, or the step been ended by force. */
    static boolean isWaitedFor(StepContext context) {
        try {
            Run<?, ?> run = context.get(Run.class);
            FlowNode node = context.get(FlowNode.class);
            return run != null && run.isBuilding() && node != null && node.isActive();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> context + " is gone");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether a lock step is around the step: the step would wait for what is given back only after it. */
    static boolean isInsideOfLock(StepContext context) {
        try {
            FlowNode node = context.get(FlowNode.class);
            return node != null && node.getEnclosingBlocks().stream().anyMatch(PlaceInBuild::isLockStep);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot see what is around " + context);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isLockStep(FlowNode block) {
        StepDescriptor descriptor = block instanceof StepNode step ? step.getDescriptor() : null;
        return descriptor != null && "lock".equals(descriptor.getFunctionName());
    }
}
