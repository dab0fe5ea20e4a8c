package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.jenkins.execution.AccountChoice;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionRecord;
import io.jenkins.plugins.awsoperations.jenkins.view.ExecutionsAction;
import java.util.List;
import java.util.Objects;

/** The execution that the build before has left failed, for one that is to be redriven. Reads builds from the disk. */
final class FailedExecution {

    private FailedExecution() {}

    /**
     * The execution's ARN, or null when the build before had none of this state machine with this input, or its last one succeeded.
     *
     * @param run the build; the one before is the last that has ended
     * @param machine the state machine as the job names it
     */
    @CheckForNull
    static String before(Run<?, ?> run, @CheckForNull String machine, int inputHash, AccountChoice account) {
        Run<?, ?> before = run.getPreviousCompletedBuild();
        ExecutionsAction action = before == null ? null : before.getAction(ExecutionsAction.class);
        List<ExecutionRecord> records = action == null ? List.of() : action.records();
        for (int i = records.size() - 1; i >= 0; i--) {
            ExecutionRecord record = records.get(i);
            if (isAlike(record, machine, inputHash, account)) {
                return record.isSucceeded() ? null : record.getExecutionArn();
            }
        }
        return null;
    }

    private static boolean isAlike(
            ExecutionRecord record, @CheckForNull String machine, int inputHash, AccountChoice account) {
        return Objects.equals(record.getMachine(), machine)
                && record.getInputHash() == inputHash
                && record.getRegion().equals(account.region())
                && Objects.equals(record.getAccount(), account.account());
    }
}
