package io.jenkins.plugins.awsoperations.simulator.asl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which errors a Retry or a Catch is about (Step Functions Developer Guide, "Error names"). */
final class ErrorNames {

    private ErrorNames() {}

    static boolean match(List<String> wanted, @Nullable String error) {
        if (StateFailure.RUNTIME.equals(error)) {
            return false;
        }
        return wanted.contains("States.ALL")
                || error != null && wanted.contains(error)
                || wanted.contains("States.TaskFailed") && !StateFailure.TIMEOUT.equals(error);
    }
}
