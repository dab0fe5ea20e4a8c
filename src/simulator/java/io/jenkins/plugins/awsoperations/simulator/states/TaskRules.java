package io.jenkins.plugins.awsoperations.simulator.states;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of what tasks come to, in order. Thread-safe. */
public final class TaskRules {

    private final List<TaskRule> rules = new ArrayList<>();

    TaskRules() {}

    /** Adds a rule behind the others. */
    public synchronized void add(TaskRule rule) {
        rules.add(rule);
    }

    /** Removes all rules. */
    public synchronized void clear() {
        rules.clear();
    }

    /** The rules that are not used up, with the number of tasks that each will still apply to. */
    public synchronized List<TaskRule> pending() {
        return List.copyOf(rules);
    }

    /** What a task comes to; uses the rule up. Null when there is no rule for it. */
    synchronized @Nullable TaskOutcome take(String stateName, String machineName) {
        for (int i = 0; i < rules.size(); i++) {
            TaskRule rule = rules.get(i);
            if (rule.concerns(stateName, machineName)) {
                if (rule.times() == 1) {
                    rules.remove(i);
                } else if (rule.times() > 1) {
                    rules.set(i, rule.usedOnce());
                }
                return rule.outcome();
            }
        }
        return null;
    }
}
