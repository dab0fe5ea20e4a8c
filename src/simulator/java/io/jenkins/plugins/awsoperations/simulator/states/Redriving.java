package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** RedriveExecution (Developer Guide, "Restarting state machine executions with redrive"). */
final class Redriving {

    /** "Redrive eligibility for unsuccessful executions". */
    private static final Duration PERIOD = Duration.ofDays(14);

    /** API reference of RedriveExecution, clientToken: how long and how many are remembered. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    private static final int MAX_TOKENS = 10;
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final StatesContext context;
    private final ExecutionLookup lookup;
    private final ExecutionStarting starting;

    Redriving(StatesContext context, ExecutionStarting starting) {
        this.context = context;
        this.lookup = new ExecutionLookup(context);
        this.starting = starting;
    }

    void run(JsonCall call) {
        String token = CONSTRAINTS.text(call.request(), "clientToken", 1, 64);
        CONSTRAINTS.text(call.request(), "clientToken", TOKEN);
        Execution execution = lookup.changed(call);
        call.resource(execution.arn());
        Instant before = token == null ? null : execution.redriveTokens().get(token);
        if (before != null && before.plus(TOKEN_LIFE).isAfter(call.now())) {
            StatesContext.time(call.reply(), "redriveDate", before);
            return;
        }
        redrive(execution, call.now());
        if (token != null) {
            remember(execution.redriveTokens(), token, call.now());
        }
        StatesContext.time(call.reply(), "redriveDate", call.now());
    }

    /**
     * Lets an execution go on where it failed.
     *
     * @throws AwsError ExecutionNotRedrivable, ExecutionLimitExceeded
     */
    void redrive(Execution execution, Instant now) {
        String refusal = refusal(execution, execution.standing().status(), now);
        if (refusal != null) {
            throw AwsError.badRequest("ExecutionNotRedrivable", "Execution Not Redrivable: '" + refusal + "'");
        }
        starting.checkLimit();
        execution.standing(execution.standing().redriven(now));
        execution.machine().runningChanged(1);
        // Nothing public shows what this event follows; like the other events that come from outside it follows none.
        execution
                .history()
                .addLast(
                        0,
                        "ExecutionRedriven",
                        now,
                        Map.of("redriveCount", execution.standing().redriveCount()));
        starting.limit(execution, now);
        context.interpreter().redrive(execution.root(), now);
    }

    private static void remember(Map<String, Instant> tokens, String token, Instant now) {
        tokens.put(token, now);
        if (tokens.size() > MAX_TOKENS) {
            tokens.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(tokens::remove);
        }
    }

    /** Why an execution cannot be redriven, in the words of the API reference of DescribeExecution; null when it can. */
    static @Nullable String refusal(Execution execution, ExecutionStatus status, Instant now) {
        if (execution.machine().deleting()) {
            return "State machine is in DELETING status";
        }
        if (!status.redrivable()) {
            return "Execution is " + status + " and cannot be redriven";
        }
        if (execution.history().size() >= History.MAX_EVENTS - 1) {
            return "Execution history event limit exceeded";
        }
        Instant stoppedAt = execution.stoppedAt();
        return stoppedAt != null && stoppedAt.plus(PERIOD).isBefore(now)
                ? "Execution redrivable period exceeded"
                : null;
    }
}
