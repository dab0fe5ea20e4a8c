package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.execution.AccountChoice;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandRecord;
import io.jenkins.plugins.awsoperations.jenkins.view.CommandsAction;
import java.util.List;
import java.util.Objects;

/** The worker that a job used last with success, as far as its builds are still there. Reads builds from the disk. */
final class LastGoodWorker {

    /** A job that did not succeed for so long has no worker to go back to. */
    private static final int BUILDS = 30;

    private LastGoodWorker() {}

    /**
     * The id of the worker, or null for none.
     *
     * @param run the build to begin with; its own earlier steps count, too
     * @param tags which workers are meant, as the records have it
     */
    @CheckForNull
    static String of(Run<?, ?> run, String tags, AccountChoice account) {
        Run<?, ?> build = run;
        for (int looked = 0; build != null && looked < BUILDS; looked++) {
            CommandsAction action = build.getAction(CommandsAction.class);
            List<CommandRecord> records = action == null ? List.of() : action.records();
            for (int i = records.size() - 1; i >= 0; i--) {
                CommandRecord record = records.get(i);
                if (record.getGoodWorker() != null && isAlike(record, tags, account)) {
                    return record.getGoodWorker();
                }
            }
            build = build.getPreviousBuild();
        }
        return null;
    }

    private static boolean isAlike(CommandRecord record, String tags, AccountChoice account) {
        return record.getTags().equals(tags)
                && record.getRegion().equals(account.region())
                && Objects.equals(record.getAccount(), account.account());
    }
}
