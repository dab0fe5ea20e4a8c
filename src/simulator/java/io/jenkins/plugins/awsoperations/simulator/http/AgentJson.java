package io.jenkins.plugins.awsoperations.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeAgent;
import io.jenkins.plugins.awsoperations.simulator.ssm.SsmWorld;
import java.util.NoSuchElementException;

/** A change of an agent as JSON, read strictly. */
final class AgentJson {

    private static final String STATES = "online, connectionLost, stale or absent";

    private AgentJson() {}

    static void apply(JsonNode body, SsmWorld ssm) {
        JsonNode instanceId = body.get("instanceId");
        JsonNode state = body.get("state");
        if (body.size() != 2 || instanceId == null || state == null || !instanceId.isTextual() || !state.isTextual()) {
            throw new ControlError(400, "expected {\"instanceId\": \"i-…\", \"state\": \"" + STATES + "\"}");
        }
        NodeAgent agent;
        try {
            agent = ssm.agent(instanceId.textValue());
        } catch (NoSuchElementException e) {
            throw new ControlError(404, String.valueOf(e.getMessage()));
        }
        switch (state.textValue()) {
            case "online" -> agent.online();
            case "connectionLost" -> agent.connectionLost();
            case "stale" -> agent.stale();
            case "absent" -> agent.absent();
            default -> throw new ControlError(400, "state is " + STATES + ", not " + state);
        }
    }
}
