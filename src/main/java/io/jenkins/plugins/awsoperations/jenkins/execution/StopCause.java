package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Collection;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Why a build is stopped. */
public final class StopCause {

    private StopCause() {}

    /** In the words of who or what stops it. */
    @NonNull
    public static String reason(Throwable cause) {
        String causes = cause instanceof FlowInterruptedException interrupted
                ? interrupted.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .filter(text -> text != null && !text.isBlank())
                        .collect(Collectors.joining(", "))
                : cause.getMessage();
        return causes == null || causes.isBlank() ? "aborted" : causes;
    }

    /** Whether a person stops it, who needs no alert to know. */
    static boolean isPerson(Throwable cause) {
        return cause instanceof FlowInterruptedException interrupted && isPerson(interrupted.getCauses());
    }

    /** Whether a person is among those who stop it. */
    public static boolean isPerson(Collection<CauseOfInterruption> causes) {
        return causes.stream().anyMatch(CauseOfInterruption.UserInterruption.class::isInstance);
    }
}
