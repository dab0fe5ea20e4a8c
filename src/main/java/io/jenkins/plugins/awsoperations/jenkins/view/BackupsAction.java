package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import java.io.IOException;
import java.util.List;

/** What the {@code ec2Backup} steps of a build did. */
public final class BackupsAction extends OperationsAction<BackupRecord> {

    /** Adds a record to the build's action, and writes the build. */
    public static void add(Run<?, ?> run, BackupRecord record) throws IOException {
        add(run, record, BackupsAction.class, BackupsAction::new);
    }

    /** What the pages show. */
    @NonNull
    public List<BackupView> getBackups() {
        return records().stream().map(BackupView::new).toList();
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
