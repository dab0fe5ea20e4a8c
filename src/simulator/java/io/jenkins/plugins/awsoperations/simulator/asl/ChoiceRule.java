package io.jenkins.plugins.awsoperations.simulator.asl;

/**
 * One way out of a Choice state.
 *
 * @param condition when it is taken
 * @param next the state that follows
 */
public record ChoiceRule(Condition condition, String next) {

    /** Something that data fulfils or not. */
    @FunctionalInterface
    public interface Condition {

        /**
         * Whether it does.
         *
         * @throws StateFailure States.Runtime when it is about something that is not there
         */
        boolean holds(Binding binding);
    }
}
