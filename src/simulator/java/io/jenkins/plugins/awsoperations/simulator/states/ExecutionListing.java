package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** ListExecutions, newest start first, which does not show what was just started. */
final class ExecutionListing {

    private static final List<String> STATUSES =
            List.of("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING");
    private static final List<String> REDRIVE_FILTERS = List.of("REDRIVEN", "NOT_REDRIVEN");

    private final StatesContext context;
    private final MachineLookup lookup;

    ExecutionListing(StatesContext context) {
        this.context = context;
        this.lookup = new MachineLookup(context);
    }

    void run(JsonCall call) {
        if (call.request().text("mapRunArn") != null) {
            throw AwsError.badRequest("ResourceNotFound", "The simulator has no Map Runs");
        }
        String arn = StatesNames.arn(call, "stateMachineArn", "stateMachine");
        String status = oneOf(call, "statusFilter", STATUSES);
        String redriven = oneOf(call, "redriveFilter", REDRIVE_FILTERS);
        NumberPage page = NumberPage.of(call, 3096);
        context.permit(call, arn);
        MachineLookup.Found found = lookup.started(arn);
        if (found.machine().express()) {
            throw AwsError.badRequest(
                    "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        }
        List<Execution> all = found.machine().executions();
        Predicate<Execution> wanted = execution -> ExecutionLookup.visible(call, execution)
                && !StatesStore.forgotten(execution, call.now())
                && (found.versionArn() == null || concerns(found, execution));
        ArrayNode array = call.reply().putArray("executions");
        // The token is the position of the next execution; positions never change.
        for (int i = page.from(all.size() - 1); i >= 0; i--) {
            Execution execution = all.get(i);
            Standing seen = ExecutionLookup.seen(call, execution);
            boolean shown = wanted.test(execution)
                    && (status == null || seen.status().name().equals(status))
                    && (redriven == null || redriven.equals("REDRIVEN") == seen.redriveCount() > 0);
            if (shown && array.size() == page.size()) {
                page.next(call, i);
                return;
            }
            if (shown) {
                ExecutionReading.writeItem(execution, seen, array.addObject());
            }
        }
    }

    private static boolean concerns(MachineLookup.Found found, Execution execution) {
        return found.aliasArn() == null
                ? String.valueOf(found.versionArn()).equals(execution.identity().versionArn())
                : found.aliasArn().equals(execution.identity().aliasArn());
    }

    private static @Nullable String oneOf(JsonCall call, String member, List<String> values) {
        String value = call.request().text(member);
        if (value != null && !values.contains(value)) {
            throw CONSTRAINTS.broken(member, value, "satisfy enum value set: " + Arrays.toString(values.toArray()));
        }
        return value;
    }
}
