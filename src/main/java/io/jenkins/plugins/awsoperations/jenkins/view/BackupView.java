package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.awsoperations.backup.InstanceResult;
import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One run of {@code ec2Backup} as its build's page shows it. */
public final class BackupView {

    /** A table of more rows is closed until somebody opens it. */
    private static final int OPEN_ROWS = 10;

    private final BackupRecord record;
    private final List<BackupRow> rows = new ArrayList<>();

    BackupView(BackupRecord record) {
        this.record = record;
        // What somebody has to look at comes first.
        record.instances().stream()
                .sorted(Comparator.comparing((InstanceResult i) -> i.state() != State.FAILED)
                        .thenComparing(InstanceResult::name)
                        .thenComparing(InstanceResult::instanceId))
                .forEach(i -> rows.add(new BackupRow(record.getRegion(), i)));
    }

    @NonNull
    public String getPlan() {
        return record.getPlan();
    }

    /** The account as people know it: name and number. */
    @NonNull
    public String getAccount() {
        return record.accountText();
    }

    /** Where it was done: account and region. */
    @NonNull
    public String getPlace() {
        return record.place();
    }

    /** The counts in one line. */
    @NonNull
    public String getCounts() {
        if (record.isDryRun()) {
            return Messages.BackupView_dryRun(record.count(State.PLANNED));
        }
        List<String> parts = new ArrayList<>();
        parts.add(Messages.BackupView_created(record.getCreated()));
        add(parts, record.count(State.SHARED), Messages.BackupView_shared(record.count(State.SHARED)));
        add(parts, record.count(State.SKIPPED), Messages.BackupView_skipped(record.count(State.SKIPPED)));
        add(parts, record.count(State.CANCELLED), Messages.BackupView_cancelled(record.count(State.CANCELLED)));
        parts.add(Messages.BackupView_deleted(record.getDeleted()));
        parts.add(Messages.BackupView_failed(record.getFailed()));
        return String.join(Messages.OperationRecord_separator(), parts);
    }

    private static void add(List<String> parts, int count, String text) {
        if (count > 0) {
            parts.add(text);
        }
    }

    /** Why it failed and what to do, or null. */
    @CheckForNull
    public String getFailure() {
        return record.getFailure();
    }

    /** Why the build became unstable, or null. */
    @CheckForNull
    public String getUnstableReason() {
        return record.getUnstableReason();
    }

    /** One row for each instance; those that failed first, then by name. */
    @NonNull
    public List<BackupRow> getRows() {
        return rows;
    }

    /** Whether the table is shown without being asked for. */
    public boolean isOpen() {
        return rows.size() <= OPEN_ROWS;
    }
}
