package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The Step Functions API, version 2016-11-23, without activities, Map Runs, tags and synchronous executions. */
final class StatesService implements JsonService {

    private final Map<String, Consumer<JsonCall>> actions = new HashMap<>();
    private final Interpreter interpreter;

    StatesService(StatesContext context, ExecutionStarting starting, TaskReplying replying) {
        this.interpreter = context.interpreter();
        MachineActions machines = new MachineActions(context);
        actions.put("CreateStateMachine", machines::create);
        actions.put("UpdateStateMachine", machines::update);
        actions.put("DeleteStateMachine", machines::delete);
        actions.put("DescribeStateMachine", machines::describe);
        actions.put("ListStateMachines", machines::list);
        VersionActions versions = new VersionActions(context);
        actions.put("PublishStateMachineVersion", versions::publish);
        actions.put("CreateStateMachineAlias", versions::createAlias);
        actions.put("StartExecution", starting::run);
        actions.put("DescribeExecution", new ExecutionReading(context)::run);
        actions.put("GetExecutionHistory", new HistoryReading(context)::run);
        actions.put("ListExecutions", new ExecutionListing(context)::run);
        actions.put("StopExecution", new ExecutionStopping(context)::run);
        actions.put("RedriveExecution", new Redriving(context, starting)::run);
        actions.put("SendTaskSuccess", replying::success);
        actions.put("SendTaskFailure", replying::failure);
        actions.put("SendTaskHeartbeat", replying::heartbeat);
    }

    @Override
    public String name() {
        return "states";
    }

    @Override
    public String targetPrefix() {
        return "AWSStepFunctions";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public boolean knows(String action) {
        return actions.containsKey(action);
    }

    @Override
    public void handle(JsonCall call) {
        Consumer<JsonCall> action = actions.get(call.action());
        if (action == null) {
            throw new IllegalArgumentException(call.action());
        }
        action.accept(call);
        interpreter.settle();
    }
}
