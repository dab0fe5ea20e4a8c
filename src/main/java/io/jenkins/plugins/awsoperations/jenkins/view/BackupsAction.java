package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;

/** What the {@code ec2Backup} steps of a build did: a summary on its page, and a page of its own. */
public final class BackupsAction implements RunAction2 {

    /** Replaced whole and never changed, because the build may be written at any time. */
    private volatile List<BackupRecord> records = new ArrayList<>();

    private transient Run<?, ?> run;

    /** Adds a record to the build's action, and writes the build. */
    public static void add(Run<?, ?> run, BackupRecord record) throws IOException {
        // Steps of one build may end at the same time.
        synchronized (run) {
            BackupsAction action = run.getAction(BackupsAction.class);
            BackupsAction kept = action == null ? new BackupsAction() : action;
            List<BackupRecord> all = new ArrayList<>(kept.records);
            all.removeIf(record::isOfSameRun);
            all.add(record);
            kept.records = all;
            if (action == null) {
                run.addAction(kept);
            }
            run.save();
        }
    }

    @Override
    public void onAttached(Run<?, ?> build) {
        run = build;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        run = build;
    }

    /** The build, for the page. */
    @CheckForNull
    public Run<?, ?> getRun() {
        return run;
    }

    @NonNull
    public List<BackupRecord> records() {
        return List.copyOf(records);
    }

    /** What the pages show. */
    @NonNull
    public List<BackupView> getBackups() {
        return records.stream().map(BackupView::new).toList();
    }

    @Override
    public String getIconFileName() {
        return "symbol-server";
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.BackupsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "aws-backups";
    }
}
