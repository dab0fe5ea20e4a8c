package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.asl.Definition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a state machine does, as of some instant.
 *
 * @param id RevisionId; {@link #INITIAL} in a machine that was never updated
 * @param definition what it does
 * @param text the definition as it was sent
 * @param roleArn as what it acts
 * @param since when it was created, updated or published
 * @param description of the version; null: none, or it is no version
 */
record Revision(
        String id,
        Definition definition,
        String text,
        String roleArn,
        Instant since,
        @Nullable String description) {

    /** What UpdateStateMachine has not changed has this id, which replies leave out. */
    static final String INITIAL = "INITIAL";

    /** The same as a version. */
    Revision published(@Nullable String versionDescription, Instant now) {
        return new Revision(id, definition, text, roleArn, now, versionDescription);
    }
}
