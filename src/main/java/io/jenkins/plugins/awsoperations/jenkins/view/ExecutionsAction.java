package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** What the {@code awaitStateMachine} steps of a build waited for. */
public final class ExecutionsAction extends OperationsAction<ExecutionRecord> {

    /** Adds a record to the build's action, and writes the build. */
    public static void add(Run<?, ?> run, ExecutionRecord record) throws IOException {
        add(run, record, ExecutionsAction.class, ExecutionsAction::new);
    }

    /** What the pages show: what somebody has to look at first. */
    @NonNull
    public List<ExecutionView> getExecutions() {
        return records().stream()
                .map(ExecutionView::new)
                .sorted(Comparator.comparing(view -> !view.isFailed()))
                .toList();
    }

    @Override
    public String getIconFileName() {
        return "symbol-project-relationship";
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ExecutionsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "aws-executions";
    }
}
