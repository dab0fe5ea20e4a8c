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

    /** Builds that began nothing are passed over, but not for ever. */
    private static final int BUILDS = 30;

    private FailedExecution() {}

    /**
     * The execution's ARN, or null when the build before had none of this state machine with this input, or its last one succeeded. A
     * build that wanted to begin one and could not, because it had no permission for example, has left the one before as it was.
     *
     * @param run the build; the one before is the last that has ended
     * @param machine the state machine as the job names it
     * @param inputHash tells inputs apart
     */
    @CheckForNull
    static String before(Run<?, ?> run, @CheckForNull String machine, int inputHash, AccountChoice account) {
        Run<?, ?> build = run.getPreviousCompletedBuild();
        for (int looked = 0; build != null && looked < BUILDS; looked++) {
            ExecutionsAction action = build.getAction(ExecutionsAction.class);
            List<ExecutionRecord> alike = (action == null ? List.<ExecutionRecord>of() : action.records())
                    .stream()
                            .filter(record -> isAlike(record, machine, inputHash, account))
                            .toList();
            for (int i = alike.size() - 1; i >= 0; i--) {
                if (alike.get(i).getExecutionArn() != null) {
                    return alike.get(i).isSucceeded() ? null : alike.get(i).getExecutionArn();
                }
            }
            build = alike.isEmpty() ? null : build.getPreviousCompletedBuild();
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
