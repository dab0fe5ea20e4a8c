package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.asl.Definition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a state machine does, as of some instant.
 *
 * @param id RevisionId; null in a new machine that was never updated
 * @param definition what it does
 * @param text the definition as it was sent
 * @param roleArn as what it acts
 * @param since when it was created or updated
 * @param description of the version; null: none, or it is no version
 */
record Revision(
        String id,
        Definition definition,
        String text,
        String roleArn,
        Instant since,
        @Nullable String description) {

    /** The same as a version. */
    Revision published(@Nullable String versionDescription) {
        return new Revision(id, definition, text, roleArn, since, versionDescription);
    }
}
