package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** StartExecution, from outside and from tasks. */
final class ExecutionStarting {

    /** Developer Guide, "Choosing workflow type". */
    private static final Duration EXPRESS_LIMIT = Duration.ofMinutes(5);

    private final StatesContext context;
    private final MachineLookup lookup;
    private final SimulatorParts parts;

    ExecutionStarting(StatesContext context, SimulatorParts parts) {
        this.context = context;
        this.lookup = new MachineLookup(context);
        this.parts = parts;
    }

    void run(JsonCall call) {
        String arn = StatesNames.arn(call, "stateMachineArn", "stateMachine");
        String name = StatesNames.name(call, "name");
        String input = StatesNames.sensitive(call, "input", Document.MAX_BYTES);
        context.permit(call, arn);
        Execution execution = start(arn, name, input == null ? "{}" : input, call.now());
        call.resource(execution.arn());
        call.reply().put("executionArn", execution.arn());
        StatesContext.time(call.reply(), "startDate", execution.startedAt());
    }

    /**
     * Starts an execution, or finds the one that was started so before.
     *
     * @throws AwsError as StartExecution answers
     */
    Execution start(String arn, @Nullable String name, String input, Instant now) {
        StatesNames.checkArn(arn, "stateMachine");
        MachineLookup.Found found = lookup.started(arn);
        Document document = input(input);
        StateMachine machine = found.machine();
        MachineLookup.refuseDeleting(machine);
        String chosen = name == null ? context.store().newId() : name;
        String executionArn = machine.express()
                ? context.arn("express:" + machine.name() + ':' + chosen + ':'
                        + context.store().newId())
                : context.arn("execution:" + machine.name() + ':' + chosen);
        Execution earlier = context.store().execution(executionArn, now);
        if (earlier != null) {
            if (earlier.running() && earlier.input().text().equals(input)) {
                return earlier;
            }
            throw AwsError.badRequest("ExecutionAlreadyExists", "Execution Already Exists: '" + executionArn + "'");
        }
        checkLimit();
        Execution execution = new Execution(
                new Execution.Identity(
                        context.store().count(),
                        executionArn,
                        chosen,
                        machine,
                        found.revision(),
                        found.versionArn(),
                        found.aliasArn()),
                document,
                now);
        context.store().add(execution);
        begin(execution, now);
        return execution;
    }

    /**
     * Refuses one more execution when too many run.
     *
     * @throws AwsError ExecutionLimitExceeded
     */
    void checkLimit() {
        if (context.store().running() >= parts.settings().states().openExecutionLimit()) {
            throw AwsError.badRequest(
                    "ExecutionLimitExceeded",
                    "Execution Limit Exceeded: 'The maximum number of running executions has been reached'");
        }
    }

    private static Document input(String text) {
        if (Document.tooLong(text)) {
            throw AwsError.badRequest(
                    "InvalidExecutionInput", "Invalid State Machine Execution Input: 'Invalid execution input.'");
        }
        try {
            return Document.parse(text);
        } catch (JsonProcessingException e) {
            throw AwsError.badRequest(
                    "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + e.getOriginalMessage() + "'");
        }
    }

    private void begin(Execution execution, Instant now) {
        Execution.Identity identity = execution.identity();
        Map<String, Object> details = Map.of(
                "input",
                execution.input().text(),
                "roleArn",
                identity.revision().roleArn());
        details = Details.with(details, "stateMachineVersionArn", identity.versionArn());
        details = Details.with(details, "stateMachineAliasArn", identity.aliasArn());
        execution.history().addLast(0, "ExecutionStarted", now, details);
        limit(execution, now);
        context.interpreter().enter(execution.root(), execution.root().flow().startAt(), execution.input(), now);
    }

    /** Lets the execution time out, unless it ends or is redriven before. */
    void limit(Execution execution, Instant now) {
        Long asked = execution.identity().revision().definition().timeoutSeconds();
        Duration limit = asked == null ? null : Duration.ofSeconds(asked);
        if (execution.machine().express() && (limit == null || limit.compareTo(EXPRESS_LIMIT) > 0)) {
            limit = EXPRESS_LIMIT;
        }
        if (limit != null) {
            int redrives = execution.standing().redriveCount();
            parts.timeline().at(now.plus(limit), time -> {
                if (execution.running() && execution.standing().redriveCount() == redrives) {
                    context.endings().timedOut(execution, time);
                    context.interpreter().settle();
                }
            });
        }
    }
}
