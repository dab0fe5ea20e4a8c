package io.jenkins.plugins.awsoperations.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which calls a {@link Fault} applies to, and how often.
 *
 * @param action name of the action, or {@code *}
 * @param where query parameters that the call must have, as sent; the value {@code *} stands for any
 * @param skip matching calls that pass before the first one is hit
 * @param times calls that are hit before the rule is used up; {@link #ALWAYS} or {@link #UNSET}
 * @param probability share of the matching calls that are hit, above 0 and at most 1
 */
public record FaultMatch(String action, Map<String, String> where, int skip, int times, double probability) {

    /** Value of {@code times} of a rule that is never used up. */
    public static final int ALWAYS = -1;

    /** Value of {@code times} of a rule that was given none: once, or always when it has a probability. */
    public static final int UNSET = 0;

    /** Any value, any action. */
    static final String ANY = "*";

    /** Checks the numbers and copies the parameters. */
    public FaultMatch {
        if (action.isBlank()) {
            throw new IllegalArgumentException("a fault needs an action, or * for all");
        }
        if (skip < 0 || times < ALWAYS) {
            throw new IllegalArgumentException("skip and times are not negative");
        }
        if (!(probability > 0) || probability > 1) {
            throw new IllegalArgumentException("probability is above 0 and at most 1, not " + probability);
        }
        SortedMap<String, String> sorted = new TreeMap<>(where);
        where = Collections.unmodifiableSortedMap(sorted);
    }

    FaultMatch withParameter(String parameter, String value) {
        SortedMap<String, String> more = new TreeMap<>(where);
        more.put(parameter, value);
        return new FaultMatch(action, more, skip, times, probability);
    }

    FaultMatch withTimes(int calls) {
        if (calls == UNSET) {
            throw new IllegalArgumentException("times is at least 1");
        }
        return new FaultMatch(action, where, skip, calls, probability);
    }

    FaultMatch withSkip(int calls) {
        return new FaultMatch(action, where, calls, times, probability);
    }

    FaultMatch withProbability(double share) {
        return new FaultMatch(action, where, skip, times, share);
    }

    /** How many calls a new rule hits, or {@link #ALWAYS}. */
    public int initialTimes() {
        if (times != UNSET) {
            return times;
        }
        return probability < 1 ? ALWAYS : 1;
    }

    boolean matches(String calledAction, Map<String, String> parameters) {
        if (!action.equals(ANY) && !action.equals(calledAction)) {
            return false;
        }
        for (Map.Entry<String, String> wanted : where.entrySet()) {
            String sent = parameters.get(wanted.getKey());
            if (sent == null
                    || !wanted.getValue().equals(ANY) && !wanted.getValue().equals(sent)) {
                return false;
            }
        }
        return true;
    }
}
