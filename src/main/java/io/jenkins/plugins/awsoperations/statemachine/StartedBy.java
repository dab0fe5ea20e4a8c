package io.jenkins.plugins.awsoperations.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The link from an execution back to what started it, as a member of its input. It is of the kind of
 * {@code AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID}, which the console understands as the id of a parent execution and which
 * therefore cannot name a build.
 */
public final class StartedBy {

    /** The member's name. */
    public static final String KEY = "AWS_OPERATIONS_STARTED_BY";

    private StartedBy() {}

    /** The input with the link, or as it is when it is no object, has one, or could not be sent with it. */
    static String add(String json, String parent) {
        JsonNode input = JsonText.parse(json);
        if (!(input instanceof ObjectNode object) || object.has(KEY)) {
            return json;
        }
        String linked = object.put(KEY, parent).toString();
        return JsonText.isSendable(linked) ? linked : json;
    }

    /** The input without the link. */
    static JsonNode without(String json) {
        JsonNode input = JsonText.parse(json);
        if (input instanceof ObjectNode object) {
            object.remove(KEY);
        }
        return input;
    }
}
