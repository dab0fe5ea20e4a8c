package io.jenkins.plugins.awsoperations.simulator.states;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Task state does.
 *
 * @param arn Resource of the state
 * @param kind which history events it has
 * @param type resourceType of its events, for example {@code states} or {@code aws-sdk:ssm}
 * @param action resource of its events, for example {@code startExecution.sync:2}
 */
record TaskResource(String arn, Kind kind, String type, String action) {

    private static final String INTEGRATION = ":states:::";
    private static final String TOKEN = ".waitForTaskToken";

    /** Which history events a task has. */
    enum Kind {
        LAMBDA("LambdaFunction"),
        ACTIVITY("Activity"),
        INTEGRATION("Task");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String event(String suffix) {
            return prefix + suffix;
        }
    }

    static TaskResource of(String arn) {
        int integration = arn.indexOf(INTEGRATION);
        if (integration < 0) {
            return new TaskResource(arn, arn.contains(":lambda:") ? Kind.LAMBDA : Kind.ACTIVITY, "", arn);
        }
        String rest = arn.substring(integration + INTEGRATION.length());
        int from = rest.startsWith("aws-sdk:") ? "aws-sdk:".length() : 0;
        int colon = rest.indexOf(':', from);
        return new TaskResource(
                arn,
                Kind.INTEGRATION,
                colon < 0 ? rest : rest.substring(0, colon),
                colon < 0 ? "" : rest.substring(colon + 1));
    }

    boolean waitsForToken() {
        return action.endsWith(TOKEN);
    }

    boolean sync() {
        return action.endsWith(".sync") || action.endsWith(".sync:2");
    }

    /** What it does, without how it is waited for, for example {@code states:startExecution}. */
    String call() {
        int dot = action.indexOf('.');
        return type + ':' + (dot < 0 ? action : action.substring(0, dot));
    }

    /** The details of an event: of an integration resource and type, and a further one unless it is null. */
    Map<String, Object> details(String name, @Nullable Object value) {
        Map<String, Object> details =
                kind == Kind.INTEGRATION ? Map.of("resourceType", type, "resource", action) : Map.of();
        return Details.with(details, name, value);
    }

    /** The details of a failure. */
    Map<String, Object> failed(@Nullable String error, @Nullable String cause) {
        return Details.with(details("error", error), "cause", cause);
    }
}
