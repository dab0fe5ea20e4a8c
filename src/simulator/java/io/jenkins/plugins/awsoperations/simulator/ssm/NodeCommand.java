package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command as it arrives on a node.
 *
 * @param commandId its id
 * @param instanceId the node
 * @param commands the lines of the parameter {@code commands}
 * @param workingDirectory the parameter of that name; empty when it was not sent
 * @param documentName the document that it runs
 * @param parameters all parameters
 * @param comment the comment of SendCommand; empty when it had none
 * @param runNumber 1, and one more each time that the node runs it again after a reboot that it asked for
 */
public record NodeCommand(
        String commandId,
        String instanceId,
        List<String> commands,
        String workingDirectory,
        String documentName,
        Map<String, List<String>> parameters,
        String comment,
        int runNumber) {

    /** Copies the collections. */
    public NodeCommand {
        commands = List.copyOf(commands);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
