package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.TagsAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.AtomNode;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Looks in a Pipeline's graph for what failed last before a step, and in which stage. May read nodes from disk.
 *
 * <p>Only what really came before the step counts: not what goes on beside it in other branches.
 */
final class FailedStage {

    /** How Declarative Pipeline marks the stages that it makes itself, as that around the Pipeline's post section. */
    private static final String SYNTHETIC_STAGE = "SYNTHETIC_STAGE";

    private static final String POST = "POST";

    private FailedStage() {}

    /** What failed last before a step; when nothing did, what was last said to be wrong. */
    @NonNull
    static FoundFailure before(FlowNode step) {
        // What fails in the post section itself is not what the section is there to tell.
        Optional<FlowNode> post = step.getEnclosingBlocks().stream()
                .filter(block -> POST.equals(TagsAction.getTagValue(block, SYNTHETIC_STAGE)))
                .<FlowNode>map(block -> block)
                .findFirst();
        return post.flatMap(section -> failure(section.getParents()))
                .or(() -> failure(step.getParents()))
                .or(() -> warning(step.getParents()))
                .orElse(FoundFailure.NONE);
    }

    private static Optional<FoundFailure> failure(Collection<FlowNode> heads) {
        return last(heads, ErrorAction.class, (node, action) -> {
            Throwable error = action.getError();
            FlowNode origin = ErrorAction.findOrigin(error, node.getExecution());
            FlowNode at = origin == null ? node : origin;
            return new FoundFailure(error, null, stage(at), step(at));
        });
    }

    private static Optional<FoundFailure> warning(Collection<FlowNode> heads) {
        return last(
                heads,
                WarningAction.class,
                (node, action) -> new FoundFailure(null, action.getMessage(), stage(node), step(node)));
    }

    /** What the node says that was made last, of those that say such things, and that came before some nodes or are among them. */
    private static <A extends Action> Optional<FoundFailure> last(
            Collection<FlowNode> heads, Class<A> type, BiFunction<FlowNode, A, FoundFailure> found) {
        Queue<FlowNode> next =
                new PriorityQueue<>(Comparator.comparingInt(FailedStage::number).reversed());
        Set<String> seen = new HashSet<>();
        add(heads, next, seen);
        for (FlowNode node = next.poll(); node != null; node = next.poll()) {
            A action = node.getPersistentAction(type);
            if (action != null) {
                return Optional.of(found.apply(node, action));
            }
            add(node.getParents(), next, seen);
        }
        return Optional.empty();
    }

    private static void add(Collection<FlowNode> nodes, Queue<FlowNode> next, Set<String> seen) {
        nodes.stream().filter(node -> seen.add(node.getId())).forEach(next::add);
    }

    /** Pipeline numbers its nodes in the order in which it makes them. */
    private static int number(FlowNode node) {
        try {
            return Integer.parseInt(node.getId());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The name of the innermost stage that a node belongs to. */
    @CheckForNull
    private static String stage(FlowNode node) {
        FlowNode inside = node instanceof BlockEndNode<?> end ? end.getStartNode() : node;
        return name(inside)
                .or(() -> inside.getEnclosingBlocks().stream()
                        .map(FailedStage::name)
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElse(null);
    }

    private static Optional<String> name(FlowNode block) {
        LabelAction label = block.getPersistentAction(LabelAction.class);
        boolean isStage = "stage".equals(function(block)) && !(label instanceof ThreadNameAction);
        return isStage && label != null ? Optional.of(label.getDisplayName()) : Optional.empty();
    }

    @CheckForNull
    private static String step(FlowNode node) {
        return node instanceof AtomNode ? function(node) : null;
    }

    @CheckForNull
    private static String function(FlowNode node) {
        StepDescriptor descriptor = node instanceof StepNode step ? step.getDescriptor() : null;
        return descriptor == null ? null : descriptor.getFunctionName();
    }
}
