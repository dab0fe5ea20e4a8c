package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the {@code runOnTaggedInstance} steps of a build did. */
public final class CommandsAction extends OperationsAction<CommandRecord> {

    /** A table of more rows is closed until somebody opens it. */
    private static final int OPEN_ROWS = 10;

    /** Adds a record to the build's action, and writes the build. */
    public static void add(Run<?, ?> run, CommandRecord record) throws IOException {
        add(run, record, CommandsAction.class, CommandsAction::new);
    }

    /** What the pages show: what somebody has to look at first. */
    @NonNull
    public List<CommandView> getCommands() {
        return records().stream()
                .map(CommandView::new)
                .sorted(Comparator.comparing(view -> !view.isFailed()))
                .toList();
    }

    /** Whether the table is shown without being asked for. */
    public boolean isOpen() {
        return records().size() <= OPEN_ROWS;
    }

    /** Account and region of all of them, or null when they are not the same. */
    @CheckForNull
    public String getPlace() {
        List<String> places =
                getCommands().stream().map(CommandView::getPlace).distinct().toList();
        return places.size() == 1 ? places.get(0) : null;
    }

    /** The counts in one line. */
    @NonNull
    public String getCounts() {
        List<CommandView> all = getCommands();
        long failed = all.stream().filter(CommandView::isFailed).count();
        long unstable = all.stream().filter(CommandView::isUnstable).count();
        List<String> parts = new ArrayList<>();
        parts.add(Messages.CommandsAction_succeeded(all.size() - failed - unstable));
        if (unstable > 0) {
            parts.add(Messages.CommandsAction_unstable(unstable));
        }
        parts.add(Messages.CommandsAction_failed(failed));
        return String.join(Messages.OperationRecord_separator(), parts);
    }

    @Override
    public String getIconFileName() {
        return "symbol-terminal";
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.CommandsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "aws-commands";
    }
}
