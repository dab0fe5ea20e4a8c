package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat, from outside and from tasks. */
final class TaskReplying {

    private final StatesContext context;
    private final Tokens tokens;

    TaskReplying(StatesContext context, Tokens tokens) {
        this.context = context;
        this.tokens = tokens;
    }

    void success(JsonCall call) {
        String token = token(call);
        String output = CONSTRAINTS.required("output", StatesNames.sensitive(call, "output", Document.MAX_BYTES));
        permit(call);
        succeed(token, output, call.now());
    }

    void failure(JsonCall call) {
        String token = token(call);
        String error = StatesNames.sensitive(call, "error", 256);
        String cause = StatesNames.sensitive(call, "cause", 32_768);
        permit(call);
        fail(token, error, cause, call.now());
    }

    void heartbeat(JsonCall call) {
        String token = token(call);
        permit(call);
        tokens.find(token).heartbeat(call.now());
    }

    /**
     * Ends a task well.
     *
     * @throws AwsError InvalidOutput, and what {@link Tokens#find} throws
     */
    void succeed(String token, String output, Instant now) {
        Attempt attempt = tokens.find(token);
        Document document;
        try {
            document = Document.parse(output);
        } catch (JsonProcessingException e) {
            throw AwsError.badRequest("InvalidOutput", "Invalid Output: '" + e.getOriginalMessage() + "'");
        }
        context.interpreter()
                .then(attempt.strand(), () -> ifOpen(attempt, () -> tasks().succeed(attempt, document, now)), now);
    }

    /**
     * Ends a task badly.
     *
     * @throws AwsError what {@link Tokens#find} throws
     */
    void fail(String token, @Nullable String error, @Nullable String cause, Instant now) {
        Attempt attempt = tokens.find(token);
        StateFailure failure = new StateFailure(error, cause);
        context.interpreter()
                .then(attempt.strand(), () -> ifOpen(attempt, () -> tasks().fail(attempt, failure, now)), now);
    }

    private static void ifOpen(Attempt attempt, Runnable work) {
        if (attempt.open()) {
            work.run();
        }
    }

    private TaskStates tasks() {
        return context.interpreter().tasks();
    }

    private static String token(JsonCall call) {
        return CONSTRAINTS.required("taskToken", CONSTRAINTS.text(call.request(), "taskToken", 1, 2048));
    }

    private void permit(JsonCall call) {
        context.permit(call, context.arn("stateMachine:*"));
    }
}
