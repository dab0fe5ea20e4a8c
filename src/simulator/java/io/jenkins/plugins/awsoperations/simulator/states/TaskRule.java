package io.jenkins.plugins.awsoperations.simulator.states;

import org.jspecify.annotations.Nullable;

/**
 * What tasks of a state come to. The first rule that is about a task applies to it, before the script does.
 *
 * @param stateName name of the state, or {@code *} for all
 * @param machineName name of its state machine; null: any
 * @param outcome what the task comes to
 * @param times tasks that it applies to before it is used up; 0: all
 */
public record TaskRule(String stateName, @Nullable String machineName, TaskOutcome outcome, int times) {

    private static final String ANY = "*";

    /** Checks the number. */
    public TaskRule {
        if (times < 0) {
            throw new IllegalArgumentException("times is not negative");
        }
    }

    boolean concerns(String state, String machine) {
        return (stateName.equals(ANY) || stateName.equals(state))
                && (machineName == null || machineName.equals(machine));
    }

    TaskRule usedOnce() {
        return new TaskRule(stateName, machineName, outcome, times - 1);
    }
}
