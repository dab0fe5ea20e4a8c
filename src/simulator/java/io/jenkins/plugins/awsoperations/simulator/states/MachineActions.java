package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.asl.Definition;
import io.jenkins.plugins.awsoperations.simulator.asl.DefinitionError;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Instant;

/** CreateStateMachine and DescribeStateMachine. */
final class MachineActions {

    private static final int MAX_DEFINITION = 1_048_576;

    private final StatesContext context;
    private final MachineLookup lookup;

    MachineActions(StatesContext context) {
        this.context = context;
        this.lookup = new MachineLookup(context);
    }

    void create(JsonCall call) {
        String name = CONSTRAINTS.required("name", StatesNames.name(call, "name"));
        String text =
                CONSTRAINTS.required("definition", CONSTRAINTS.text(call.request(), "definition", 1, MAX_DEFINITION));
        String roleArn = CONSTRAINTS.required("roleArn", CONSTRAINTS.text(call.request(), "roleArn", 1, 256));
        String type = call.request().text("type");
        if (type != null && !type.equals("STANDARD") && !type.equals("EXPRESS")) {
            throw CONSTRAINTS.broken("type", type, "satisfy enum value set: [STANDARD, EXPRESS]");
        }
        context.permit(call, context.arn("stateMachine:" + name));
        StateMachine machine = create(name, text, roleArn, "EXPRESS".equals(type), call.now());
        call.resource(machine.arn());
        call.reply().put("stateMachineArn", machine.arn());
        StatesContext.time(call.reply(), "creationDate", machine.createdAt());
    }

    /** Creates a state machine, or finds the one that was created just so. */
    StateMachine create(String name, String text, String roleArn, boolean express, Instant now) {
        StatesNames.checkName(name);
        Definition definition = definition(text);
        String arn = context.arn("stateMachine:" + name);
        StateMachine existing = context.store().machine(arn);
        if (existing != null) {
            if (existing.deleting()) {
                throw AwsError.badRequest("StateMachineDeleting", "State Machine is being deleted: '" + arn + "'");
            }
            boolean same = existing.current().text().equals(text)
                    && existing.current().roleArn().equals(roleArn)
                    && existing.express() == express;
            if (!same) {
                throw AwsError.badRequest("StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
            }
            return existing;
        }
        Revision revision = new Revision(context.store().newId(), definition, text, roleArn, now, null);
        StateMachine machine = new StateMachine(arn, name, express, now, revision);
        context.store().add(machine);
        return machine;
    }

    static Definition definition(String text) {
        try {
            return Definition.read(text);
        } catch (DefinitionError e) {
            throw AwsError.badRequest(
                    "InvalidDefinition", "Invalid State Machine Definition: '" + e.getMessage() + "'");
        }
    }

    void describe(JsonCall call) {
        String arn = StatesNames.arn(call, "stateMachineArn", "stateMachine");
        boolean data = IncludedData.wanted(call);
        context.permit(call, arn);
        MachineLookup.Found found = lookup.started(arn);
        StateMachine machine = found.machine();
        call.reply()
                .put("stateMachineArn", arn)
                .put("name", machine.name())
                .put("status", machine.deleting() ? "DELETING" : "ACTIVE")
                .put("definition", data ? found.revision().text() : "{}")
                .put("roleArn", found.revision().roleArn())
                .put("type", machine.express() ? "EXPRESS" : "STANDARD");
        StatesContext.time(call.reply(), "creationDate", machine.createdAt());
    }
}
