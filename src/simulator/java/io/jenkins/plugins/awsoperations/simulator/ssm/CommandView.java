package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.time.Instant;
import java.util.List;

/**
 * A command as it is, without AWS's delay.
 *
 * @param commandId its id
 * @param documentName the document, as it was asked for
 * @param comment its comment; empty when it has none
 * @param sentAt when it was sent
 * @param invocations what became of it on each node
 */
public record CommandView(
        String commandId, String documentName, String comment, Instant sentAt, List<OnNode> invocations) {

    /** Copies the list. */
    public CommandView {
        invocations = List.copyOf(invocations);
    }

    /**
     * A command on one node.
     *
     * @param instanceId the node
     * @param status its status
     * @param statusDetails its details, without spaces
     * @param responseCode exit code; -1 while there is none
     */
    public record OnNode(String instanceId, String status, String statusDetails, int responseCode) {}
}
