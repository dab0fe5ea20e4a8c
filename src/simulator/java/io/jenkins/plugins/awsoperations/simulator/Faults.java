package io.jenkins.plugins.awsoperations.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The rules that make things go wrong, in order: the first one that matches a call applies, alone. */
public final class Faults {

    private final List<Rule> rules = new ArrayList<>();
    private final SplittableRandom random;

    /** No rules yet; {@code seed} decides what is hit by chance. */
    Faults(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Adds a rule behind the others. */
    public synchronized void add(Fault fault) {
        if (fault.effect().equals(FaultEffect.NONE)) {
            throw new IllegalArgumentException("the fault on " + fault.match().action() + " has no effect");
        }
        rules.add(new Rule(fault));
    }

    /** Removes all rules. */
    public synchronized void clear() {
        rules.clear();
    }

    /** The rules that are not used up, with the number of calls that each will still hit. */
    public synchronized List<PendingFault> pending() {
        return rules.stream()
                .map(rule -> new PendingFault(rule.fault, rule.skip, rule.remaining))
                .toList();
    }

    /**
     * What happens to a call; uses the rule up. Used by the simulator itself.
     *
     * @param dryRun whether the call asks for no effect; then rules about effects do not apply to it
     */
    public synchronized FaultEffect take(String action, Map<String, String> parameters, boolean dryRun) {
        for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
            Rule rule = all.next();
            boolean concerned = !dryRun || rule.fault.effect().concernsDryRuns();
            if (concerned && rule.fault.match().matches(action, parameters) && hits(rule)) {
                if (rule.remaining == 0) {
                    all.remove();
                }
                return rule.fault.effect();
            }
        }
        return FaultEffect.NONE;
    }

    private boolean hits(Rule rule) {
        if (rule.skip > 0) {
            rule.skip--;
            return false;
        }
        double probability = rule.fault.match().probability();
        if (probability < 1 && random.nextDouble() >= probability) {
            return false;
        }
        if (rule.remaining != FaultMatch.ALWAYS) {
            rule.remaining--;
        }
        return true;
    }

    /**
     * A rule that is not used up.
     *
     * @param fault the rule as it was added
     * @param skip matching calls that still pass
     * @param remaining calls that will still be hit, or {@link FaultMatch#ALWAYS}
     */
    public record PendingFault(Fault fault, int skip, int remaining) {}

    private static final class Rule {

        private final Fault fault;
        private int skip;
        private int remaining;

        Rule(Fault fault) {
            this.fault = fault;
            this.skip = fault.match().skip();
            this.remaining = fault.match().initialTimes();
        }
    }
}
