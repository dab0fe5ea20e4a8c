package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;

/** Where a driver keeps the state of an operation. */
public interface StateStore<S extends Serializable> {

    /** The state after a poll: may be written at any time. */
    void publish(S state);

    /** Writes the state durably before it returns; throws when it cannot. */
    void save(S state);

    /** For a driver that loses the state with the process, as the command line does. */
    static <S extends Serializable> StateStore<S> none() {
        return new StateStore<>() {
            @Override
            public void publish(S state) {
                // the conversation itself remembers it
            }

            @Override
            public void save(S state) {
                // the conversation itself remembers it
            }
        };
    }
}
