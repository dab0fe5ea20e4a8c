package io.jenkins.plugins.awsoperations.simulator.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;

/** A call of the JSON protocol: what was asked, and the reply so far. */
public final class JsonCall extends ServedCall {

    private final String action;
    private final JsonRequest request;
    private final ObjectNode reply = JsonNodeFactory.instance.objectNode();

    JsonCall(String action, JsonRequest request, CallFacts facts) {
        super(facts);
        this.action = action;
        this.request = request;
    }

    /** Name of the action. */
    public String action() {
        return action;
    }

    /** What was asked. */
    public JsonRequest request() {
        return request;
    }

    /** The reply so far. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "It is there to be written to.")
    public ObjectNode reply() {
        return reply;
    }
}
